"""How a member's report stands, and what a manager may say at review. Ours: the HMIC report is silent."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from npt.kit.intervals import Interval
from npt.shifts.rules.open_ends_and_losses import Lost, WordsMissing
from npt.shifts.rules.reasons import ReasonKind
from npt.shifts.rules.shifts import AwayTime, interval_of


@dataclass(frozen=True, slots=True)
class AbstractionFacts:
    """An abstraction as its member reports it, or as it is to be recorded; `reason` is a code."""

    starts: datetime
    #: None: not known yet
    ends: datetime | None
    reason: str
    note: str | None = None
    lost: Lost | None = None

    def away_time(self, shift: Interval) -> AwayTime:
        """What it counts as in its shift, to whose end it lasts while its own is not known.

        NoLength, EndsBeforeItStarts.
        """
        return AwayTime(
            interval_of(self.starts, self.ends or shift.ends), self.reason, ReasonKind.ABSTRACTION
        )


class ReportState(Enum):
    """How a member's report stands. Only what was accepted is recorded, and only what is recorded counts."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def wording(self) -> str:
        """The state as the member reads it."""
        return _STATE_WORDING[self]


_STATE_WORDING = {
    ReportState.WAITING: "waiting for approval",
    ReportState.ACCEPTED: "accepted",
    ReportState.REFUSED: "refused",
    ReportState.WITHDRAWN: "withdrawn",
}


class Verdict(Enum):
    """What a manager says of an abstraction at the review of the month."""

    APPROPRIATE = "appropriate"
    AVOIDABLE = "avoidable"

    @property
    def wording(self) -> str:
        """The verdict as people read it."""
        return str(self.value).capitalize()


def check_verdict(verdict: Verdict | None, why: str | None) -> None:
    """Refuse (WordsMissing) “avoidable” without why: nobody could do better next time."""
    if verdict is Verdict.AVOIDABLE and not (why or "").strip():
        raise WordsMissing("Say in a few words how it could have been avoided.", field="why")
