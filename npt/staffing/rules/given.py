"""Time that special constables and volunteers give, what they do in it, and the plan for their number.

HMIC 2008: 130 special constables, 78 other volunteers in front offices and administration, and a plan for 325
special constables by 2012. The kinds of work, and the straight line between two dates of a plan, are ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

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
