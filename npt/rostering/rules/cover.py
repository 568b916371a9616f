"""What minimum cover is: how many of a role a unit wants on duty, on which days, between what times.

HMIC's report is silent on minimum cover, so these rules are ours. Whoever is absent or taken off
neighbourhood duty, for whatever reason, is not there; a definition of abstraction does not matter here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise

from npt.kit.clock import nearest_instant
from npt.kit.intervals import Interval
from npt.kit.spans import Span, lasts
from npt.people.rules import PolicingRole

#: A minimum above this is a slip of the finger.
HIGHEST_MINIMUM = 99
_WEEK = 7
_DAY_MINUTES = 24 * 60
_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


class CoverRole(Enum):
    """Whom a minimum asks for: one role, or any of several."""

    PCSO = "pcso"
    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    SPECIAL = "special"
    OFFICER = "officer"
    PATROL = "patrol"
    SUPERVISOR = "supervisor"
    ANYBODY = "anybody"

    @property
    def roles(self) -> frozenset[PolicingRole]:
        """The roles that count towards it."""
        return _ROLES[self]

    @property
    def plural(self) -> str:
        """More than one of them in a sentence: "PCSOs"."""
        return _WORDING[self][1]

    def counted(self, number: int) -> str:
        """So many of them in a sentence: "1 PCSO", "2 PCSOs"."""
        return f"{number} {_WORDING[self][0 if number == 1 else 1]}"


_OFFICERS = frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE})
_ROLES = {
    **{CoverRole(role.value): frozenset({role}) for role in PolicingRole if role.value != "volunteer"},
    CoverRole.OFFICER: _OFFICERS,
    CoverRole.PATROL: frozenset({PolicingRole.CONSTABLE, PolicingRole.PCSO}),
    CoverRole.SUPERVISOR: frozenset({PolicingRole.INSPECTOR, PolicingRole.SERGEANT}),
    # A volunteer has no shift that anybody could rely on.
    CoverRole.ANYBODY: frozenset(PolicingRole) - {PolicingRole.VOLUNTEER},
}
_WORDING = {
    **{
        CoverRole(role.value): (role.wording, role.plural)
        for role in PolicingRole
        if role is not PolicingRole.VOLUNTEER
    },
    CoverRole.OFFICER: ("officer of any rank", "officers of any rank"),
    CoverRole.PATROL: ("constable or PCSO", "constables or PCSOs"),
    CoverRole.SUPERVISOR: ("supervisor", "supervisors"),
    CoverRole.ANYBODY: ("member of any role", "members of any role"),
}


@dataclass(frozen=True, slots=True)
class Minimum:
    """So many of a role on duty between two local times, on some days of the week.

    An end at or before the start is on the next day; the same time twice is the whole day. Days of the week
    count from 0, Monday. `span` holds the days on which the minimum begins to be wanted.
    """

    role: CoverRole
    weekdays: frozenset[int]
    starts: time
    ends: time
    number: int
    span: Span

    def asks_on(self, day: date) -> bool:
        """Whether its band that begins on `day` has to be covered."""
        return day.weekday() in self.weekdays and self.span.covers(day)

    def band(self, day: date) -> Interval | None:
        """The band that begins on `day`. None where the clocks skip the whole of it in March.

        A time that happens twice is the first of the two, one that never happens is the change itself: so two
        bands that meet at a time meet on every day.
        """
        last = day if self.ends > self.starts else day + timedelta(days=1)
        starts, ends = (
            nearest_instant(datetime.combine(on, clock))
            for on, clock in ((day, self.starts), (last, self.ends))
        )
        return Interval(starts, ends) if starts < ends else None

    def overlaps(self, other: "Minimum") -> bool:
        """Whether both ask for the same role at some minute of some day."""
        if self.role is not other.role:
            return False
        for later in (-1, 0, 1):
            there = other._begins + later * _DAY_MINUTES
            if self._begins < there + other._minutes and there < self._begins + self._minutes:
                both = self.span.intersection(_moved(other.span, -later))
                shared = {day for day in self.weekdays if (day + later) % _WEEK in other.weekdays}
                if both is not None and any(_has_weekday(both, day) for day in shared):
                    return True
        return False

    @property
    def counted(self) -> str:
        """How many of whom: "2 PCSOs"."""
        return self.role.counted(self.number)

    @property
    def in_full(self) -> str:
        """All of it in words: "2 PCSOs, Fridays and Saturdays 18:00 to 02:00"."""
        return f"{self.counted}, {self.words}"

    @property
    def words(self) -> str:
        """The band in words: "Fridays and Saturdays 18:00 to 02:00"."""
        return f"{weekdays_in_words(self.weekdays)} {self.band_words}"

    @property
    def band_words(self) -> str:
        """The times alone: "18:00 to 02:00"."""
        if self.starts == self.ends == time(0):
            return "all day"
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"

    @property
    def _begins(self) -> int:
        return self.starts.hour * 60 + self.starts.minute

    @property
    def _minutes(self) -> int:
        ends = self.ends.hour * 60 + self.ends.minute
        return (ends - self._begins - 1) % _DAY_MINUTES + 1


def _moved(span: Span, days: int) -> Span:
    by = timedelta(days=days)
    return Span(span.first + by, None if span.last is None else span.last + by)


def _has_weekday(span: Span, weekday: int) -> bool:
    first = span.first + timedelta(days=(weekday - span.first.weekday()) % _WEEK)
    return lasts(span.last, first)


def weekdays_in_words(weekdays: Collection[int]) -> str:
    """Days of the week, 0 for Monday: "every day", "Mondays to Fridays", "Fridays and Saturdays"."""
    days = sorted(weekdays)
    if len(days) == _WEEK:
        return "every day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{_NAMES[days[0]]} to {_NAMES[days[-1]]}"
    names = [_NAMES[day] for day in days]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@dataclass(frozen=True, slots=True)
class CoverPart:
    """A part of a band through which the same number is there."""

    interval: Interval
    count: int


def cover_parts(band: Interval, there: Iterable[Interval]) -> tuple[CoverPart, ...]:
    """The whole of a band, cut where the number of those there changes; each interval is one person's."""
    steps: dict[datetime, int] = {band.starts: 0}
    for interval in there:
        both = band.intersection(interval)
        if both is not None:
            steps[both.starts] = steps.get(both.starts, 0) + 1
            steps[both.ends] = steps.get(both.ends, 0) - 1
    parts: list[CoverPart] = []
    edges = sorted({*steps, band.ends})
    count = 0
    for starts, ends in pairwise(edges):
        count += steps.get(starts, 0)
        if parts and parts[-1].count == count:
            parts[-1] = CoverPart(Interval(parts[-1].interval.starts, ends), count)
        else:
            parts.append(CoverPart(Interval(starts, ends), count))
    return tuple(parts)


