"""A month of the roster for the wall: laid out for A4 across, without why anybody is absent."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.duty.views.day_table import is_off
from npt.duty.views.door import check_place, roster_address
from npt.kit.clock import clock_in_words
from npt.kit.holidays import public_holidays
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR, Month
from npt.organisation.models import Unit
from npt.rostering.rules import Days
from npt.rostering.views.door import pages
from npt.shifts.queries import GridRow
from npt.shifts.queries import roster as roster_of
from npt.webkit.filters import WEEKDAYS, day_short, hours
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class WallDay:
    """A day at the head of the sheet; `holiday` is the public holiday on it, or empty."""

    number: int
    weekday: str
    words: str
    is_weekend: bool
    holiday: str
    on_duty: int


@dataclass(frozen=True, slots=True)
class WallShift:
    """A shift on the wall: its times, and whether the member is absent for all of it."""

    starts: str
    ends: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class WallLine:
    """A member over the month, the time rostered, and on how many public holidays they work."""

    member: str
    role: str
    cells: tuple[tuple[WallShift, ...], ...]
    hours: str
    holidays_worked: int


@pages.read("/teams/<code>/roster/print/<month:month>", needs=Permission.SEE_DUTY, within="code")
def wall(visit: Visit[Unit], month: Month) -> Answer:
    """The month's roster, to be printed."""
    check_place(visit, month.first)
    days = Days(month.first, month.last)
    holidays = {day: name for day, name in public_holidays(month.year).items() if day in days}
    found = roster_of(visit.session, visit.place, days.first, days.last)
    return visit.render(
        month=month,
        days=[_day(day, found.rows, holidays) for day in days],
        lines=[_line(row, days, holidays) for row in found.rows],
        holidays=[(day_short(day), name) for day, name in holidays.items()],
        look_href=roster_address(visit.place.code, month.first, "28"),
        before_href=_address(visit, month.previous) if month.year > EARLIEST_YEAR + 1 else "",
        after_href=_address(visit, month.next) if month.year < LATEST_YEAR - 1 else "",
    )


def _address(visit: Visit[Unit], month: Month) -> str:
    return url_for("rostering.wall", code=visit.place.code, month=month)


def _day(day: date, rows: tuple[GridRow, ...], holidays: dict[date, str]) -> WallDay:
    return WallDay(
        number=day.day,
        weekday=WEEKDAYS[day.weekday()][:2],
        words=day_short(day),
        is_weekend=day.weekday() >= 5,
        holiday=holidays.get(day, ""),
        on_duty=sum(_works(row, day) for row in rows),
    )


def _works(row: GridRow, day: date) -> bool:
    return any(not is_off(shift) for shift in row.on(day))


def _line(row: GridRow, days: Days, holidays: dict[date, str]) -> WallLine:
    return WallLine(
        member=row.name,
        role=row.role.wording,
        cells=tuple(
            tuple(
                WallShift(
                    clock_in_words(shift.interval.starts), clock_in_words(shift.interval.ends), is_off(shift)
                )
                for shift in row.on(day)
            )
            for day in days
        ),
        hours=hours(sum(shift.minutes for shift in row.shifts)),
        holidays_worked=sum(_works(row, day) for day in holidays),
    )
