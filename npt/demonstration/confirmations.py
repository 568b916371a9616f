"""Which days supervisors have confirmed: nearly all, but not yet the last few, and one team is behind."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from npt.demonstration.calendar import Calendar
from npt.demonstration.chance import stream
from npt.demonstration.people import People, Person
from npt.demonstration.places import SHOWN_TEAM, area_code, areas
from npt.demonstration.rosters import Shift

#: unit, date, by
ConfirmationRow = tuple[str, date, str]

#: The team that did not confirm five days of the last full month, so that its figures are provisional.
BEHIND = "C32"
_MISSED = range(10, 15)  # days of that month
#: Days that a supervisor forgets, in one month or another.
_FORGOTTEN = (0, 0, 1)
#: Days before today that a supervisor has not yet come to: yesterday, or up to three.
_LATEST = (1, 1, 2, 3)


def confirmation_rows(
    seed: int, people: People, shifts: Iterable[Shift], calendar: Calendar
) -> Iterator[ConfirmationRow]:
    """The confirmed days of every unit that has shifts, by unit and day."""
    rostered = sorted({(shift.unit, shift.on_date) for shift in shifts if shift.on_date < calendar.today})
    waits = {unit: _wait(seed, unit) for unit, _ in rostered}
    by = {unit: supervisor(people, unit) for unit in waits}
    forgotten = {unit: _forgotten(seed, unit, calendar) for unit in waits}
    last_month = calendar.last_full_months[-1]
    for unit, day in rostered:
        is_recent = day >= calendar.today - timedelta(days=waits[unit])
        is_missed = unit == BEHIND and last_month.first <= day <= last_month.last and day.day in _MISSED
        if not (is_recent or is_missed or day in forgotten[unit]):
            yield unit, day, by[unit].number


def _wait(seed: int, unit: str) -> int:
    return 1 if unit == SHOWN_TEAM else stream(seed, "wait", unit).choice(_LATEST)


def _forgotten(seed: int, unit: str, calendar: Calendar) -> set[date]:
    """The days that stay unconfirmed: none of the shown team, which lacks only yesterday."""
    chance = stream(seed, "forgotten", unit)
    days = {
        day
        for period in calendar.periods
        for day in chance.sample(list(period.month.days()), chance.choice(_FORGOTTEN))
    }
    return set() if unit == SHOWN_TEAM else days


def supervisor(people: People, unit: str) -> Person:
    """Who confirms the unit's days: its own sergeant or inspector, else the nearest sergeant of the area.

    Nineteen sergeants supervise thirty-five teams, so that most of them look after a neighbouring team too.
    """
    area = next(area for area in areas() if area.code == area_code(unit))
    nearest = sorted((team.code for team in area.teams), key=lambda code: abs(int(code[1:]) - int(unit[1:])))
    for place in (unit, *nearest):
        person = people.supervisor_at(place)
        if person is not None:
            return person
    raise LookupError(f"nobody supervises {unit}: give its area a sergeant")
