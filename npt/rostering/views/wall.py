"""A month of the roster for the wall, in codes on A4 across, without why anybody is absent."""

from flask import url_for

from npt.access.rules import Permission
from npt.duty.views.day_table import is_off
from npt.duty.views.door import check_place, roster_address
from npt.kit.holidays import public_holidays
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR, Month
from npt.organisation.models import Unit
from npt.rostering.rules import Days, Turn, times_of, wall_codes
from npt.rostering.views.door import DayHead, on_duty, pages
from npt.shifts.queries import roster as roster_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/teams/<code>/roster/print/<month:month>", needs=Permission.SEE_DUTY, within="code")
def wall(visit: Visit[Unit], month: Month) -> Answer:
    """The month's roster, to be printed."""
    check_place(visit, month.first)
    days = Days(month.first, month.last)
    holidays = {day: name for day, name in public_holidays(month.year).items() if day in days}
    rows = roster_of(visit.session, visit.place, days.first, days.last).rows
    codes = wall_codes(shift.interval for row in rows for shift in row.shifts if not is_off(shift))
    return visit.render(
        month=month,
        days=[(DayHead(day, visit.today), len(on_duty(rows, day))) for day in days],
        lines=[(row, sum(bool(on_duty([row], day)) for day in holidays)) for row in rows],
        code_of=lambda shift: None if is_off(shift) else codes[times_of(shift.interval)],
        turns=[(turn, [code for code in codes.values() if code.turn is turn]) for turn in Turn],
        holidays=holidays,
        look_href=roster_address(visit.place.code, month.first, "28"),
        before_href=_address(visit, month.previous) if month.year > EARLIEST_YEAR + 1 else "",
        after_href=_address(visit, month.next) if month.year < LATEST_YEAR - 1 else "",
    )


def _address(visit: Visit[Unit], month: Month) -> str:
    return url_for("rostering.wall", code=visit.place.code, month=month)