def without(interval: Interval, away: Iterable[Interval]) -> tuple[Interval, ...]:
    """What is left of an interval when the others are taken out."""
    left: list[Interval] = []
    reached = interval.starts
    for each in sorted(away):
        if each.starts >= interval.ends:
            break
        if each.starts > reached:
            left.append(Interval(reached, each.starts))
        reached = max(reached, each.ends)
    if reached < interval.ends:
        left.append(Interval(reached, interval.ends))
    return tuple(left)


@dataclass(frozen=True, slots=True)
class CoverChange:
    """A part of a band that lacks more people, or fewer, than before."""

    interval: Interval
    lacking_before: int
    lacking_after: int


def cover_changes(
    number: int, before: Sequence[CoverPart], after: Sequence[CoverPart]
) -> tuple[CoverChange, ...]:
    """Where a band of a minimum of `number` lacks another number of people than before, in order."""
    edges = sorted(
        {edge for part in (*before, *after) for edge in (part.interval.starts, part.interval.ends)}
    )
    found: list[CoverChange] = []
    for starts, ends in pairwise(edges):
        then, now = (max(0, number - _count_at(parts, starts)) for parts in (before, after))
        if then == now:
            continue
        last = found[-1] if found else None
        is_same = last is not None and (last.lacking_before, last.lacking_after) == (then, now)
        if last is not None and is_same and last.interval.ends == starts:
            found[-1] = CoverChange(Interval(last.interval.starts, ends), then, now)
        else:
            found.append(CoverChange(Interval(starts, ends), then, now))
    return tuple(found)


def _count_at(parts: Sequence[CoverPart], instant: datetime) -> int:
    return next((p.count for p in parts if p.interval.starts <= instant < p.interval.ends), 0)
