"""When people on duty are taken away from their neighbourhood, for what and for how long.

Each unit and group has so many minutes to lose in a period (see `targets`). What the calendar brings (match
days, evenings out, the carnival) is taken from them first, everyday reasons fill the rest. Court and training
come on top: under the definition of 2008 they do not count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from npt.demonstration.absence import Away
from npt.demonstration.calendar import (
    Calendar,
    Period,
    at,
    is_carnival,
    is_evening_out,
    is_match_day,
    is_office_day,
)
from npt.demonstration.chance import rounded_to_quarters, stream
from npt.demonstration.places import SHOWN_TEAM
from npt.demonstration.rosters import Shift
from npt.demonstration.targets import OVER, rate
from npt.kit.intervals import Interval
from npt.people.rules import PolicingRole, RoleGroup

_QUARTER = 15
#: The least that is worth writing down, in minutes.
_LEAST = 60

#: Reasons by role with their weights.
_REASONS: dict[PolicingRole, dict[str, int]] = {
    PolicingRole.INSPECTOR: {
        "station": 25, "event": 20, "public-order": 15, "response": 15, "control-room": 10, "enquiry": 10,
        "other": 5,
    },
    PolicingRole.SERGEANT: {
        "custody": 28, "response": 24, "station": 16, "control-room": 12, "scene-guard": 8, "enquiry": 8,
        "public-order": 4,
    },
    PolicingRole.CONSTABLE: {
        "response": 36, "custody": 14, "scene-guard": 13, "constant-watch": 10, "enquiry": 10, "station": 6,
        "public-order": 5, "control-room": 4, "other": 2,
    },
    PolicingRole.PCSO: {
        "scene-guard": 42, "station": 22, "enquiry": 14, "event": 12, "other": 6, "response": 4,
    },
}  # fmt: skip
#: The shortest and longest time away for a reason, in minutes.
_LENGTHS = {
    "response": (60, 300),
    "custody": (120, 420),
    "scene-guard": (150, 480),
    "constant-watch": (240, 480),
    "night-time-economy": (180, 480),
    "event": (180, 540),
    "public-order": (300, 600),
    "control-room": (240, 600),
    "enquiry": (60, 210),
    "court": (150, 360),
    "training": (300, 600),
    "station": (60, 270),
    "other": (60, 180),
}
_NOTES = ("Cover for the school crossing", "Escort of an abnormal load", "Search for a missing person")
#: The chance that a shift goes to training, and to court.
_TRAINING = {RoleGroup.OFFICERS: 0.018, RoleGroup.PCSOS: 0.010}
_COURT = {RoleGroup.OFFICERS: 0.008, RoleGroup.PCSOS: 0.001}

_TOWNS_BY_NIGHT = ("C1", "C3", "J1", "J61")


@dataclass(frozen=True, slots=True)
class _Duty:
    """A shift of somebody who has a target, and the part of it in which they are not absent."""

    shift: Shift
    time: Interval


def abstractions(
    seed: int, shifts: Iterable[Shift], absences: Iterable[Away], calendar: Calendar
) -> list[Away]:
    """Everybody's abstraction, unit by unit and month by month."""
    found: list[Away] = []
    for unit, group, period, duties in _duties(shifts, absences, calendar):
        chance = stream(seed, "abstraction", unit, group.value, period.first)
        percent = rate(seed, unit, group, period, calendar)
        losing = _Losing(chance, group, sum(duty.time.minutes for duty in duties) * percent / 100)
        if unit == SHOWN_TEAM and group is RoleGroup.OFFICERS and period.last == calendar.today:
            duties = losing.somebody_today(duties, calendar.today)
        duties = losing.for_court_and_training(duties)
        duties = losing.for_occasions(duties, _liking(unit, group))
        if not period.is_ahead:
            losing.for_everyday_reasons([duty for duty in duties if duty.shift.on_date < calendar.today])
        found += losing.found
    return found


def _duties(
    shifts: Iterable[Shift], absences: Iterable[Away], calendar: Calendar
) -> Iterator[tuple[str, RoleGroup, Period, list[_Duty]]]:
    """The duty of each unit and group in each period, by day."""
    absent = {away.shift: away.interval for away in absences}
    periods = {day: period for period in calendar.periods for day in period.days()}
    found: defaultdict[tuple[str, RoleGroup, Period], list[_Duty]] = defaultdict(list)
    for shift in shifts:
        away = absent.get(shift)
        if shift.group is None or away == shift.interval:
            continue
        time = shift.interval if away is None else Interval(shift.interval.starts, away.starts)
        found[shift.unit, shift.group, periods[shift.on_date]].append(_Duty(shift, time))
    for key in sorted(found, key=lambda each: (each[0], each[1].value, each[2].first)):
        yield *key, sorted(found[key], key=lambda duty: (duty.shift.on_date, duty.shift.person.number))


