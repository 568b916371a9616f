"""Who works when: thirteen months of shifts, and the four weeks that are published ahead.

Constables and sergeants of the towns work round the clock, those of the villages days and lates; PCSOs finish
by 22:00; inspectors work office days. Special constables give some evenings a month, volunteers some hours.
The cycles are ours: sums of hours are near 40 a week for officers and 37 for PCSOs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from npt.demonstration.calendar import Calendar, at, is_evening_out, is_office_day
from npt.demonstration.chance import stream
from npt.demonstration.people import People, Person
from npt.demonstration.places import SHOWN_TEAM, teams
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.people.rules import PolicingRole, RoleGroup, group_of


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """A rostered duty, and the unit it counts for on that day."""

    person: Person
    unit: str
    on_date: date
    interval: Interval

    @property
    def role(self) -> PolicingRole:
        """What the person does."""
        return self.person.role

    @property
    def group(self) -> RoleGroup | None:
        """The group whose target the shift counts towards."""
        return group_of(self.role)


_TEAM_NUMBERS = {team.code: number for number, team in enumerate(teams())}
#: Local hours of a duty; an end past 24 is on the next day. None is a day off.
Hours = tuple[float, float] | None

_EARLY, _LATE, _NIGHT = (7.0, 17.0), (14.0, 24.0), (22.0, 31.0)
ROUND_THE_CLOCK: Sequence[Hours] = (_EARLY, _EARLY, _LATE, _LATE, _NIGHT, _NIGHT, None, None, None, None)
_DAY = (10.0, 20.0)
DAYS_AND_LATES: Sequence[Hours] = (_EARLY, _EARLY, _DAY, _LATE, _LATE, None, None, None, None)
_PCSO_EARLY, _PCSO_LATE = (8.0, 17.5), (12.5, 22.0)
PCSO: Sequence[Hours] = (
    _PCSO_EARLY,
    _PCSO_EARLY,
    _PCSO_LATE,
    _PCSO_LATE,
    _PCSO_LATE,
    None,
    None,
    None,
    None,
)
#: The teams whose officers work round the clock.
_NEVER_CLOSED = frozenset({"C11", "C12", "C21", "C22", "C31", "C32", "J11", "J12", "J13", "J61", "J64"})

#: Chooses the days of a month on which somebody gives some of their time, and the hours.
_Choice = Callable[[Month, Random], dict[date, tuple[float, float]]]
_EVENINGS: Sequence[tuple[float, float]] = ((18, 23), (18, 24), (19, 26), (20, 26))
_FEW_HOURS: Sequence[tuple[float, float]] = ((9.5, 12.5), (10, 13), (13, 16), (13.5, 17))


def shifts(seed: int, people: People, calendar: Calendar) -> list[Shift]:
    """Everybody's shifts, by number and start."""
    found: list[Shift] = []
    for person in sorted(people.everybody, key=lambda each: each.number):
        chance = stream(seed, "roster", person.number)
        if person.role is PolicingRole.SPECIAL:
            found += _some_days(person, calendar, chance, _special_days)
        elif person.role is PolicingRole.VOLUNTEER:
            found += _some_days(person, calendar, chance, _volunteer_days)
        else:
            found += _regular(person, calendar)
    return found


def _regular(person: Person, calendar: Calendar) -> Iterator[Shift]:
    """The shifts of somebody who is paid; part-timers work their share of the cycle's days."""
    worked = 0
    for day in calendar.days():
        posting = person.posting_on(day)
        hours = None if posting is None else _hours(person, posting.unit, day, calendar.today)
        if posting is None or hours is None:
            continue
        worked += 1
        if _whole(worked, posting.fte) > _whole(worked - 1, posting.fte):
            yield _shift(person, posting.unit, day, hours)


def _whole(days: int, fte: Decimal) -> int:
    return int(days * fte)


def _hours(person: Person, unit: str, day: date, today: date) -> Hours:
    if person.role is PolicingRole.INSPECTOR:
        if not is_office_day(day):
            return None
        return (14.0, 22.0) if day.weekday() == 4 and day.toordinal() // 7 % 4 == 0 else (8.0, 16.5)
    if person.role is PolicingRole.PCSO:
        cycle = PCSO
    else:
        cycle = ROUND_THE_CLOCK if unit in _NEVER_CLOSED else DAYS_AND_LATES
    # Teams begin the cycle on different days, and the seats of a team are spread over it two days apart, so
    # that every day is covered; in the team that is shown, the first seat begins it on the present day.
    offset = 3 * (_TEAM_NUMBERS[unit] - _TEAM_NUMBERS[SHOWN_TEAM]) + 2 * person.seat.number
    return cycle[((day - today).days + offset) % len(cycle)]


def _some_days(person: Person, calendar: Calendar, chance: Random, choose: _Choice) -> Iterator[Shift]:
    """The shifts of somebody who gives some of their time, month by month."""
    for month in Month.of(calendar.first).until(Month.of(calendar.last)):
        for day, hours in sorted(choose(month, chance).items()):
            posting = person.posting_on(day)
            if posting is not None and day <= calendar.last:
                yield _shift(person, posting.unit, day, hours)


def _special_days(month: Month, chance: Random) -> dict[date, tuple[float, float]]:
    nights_out = [day for day in month.days() if is_evening_out(day)]
    others = [day for day in month.days() if not is_evening_out(day)]
    days = {*chance.sample(nights_out, chance.choice((1, 2, 2))), chance.choice(others)}
    return {day: chance.choice(_EVENINGS) for day in sorted(days)}


def _volunteer_days(month: Month, chance: Random) -> dict[date, tuple[float, float]]:
    days = chance.sample([day for day in month.days() if is_office_day(day)], chance.choice((2, 3, 4)))
    return {day: chance.choice(_FEW_HOURS) for day in sorted(days)}


def _shift(person: Person, unit: str, day: date, hours: tuple[float, float]) -> Shift:
    starts, ends = hours
    return Shift(person, unit, day, Interval(at(day, starts), at(day, ends)))
