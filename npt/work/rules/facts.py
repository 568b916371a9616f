"""What is said of an action, and of a clock, when one is set or corrected."""

from dataclasses import dataclass
from datetime import date, datetime

from npt.work.rules.clocks import ClockKind, Rule
from npt.work.rules.owners import Owner
from npt.work.rules.progress import MatterStage


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What is to be done, by whom, until when. `cost_pence` None where it is not known."""

    what: str
    owner: Owner
    due_on: date
    cost_pence: int | None = None
    funding: str | None = None
    is_for_residents: bool = False
    stage: MatterStage | None = None


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What waits, on whom, since when, and how long it may take."""

    kind: ClockKind
    what: str
    owner: Owner
    rule: Rule
    starts_at: datetime
