"""Abstraction that goes on without a known end, and what the neighbourhood lost by it. Ours."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal


class LossKind(Enum):
    """What did not happen in the neighbourhood because somebody was taken off."""

    SURGERY = "surgery"
    PATROL = "patrol"
    VISIT = "visit"
    ACTION = "action"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The loss as people read it, at the start of a line."""
        return _LOSS_WORDING[self]


_LOSS_WORDING = {
    LossKind.SURGERY: "Surgery or meeting cancelled",
    LossKind.PATROL: "Patrol not done",
    LossKind.VISIT: "Visit not made",
    LossKind.ACTION: "Action on a problem not done",
    LossKind.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Lost:
    """What was lost, in which words."""

    kind: LossKind
    words: str | None = None


class WordsMissing(Refusal):
    """Something that says nothing without a few words was left without them."""


class NotBackYet(Refusal):
    """Somebody was said to be back before they had gone."""


def check_loss(kind: LossKind, words: str | None) -> None:
    """Refuse (WordsMissing) “something else” without saying what."""
    if kind is LossKind.OTHER and not (words or "").strip():
        raise WordsMissing("Say in a few words what was lost.", field="lost_words")


def this_minute(now: datetime) -> datetime:
    """The whole minute that has begun, UTC."""
    return now.astimezone(UTC).replace(second=0, microsecond=0)


def is_running(shift: Interval, away: Interval, *, is_end_open: bool, now: datetime) -> bool:
    """Whether the abstraction goes on and nobody knows yet until when.

    It stands recorded to the end of its shift and counts to there, as “from now to the end of the shift”
    does, until somebody says that the member is back. So it ends by itself with the shift, and what reaches
    the end of its shift no longer is over for good.
    """
    return is_end_open and away.ends == shift.ends and away.starts <= now < away.ends


def ended(away: Interval, now: datetime) -> Interval:
    """The abstraction as far as the minute at which the member is back. NotBackYet when that leaves none."""
    back = this_minute(now)
    if back <= away.starts:
        raise NotBackYet(
            "It has only just begun, so there is nothing to record yet:"
            " remove it, or withdraw the report, if it was not to be.",
            field="ends",
        )
    return Interval(away.starts, min(back, away.ends))
