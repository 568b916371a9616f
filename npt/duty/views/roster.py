"""A unit's roster over one week or four: who works when, to look at."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from npt.access.rules import Permission
from npt.duty.views.day_table import is_off
from npt.duty.views.door import breadcrumbs, check_place, day_address, pages, roster_address
from npt.kit.clock import clock_in_words, monday_of
from npt.kit.holidays import holiday_on
from npt.kit.intervals import union_minutes
from npt.kit.months import MONTH_NAMES
from npt.organisation.models import Unit
from npt.shifts.queries import GridRow
from npt.shifts.queries import roster as roster_of
from npt.shifts.rules import ReasonKind
from npt.webkit.asked import asked_day
from npt.webkit.filters import WEEKDAYS, hours
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

WEEK, FOUR_WEEKS = 7, 28


@dataclass(frozen=True, slots=True)
class DayHeading:
    """A day at the head of the roster."""

    weekday: str
    words: str
    href: str
    is_today: bool
    is_weekend: bool
    #: the public holiday on it, or empty
    holiday: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A member's shift on a day: its times, and what of it was or will be spent away."""

    times: str
    away: str
    is_off: bool


@pages.read("/teams/<code>/roster", needs=Permission.SEE_DUTY, within="code")
def roster(visit: Visit[Unit]) -> Answer:
    """The roster from the day that the address names (`from`), for 7 or 28 days (`days`)."""
    first, length = _asked_days(visit)
    check_place(visit, first)
    days = [first + timedelta(days=number) for number in range(length)]
    found = roster_of(visit.session, visit.place, first, days[-1])
    return visit.render(
        first=first,
        length=length,
        headings=[_heading(visit, day) for day in days],
        lines=[(row, [_cells(row, day) for day in days], _rostered(row)) for row in found.rows],
        on_duty=[sum(any(not is_off(s) for s in row.on(day)) for row in found.rows) for day in days],
        above=breadcrumbs(visit, first),
        day_href=day_address(visit.place.code, visit.today),
        before_href=_address(visit, first - timedelta(days=length), length),
        after_href=_address(visit, first + timedelta(days=length), length),
        now_href=_address(visit, monday_of(visit.today), length),
        other_href=_address(visit, first, FOUR_WEEKS if length == WEEK else WEEK),
        may_record=visit.may(Permission.RECORD_DUTY, visit.place.path),
    )


def _asked_days(visit: Visit[Unit]) -> tuple[date, int]:
    """The first day that the address asks for, and how many."""
    length = FOUR_WEEKS if request.args.get("days") == str(FOUR_WEEKS) else WEEK
    return asked_day("from") or monday_of(visit.today), length


def _address(visit: Visit[Unit], first: date, length: int) -> str:
    return roster_address(visit.place.code, first, "" if length == WEEK else str(length))


def _heading(visit: Visit[Unit], day: date) -> DayHeading:
    return DayHeading(
        weekday=WEEKDAYS[day.weekday()][:3],
        words=f"{day.day} {MONTH_NAMES[day.month - 1][:3]}",
        href=day_address(visit.place.code, day),
        is_today=day == visit.today,
        is_weekend=day.weekday() >= 5,
        holiday=holiday_on(day) or "",
    )


def _rostered(row: GridRow) -> str:
    return hours(sum(shift.minutes for shift in row.shifts))


def _cells(row: GridRow, day: date) -> list[Cell]:
    """A member's shifts of a day."""
    cells = []
    for shift in row.on(day):
        absent = union_minutes(a.interval for a in shift.away if a.kind is ReasonKind.ABSENCE)
        elsewhere = union_minutes(a.interval for a in shift.away if a.kind is ReasonKind.ABSTRACTION)
        words = [f"absent {hours(absent)}"] if absent and not is_off(shift) else []
        words += [f"away {hours(elsewhere)}"] if elsewhere else []
        starts, ends = clock_in_words(shift.interval.starts), clock_in_words(shift.interval.ends)
        cells.append(Cell(f"{starts}–{ends}", "absent" if is_off(shift) else ", ".join(words), is_off(shift)))
    return cells
