"""What a priority is, how many a team has, and when it is looked at again.

Three to five open ones a team: the design, after the three that teams of 2008 published. A look at each at
least every three months: the Neighbourhood Policing Guarantee of 2025.
"""

from datetime import date
from enum import Enum

from npt.kit.clock import day_in_words, local_day, local_midnight
from npt.kit.refusals import Refusal
from npt.work.rules import SHIPPED, ClockKind, due_at

#: As many as a team can solve at once.
MOST_OPEN = 5
#: A team with fewer is asked for more.
WANTED = 3
LONGEST_TITLE = 200
LONGEST_REASON = 500


class TitleMissing(Refusal):
    """A priority without a wording, or with one that is too long."""


class BadDays(Refusal):
    """Days of a priority that are out of order, or to come."""


class NotPossibleNow(Refusal):
    """Something was to be done to a priority that does not stand where that can be done."""


class PriorityState(Enum):
    """Where a priority stands."""

    PROPOSED = "proposed"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"

    @property
    def wording(self) -> str:
        """The state as people read it."""
        return "Waiting for an answer" if self is PriorityState.WAITING else self.value.capitalize()

    @property
    def is_agreed(self) -> bool:
        """Whether it counts among those that the team has now."""
        return self in (PriorityState.OPEN, PriorityState.WAITING)


class AgreedHow(Enum):
    """Who chose a priority."""

    MEETING = "meeting"
    TEAM = "team"

    @property
    def wording(self) -> str:
        """How, as people read it."""
        return "At a public meeting" if self is AgreedHow.MEETING else "By the team"


def state_of(*, agreed_on: date | None, asked_on: date | None, closed_on: date | None) -> PriorityState:
    """Where a priority stands, of its days."""
    if closed_on is not None:
        return PriorityState.CLOSED
    if agreed_on is None:
        return PriorityState.PROPOSED
    return PriorityState.OPEN if asked_on is None else PriorityState.WAITING


def check_title(title: str) -> None:
    """Refuse (TitleMissing) a wording that says nothing or too much."""
    if not any(sign.isalnum() for sign in title):
        raise TitleMissing("Say what is to be solved, in words that can be published.", field="title")
    if len(title) > LONGEST_TITLE:
        raise TitleMissing(
            f"The wording has {len(title):,} characters: use {LONGEST_TITLE} at most.", field="title"
        )


def check_days(
    today: date, *, raised_on: date, agreed_on: date | None = None, closed_on: date | None = None
) -> None:
    """Refuse (BadDays) days that are to come, or out of their order."""
    for field, day in (("raised_on", raised_on), ("agreed_on", agreed_on), ("closed_on", closed_on)):
        if day is not None and day > today:
            raise BadDays(f"{day_in_words(day)} is to come: give today or a day before.", field=field)
    if agreed_on is not None and agreed_on < raised_on:
        raise BadDays(
            f"It was raised on {day_in_words(raised_on)}: give that day or a later one.", field="agreed_on"
        )
    if closed_on is not None and closed_on < (agreed_on or raised_on):
        raise BadDays(
            f"It was agreed on {day_in_words(agreed_on or raised_on)}: give that day or a later one.",
            field="closed_on",
        )


def review_due(day: date) -> date:
    """The day by which a priority that was agreed or looked at on a day is looked at again."""
    due = due_at(SHIPPED[ClockKind.PRIORITY], local_midnight(day))
    if due is None:
        raise ValueError("without a pause it is due some day")
    return local_day(due)
