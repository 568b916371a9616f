"""The law of actions and clocks, pure."""

from npt.work.rules.clocks import (
    LONG_PAUSE,
    SHIPPED,
    BadRule,
    ClockKind,
    Measure,
    Pause,
    PauseRefused,
    Rule,
    Until,
    checked_rule,
    due_at,
    until_day,
    whole_minute,
)
from npt.work.rules.digest import MOST_NAMED, WRITTEN_BEFORE, Addresses, DueAction, daily_part
from npt.work.rules.facts import ActionFacts, ClockFacts
from npt.work.rules.owners import Owner, OwnerElsewhere, OwnerGone, OwnerKind, UnknownOwner
from npt.work.rules.progress import (
    DONE_LATELY,
    MOST_PENCE,
    OPEN_STATES,
    ActionState,
    BadCost,
    DayFarOff,
    DueInPast,
    EndedInFuture,
    MatterStage,
    ReasonMissing,
    WrongState,
    check_cost,
    check_due,
    check_near,
)
from npt.work.rules.running import Running
from npt.work.rules.waited import Term
