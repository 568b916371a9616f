"""When people are off duty although they are on the roster: leave, sickness, a rest day, something else.

At believable rates: some thirty shifts of leave and seven of sickness a year for somebody full-time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from npt.demonstration.calendar import Calendar
from npt.demonstration.chance import stream
from npt.demonstration.people import PAID, Person
from npt.demonstration.places import SHOWN_TEAM
from npt.demonstration.rosters import Shift
from npt.kit.intervals import Interval


@dataclass(frozen=True, slots=True, eq=False)
class Away:
    """Time away in a shift, and the code of its reason."""

    shift: Shift
    interval: Interval
    reason: str
    note: str | None = None


# How much likelier leave begins in a month than in a quiet one.
_HOLIDAYS = {2: 1.3, 4: 1.5, 5: 1.3, 7: 1.8, 8: 2.4, 10: 1.3, 12: 1.8}
_LEAVE_LENGTHS = (2, 3, 5, 7, 9, 10, 14)  # days of the calendar
_LEAVES = 6  # in the fourteen months
_SPELLS = (0, 1, 1, 2, 2, 3)
_SPELL_LENGTHS = (1, 1, 2, 3, 4, 6)
_LONG_SPELL_CHANCE, _LONG_SPELL_LENGTHS = 0.04, (20, 45)
_REST_DAY_CHANCE = 0.012
_GONE_HOME_CHANCE = 0.004  # taken ill, or called away, halfway through a shift
#: Days around today on which those whose accounts are shown are never absent.
_SHOWN_DAYS = 7


def absences(seed: int, shifts: Iterable[Shift], shown: Iterable[Person], calendar: Calendar) -> list[Away]:
    """Everybody's absence, by number and start; none for those who give their time."""
    of_person: defaultdict[str, list[Shift]] = defaultdict(list)
    for shift in shifts:
        if shift.role in PAID:
            of_person[shift.person.number].append(shift)
    always_there = {person.number for person in shown}
    found: list[Away] = []
    for number, theirs in of_person.items():
        away = _of_one(stream(seed, "absence", number), theirs, calendar)
        if number in always_there:
            away = [each for each in away if abs((each.shift.on_date - calendar.today).days) > _SHOWN_DAYS]
        found += away
    return _somebody_is_away_today(found, of_person, always_there, calendar.today)


def _of_one(chance: Random, shifts: Sequence[Shift], calendar: Calendar) -> list[Away]:
    leave = _leave(chance, calendar)
    sick = _sickness(chance, calendar)
    found: list[Away] = []
    for shift in shifts:
        # Drawn for every shift, so that one day's luck does not move the next day's.
        luck, home = chance.random(), chance.random()
        if shift.on_date in sick:
            found.append(Away(shift, shift.interval, "sickness"))
        elif shift.on_date in leave:
            found.append(Away(shift, shift.interval, "leave"))
        elif luck < _REST_DAY_CHANCE:
            found.append(Away(shift, shift.interval, "rest-day"))
        elif home < _GONE_HOME_CHANCE and shift.on_date <= calendar.today:
            half = shift.interval.starts + timedelta(minutes=shift.interval.minutes // 30 * 15)
            reason = "sickness" if home < _GONE_HOME_CHANCE / 2 else "other-absence"
            found.append(Away(shift, Interval(half, shift.interval.ends), reason))
    return found


def _leave(chance: Random, calendar: Calendar) -> set[date]:
    days = list(calendar.days())
    weights = [_HOLIDAYS.get(day.month, 1.0) for day in days]
    taken: set[date] = set()
    for first in chance.choices(days, weights, k=_LEAVES):
        length = chance.choice(_LEAVE_LENGTHS)
        taken |= {first + timedelta(days=offset) for offset in range(length)}
    return taken


def _sickness(chance: Random, calendar: Calendar) -> set[date]:
    """Days of sickness, none known in advance: a spell begins before today."""
    known = (calendar.today - calendar.first).days
    lengths = [chance.choice(_SPELL_LENGTHS) for _ in range(chance.choice(_SPELLS))]
    if chance.random() < _LONG_SPELL_CHANCE:
        lengths.append(chance.randint(*_LONG_SPELL_LENGTHS))
    ill: set[date] = set()
    for length in lengths:
        first = calendar.first + timedelta(days=chance.randrange(known))
        ill |= {first + timedelta(days=offset) for offset in range(length)}
    return ill


def _somebody_is_away_today(
    found: list[Away], of_person: dict[str, list[Shift]], always_there: set[str], today: date
) -> list[Away]:
    """The same, with one of the shown team sick today where nobody is absent."""
    absent = {each.shift for each in found}
    there = [
        shift
        for shifts in of_person.values()
        for shift in shifts
        if shift.unit == SHOWN_TEAM and shift.on_date == today and shift.person.number not in always_there
    ]
    if there and absent.isdisjoint(there):
        found.append(Away(there[0], there[0].interval, "sickness"))
    return found
