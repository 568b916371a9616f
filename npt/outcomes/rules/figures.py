"""What the figures show of a problem: the days before and after, here, elsewhere, and all around.

The tests are those of `npt.kit.statistics` (docs/statistics.md); which days may be held against which, and
which places, is the design's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.clock import day_in_words
from npt.kit.statistics import (
    CountChange,
    Elsewhere,
    Prevented,
    Windows,
    change_beside,
    count_change,
    prevented,
)
from npt.problems.rules import BadWindows, Counted, Window

_DAY = timedelta(days=1)
#: An area with so many times as many before, or so many times as few, is no like for this one.
TOO_UNLIKE = 10


def after_by_default(baseline: Window, ended_on: date) -> Window:
    """As many days as before, from the day after the last action on; they may not be over yet."""
    return Window(ended_on + _DAY, ended_on + timedelta(days=baseline.days))


def check_after(after: Window, baseline: Window | None, today: date) -> None:
    """Refuse days after that end before they begin, have not gone by, or are days of before. BadWindows."""
    if after.last < after.first:
        raise BadWindows("Give a last day that is the first day or later.", field="after_to")
    if after.last > today:
        raise BadWindows(
            f"Those days are over on {day_in_words(after.last)}: wait until then, or give a last day up to"
            " today.",
            field="after_to",
        )
    if baseline is None:
        return
    if after.overlaps(baseline):
        raise BadWindows(
            f"The days before end on {day_in_words(baseline.last)}, so the two overlap: a day cannot count"
            f" both before and after. Give days from {day_in_words(baseline.last + _DAY)} on.",
            field="after_from",
        )
    if after.last < baseline.first:
        raise BadWindows(
            f"These days come before those of the baseline, which begins on {day_in_words(baseline.first)}.",
            field="after_from",
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """Before and after, and what may be said of them."""

    before: Counted
    after: Counted
    change: CountChange
    #: against the area to compare with; None where nobody named or counted one
    elsewhere: Windows | None = None
    beside: Elsewhere | None = None
    fewer: Prevented | None = None
    #: why no number prevented is told; None where it is told, or there is no area to compare with
    why_no_number: str | None = None
    #: the surroundings of the problem, where they were counted
    around: Windows | None = None
    around_elsewhere: Windows | None = None

    @property
    def is_same_length(self) -> bool:
        """Whether before and after are equally many days."""
        return self.before.days == self.after.days

    @property
    def around_change(self) -> CountChange | None:
        """Whether the count around changed: what is fewer here may be more there."""
        return None if self.around is None else _change(self.around, self.before.days, self.after.days)


def figures_of(
    before: Counted,
    after: Counted,
    *,
    elsewhere: Windows | None = None,
    around: Windows | None = None,
    around_elsewhere: Windows | None = None,
) -> Figures:
    """The tests of these counts, those elsewhere and around being of the same two windows.

    NotJudged for a negative count.
    """
    here, days = Windows(before.count, after.count), (before.days, after.days)
    change = _change(here, *days)
    if elsewhere is None:
        return Figures(before, after, change, around=around, around_elsewhere=around_elsewhere)
    buffers = None if around is None or around_elsewhere is None else (around, around_elsewhere)
    beside = change_beside(here, elsewhere)
    fewer = prevented(here, elsewhere, before_days=days[0], after_days=days[1], buffers=buffers)
    why = None if fewer is not None else _why_no_number(here, elsewhere, *days)
    return Figures(before, after, change, elsewhere, beside, fewer, why, around, around_elsewhere)


def _change(windows: Windows, before_days: int, after_days: int) -> CountChange:
    return count_change(windows, before_days=before_days, after_days=after_days)


def _why_no_number(here: Windows, elsewhere: Windows, before_days: int, after_days: int) -> str:
    """Why it cannot be said how many were prevented."""
    if before_days != after_days:
        return (
            f"The {before_days:,} days before and the {after_days:,} after differ in length, so that rates"
            " are compared, and no number prevented is given."
        )
    if not here.total + elsewhere.total:
        return "Nothing was counted in either area, before or after."
    most, least = max(here.before, elsewhere.before), min(here.before, elsewhere.before)
    if most >= TOO_UNLIKE * max(least, 1):
        return (
            f"Before, {elsewhere.before:,} were counted there and {here.before:,} here: areas so unlike in"
            " size cannot be set against each other, and no number prevented is given. Name one with about as"
            " many."
        )
    return (
        f"Before, {elsewhere.before:,} were counted there and {here.before:,} here. A number prevented is"
        " only given where neither has more than one and a half times as many as the other."
    )


def is_same_ground(path: str, elsewhere: str, *, has_point: bool) -> bool:
    """Whether an area to compare with is the problem's own ground: its unit, or one above or below.

    A problem with a point is the ground around that point, which is then left out of the area.
    """
    if has_point:
        return path == elsewhere
    return path.startswith(elsewhere) or elsewhere.startswith(path)


def by_month(days: Iterable[tuple[date, int]], first: date, last: date) -> dict[date, int]:
    """The counts of days, by the first day of their month, of every month from one day to another."""
    found: dict[date, int] = {}
    month = first.replace(day=1)
    while month <= last:
        found[month] = 0
        month = (month + timedelta(days=31)).replace(day=1)
    for day, count in days:
        found[day.replace(day=1)] += count
    return found
