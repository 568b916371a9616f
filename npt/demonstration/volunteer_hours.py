"""What special constables and volunteers do in the time they give, and the plan for their number.

HMIC 2008: 130 special constables, to become 325 in three and a half years; volunteers staff front offices and
help with administration. How much of which is ours.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.demonstration.calendar import OPENED_ON, Calendar
from npt.demonstration.chance import stream
from npt.demonstration.rosters import Shift
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.staffing.actions import set_limit, set_target
from npt.staffing.rules import GivenWork

#: number, date, minutes, role
HoursRow = tuple[str, date, int, str]
# Ten of each: how often somebody does what.
_WORK = {
    PolicingRole.SPECIAL: [GivenWork.PATROL] * 5
    + [GivenWork.OPERATION, GivenWork.OPERATION, GivenWork.EVENT, GivenWork.EVENT, GivenWork.TRAINING],
    PolicingRole.VOLUNTEER: [GivenWork.FRONT_OFFICE] * 5
    + [GivenWork.ADMINISTRATION] * 4
    + [GivenWork.COMMUNITY],
}
#: The most people to a sergeant: one BCU stands over it, the other within (1:11 and 1:9 in 2008).
_MOST_TO_A_SERGEANT = Decimal(10)
_SPECIALS, _SPECIALS_PLANNED, _MONTHS_OF_PLAN = 130, 325, 42


def hours_rows(seed: int, shifts: Iterable[Shift], calendar: Calendar) -> Iterator[HoursRow]:
    """The time given up to today, as it was rostered, by number and day; one kind of work a day."""
    given: defaultdict[tuple[str, date], int] = defaultdict(int)
    roles = {}
    for shift in shifts:
        if shift.role in _WORK and shift.on_date <= calendar.today:
            number = shift.person.number
            given[number, shift.on_date] += shift.interval.minutes
            roles[number] = shift.role
    for (number, day), minutes in sorted(given.items()):
        work = stream(seed, "given", number, day).choice(_WORK[roles[number]])
        yield number, day, minutes, work.value


def add_plans(session: Session, force: Unit, calendar: Calendar) -> None:
    """Plan the special constables of `force` as published, and set its limit on supervision."""
    begins = Month.of(calendar.reorganised_on)
    for months, heads in ((0, _SPECIALS), (_MONTHS_OF_PLAN, _SPECIALS_PLANNED)):
        due_on = begins.plus(months).first
        set_target(session, unit=force, role=PolicingRole.SPECIAL, due_on=due_on, heads=heads)
    set_limit(session, unit=force, people=_MOST_TO_A_SERGEANT, starts_on=OPENED_ON)
