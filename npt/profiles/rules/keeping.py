"""Until when a profile is taken to be right, and how it stands on a day."""

from datetime import date, timedelta
from enum import Enum

from npt.kit.clock import day_in_words
from npt.kit.months import months_after
from npt.kit.refusals import Refusal

#: ours: the source gives no period
MONTHS_VALID = 12
#: So long before its review date a profile is told of.
SOON = timedelta(days=28)


class BadReviewDate(Refusal):
    """A review date that has passed, or is too far ahead."""


class Keeping(Enum):
    """How a profile stands on a day, the worst first."""

    MISSING = "missing"
    OVERDUE = "overdue"
    DUE = "due"
    CURRENT = "current"

    @property
    def wording(self) -> str:
        """In a cell."""
        return _WORDING[self]

    @property
    def is_overdue(self) -> bool:
        """Whether somebody should have looked at it: also where nobody has written one."""
        return self in (Keeping.MISSING, Keeping.OVERDUE)


_WORDING = {
    Keeping.MISSING: "not written",
    Keeping.OVERDUE: "overdue",
    Keeping.DUE: "due soon",
    Keeping.CURRENT: "up to date",
}


def review_due(reviewed_on: date) -> date:
    """The last day by which a profile is reviewed that was reviewed on a day."""
    return months_after(reviewed_on, MONTHS_VALID)


def keeping_on(due_on: date | None, day: date) -> Keeping:
    """How a profile stands on a day that is to be reviewed by `due_on`; None where there is none."""
    if due_on is None:
        return Keeping.MISSING
    if day > due_on:
        return Keeping.OVERDUE
    return Keeping.DUE if day >= due_on - SOON else Keeping.CURRENT


def check_review_date(due_on: date, today: date) -> None:
    """Refuse (BadReviewDate) a date before today, or later than a review today would give."""
    latest = review_due(today)
    if due_on < today:
        raise BadReviewDate(
            f"{day_in_words(due_on)} has passed: give today or a later day.", field="review_due_on"
        )
    if due_on > latest:
        raise BadReviewDate(
            f"A profile is reviewed within {MONTHS_VALID} months: give a day up to {day_in_words(latest)}.",
            field="review_due_on",
        )
