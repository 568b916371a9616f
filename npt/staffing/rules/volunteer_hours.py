"""Time that special constables and volunteers give, what they do in it, and the plan for their number.

HMIC 2008: 130 special constables, 78 other volunteers in front offices and administration, and a plan for 325
special constables by 2012. The kinds of work, and the straight line between two dates of a plan, are ours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from npt.kit.numbers import read_decimal
from npt.people.rules import PolicingRole

#: Who gives time. Everybody else's time is duty.
GIVING_ROLES = (PolicingRole.SPECIAL, PolicingRole.VOLUNTEER)
#: Minutes in a day: nobody gives more.
LONGEST_DAY = 24 * 60


class GivenWork(Enum):
    """What a special constable or a volunteer does in the time they give."""

    PATROL = "patrol"
    OPERATION = "operation"
    EVENT = "event"
    COMMUNITY = "community"
    FRONT_OFFICE = "front-office"
    ADMINISTRATION = "administration"
    TRAINING = "training"
    OTHER = "other"

    @property
    def wording(self) -> str:
        """The work as a heading: "Front office"."""
        return _WORK_WORDING[self]


_WORK_WORDING = {
    GivenWork.PATROL: "Patrol",
    GivenWork.OPERATION: "Operations and warrants",
    GivenWork.EVENT: "Events",
    GivenWork.COMMUNITY: "Community work",
    GivenWork.FRONT_OFFICE: "Front office",
    GivenWork.ADMINISTRATION: "Administration",
    GivenWork.TRAINING: "Training",
    GivenWork.OTHER: "Other work",
}


class TimeSlot(NamedTuple):
    """A member's day, in which they may have given time."""

    member_id: int
    on_date: date


_CLOCK = re.compile(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])")


def read_hours(text: str) -> int:
    """Minutes from hours as people write them: "2", "2:30", "2.5", "2,5".

    ValueError, with a message fit to show, for anything else, for nothing and for more than a day.
    """
    typed = text.strip()
    try:
        minutes = _minutes(typed)
    except ValueError:
        raise ValueError(f"“{typed[:20]}” is not a number of hours: write it like 2, 2:30 or 2.5.") from None
    if minutes.denominator != 1:
        raise ValueError(f"{typed} hours is not in whole minutes: write hours and minutes, like 2:20.")
    if not 1 <= minutes <= LONGEST_DAY:
        raise ValueError(f"{typed} is not possible in a day: write up to 24 hours, or leave it blank.")
    return int(minutes)


def _minutes(typed: str) -> Fraction:
    match = _CLOCK.fullmatch(typed)
    if match is None:
        return Fraction(read_decimal(typed)) * 60
    return Fraction(int(match["hours"]) * 60 + int(match["minutes"]))


def hours_to_type(minutes: int) -> str:
    """Minutes as `read_hours` reads them: "2", "2:30"."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


@dataclass(frozen=True, slots=True)
class PlannedHeads:
    """How many people of a role there are to be on a day."""

    due_on: date
    heads: int


def planned_on(targets: Iterable[PlannedHeads], day: date) -> Fraction | None:
    """How many the plan asks for on `day`: on the straight line between the targets around it.

    None before the first target and after the last: a plan says nothing beyond its own dates.
    """
    earlier, later = None, None
    for target in sorted(targets, key=lambda each: each.due_on):
        if target.due_on <= day:
            earlier = target
        if target.due_on >= day and later is None:
            later = target
    if earlier is None or later is None:
        return None
    span = (later.due_on - earlier.due_on).days
    if span == 0:
        return Fraction(later.heads)
    return earlier.heads + Fraction((later.heads - earlier.heads) * (day - earlier.due_on).days, span)
