"""Actions overdue, and replies within 72 hours."""

from sqlalchemy import or_, select

from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months
from npt.measures.queries.recorded import ONE, Counting, Part, Recorded, Rows, when
from npt.measures.rules import Behind, Better, CountedIn, Measure
from npt.organisation.models import Unit
from npt.store.dated import lasting
from npt.work.models import Action, Clock
from npt.work.rules import ClockKind

OVERDUE = Measure(
    code="actions-overdue",
    name="Actions overdue",
    definition="Actions that were still to be done on the last day of the month, and were due before it.",
    counted_in=CountedIn.COUNT,
    better=Better.LOWER,
    question="Is what was agreed done?",
    owner="the owner of each action",
    target=0,
)
REPLIES = Measure(
    code="replies-in-time",
    name="Replies in time",
    definition="Replies that were due in the month and given by then, out of all replies due in the month:"
    " 72 hours each, and longer where the clock was paused.",
    counted_in=CountedIn.SHARE,
    better=Better.HIGHER,
    question="Does everybody get an answer within 72 hours? (Neighbourhood Policing Guarantee 2025)",
    owner="the sergeant of the team",
    target=100,
)


def _overdue(months: Months) -> Rows:
    """The actions that were set and not ended on the day, and due before it."""
    asked = select().select_from(Action).join(Unit, Unit.id == Action.unit_id)
    asked = asked.join(
        months.table,
        (Action.due_on < months.day)
        & (Action.set_at < months.end_at)
        & or_(Action.ended_on.is_(None), Action.ended_on > months.day),
    )
    asked = asked.where(lasting(Action.ended_on, months.earliest))
    return Rows(asked, Action.id, {OVERDUE.code: Counting(ONE)})


def _replies(months: Months) -> Rows:
    """The clocks of replies that were due in the month."""
    asked = select().select_from(Clock).join(Unit, Unit.id == Clock.unit_id)
    asked = asked.join(
        months.table, (Clock.due_at >= months.first_minute) & (Clock.due_at < months.end_minute)
    )
    in_time = when(Clock.ended_at.is_not(None), Clock.ended_at <= Clock.due_at)
    return Rows(asked.where(Clock.kind == ClockKind.REPLY), Clock.id, {REPLIES.code: Counting(in_time, ONE)})


def _register(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    return Behind("work.register", {"code": unit.code, "due": "overdue"})


def _clocks(code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
    return Behind("work.clocks", {"code": unit.code, "show": "ended"})


COUNTED = Recorded(
    (
        Part((OVERDUE,), "action", _overdue, _register),
        Part((REPLIES,), "clock", _replies, _clocks, where_none={REPLIES.code: "No reply was due."}),
    )
)