def _liking(unit: str, group: RoleGroup) -> dict[str, float]:
    """How likely each occasion takes somebody of the unit who works then."""
    is_luton, is_over = unit.startswith("C"), (unit, group) in OVER
    if group is RoleGroup.PCSOS:
        return {"carnival": 0.5 if is_luton else 0.0, "match": 0.06 if is_luton else 0.0}
    evening = 0.7 if is_over else 0.3 if unit.startswith(_TOWNS_BY_NIGHT) else 0.05
    return {
        "carnival": 0.7 if is_luton else 0.1,
        "match": 0.45 if is_luton else 0.03,
        "evening": evening,
    }


def _occasion(day: date) -> tuple[str, str, Interval] | None:
    """What is on: its name, the reason it is written down under, and from when to when it needs people."""
    if is_carnival(day):
        return "carnival", "event", Interval(at(day, 10), at(day, 20))
    if is_match_day(day):
        return "match", "event", Interval(at(day, 12), at(day, 18))
    if is_evening_out(day):
        return "evening", "night-time-economy", Interval(at(day, 20), at(day, 28))
    return None


class _Losing:
    """The abstractions of one unit and group in one period, within the minutes it is to lose."""

    def __init__(self, chance: Random, group: RoleGroup, minutes: float) -> None:
        self.found: list[Away] = []
        self._chance = chance
        self._group = group
        self._left = int(minutes) // _QUARTER * _QUARTER

    def somebody_today(self, duties: Sequence[_Duty], today: date) -> list[_Duty]:
        """Take a constable into custody for this morning; the rest of the duties."""
        morning = Interval(at(today, 8), at(today, 11))
        for duty in duties:
            is_constable = duty.shift.role is PolicingRole.CONSTABLE
            if is_constable and duty.shift.on_date == today and duty.time.contains(morning):
                self._lose(duty, morning, "custody")
                return [each for each in duties if each is not duty]
        return list(duties)

    def for_court_and_training(self, duties: Sequence[_Duty]) -> list[_Duty]:
        """Send some to court or training, on top of the minutes to lose; the rest of the duties."""
        training, court = _TRAINING[self._group], _COURT[self._group]
        rest: list[_Duty] = []
        for duty in duties:
            luck = self._chance.random()
            if luck < training + court and is_office_day(duty.shift.on_date) and duty.time.minutes >= 300:
                reason = "training" if luck < training else "court"
                self._add(duty, self._some_time(duty, reason), reason)
            else:
                rest.append(duty)
        return rest

    def for_occasions(self, duties: Sequence[_Duty], liking: dict[str, float]) -> list[_Duty]:
        """Take people to what the calendar brings; the rest of the duties."""
        rest: list[_Duty] = []
        for duty in duties:
            luck = self._chance.random()
            occasion = _occasion(duty.shift.on_date)
            time = occasion and duty.time.intersection(occasion[2])
            if occasion and time and time.minutes >= 2 * _LEAST and luck < liking.get(occasion[0], 0):
                self._lose(duty, time, occasion[1])
            else:
                rest.append(duty)
        return rest

    def for_everyday_reasons(self, duties: Sequence[_Duty]) -> None:
        """Take people for whatever comes, until nothing is left to lose."""
        for duty in self._chance.sample(duties, len(duties)):
            if self._left < _LEAST:
                return
            weights = _REASONS[duty.shift.role]
            (reason,) = self._chance.choices(list(weights), list(weights.values()))
            self._lose(duty, self._some_time(duty, reason), reason)

    def _some_time(self, duty: _Duty, reason: str) -> Interval:
        """Some time of the duty, as long as the reason takes, on quarters of an hour."""
        shortest, longest = _LENGTHS[reason]
        minutes = min(rounded_to_quarters(self._chance.uniform(shortest, longest)), duty.time.minutes)
        later = self._chance.randint(0, (duty.time.minutes - minutes) // _QUARTER) * _QUARTER
        starts = duty.time.starts + timedelta(minutes=later)
        return Interval(starts, starts + timedelta(minutes=minutes))

    def _lose(self, duty: _Duty, time: Interval, reason: str) -> None:
        """Add time away that counts, cut to the minutes that are left; nothing when they are too few."""
        minutes = min(time.minutes, self._left)
        if minutes >= _LEAST:
            self._left -= minutes
            self._add(duty, Interval(time.starts, time.starts + timedelta(minutes=minutes)), reason)

    def _add(self, duty: _Duty, time: Interval, reason: str) -> None:
        note = self._chance.choice(_NOTES) if reason == "other" else None
        self.found.append(Away(duty.shift, time, reason, note))
