"""A week of confirmations under a unit: what is still open, by whom the rest was confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from npt.access.rules import Permission
from npt.counting.rules import COVERAGE_FLOOR, is_provisional
from npt.duty.queries import ConfirmationWeek, UnconfirmedDay, UnitWeek, confirmation_week, lately_unconfirmed
from npt.duty.views.door import day_address, pages
from npt.kit.clock import monday_of
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.webkit.asked import asked_day
from npt.webkit.filters import day_long, day_short, percent, plural
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

WEEK = timedelta(days=7)
#: Asks for the days that nobody has confirmed, in place of a week.
OPEN = "open"
_OPEN_DAYS: Columns[UnconfirmedDay] = (
    Column("Day", lambda each: each.on_date, words=day_long, about=lambda each: f", {each.unit_name}"),
    Column("Unit", lambda each: each.unit_name, holds_words=True, below=lambda each: each.unit_code),
    Column("Shifts", lambda each: each.shifts, is_number=True),
)


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit's line in the table."""

    unit: UnitWeek
    href: str
    may_confirm: bool
    coverage: str
    is_provisional: bool


@pages.read("/units/<code>/confirmations", needs=Permission.SEE_DUTY, within="code")
def confirmations(visit: Visit[Unit]) -> Answer:
    """The week that holds the day which the address names (`week`), this week without one.

    Or (`show=open`) the days of the last two weeks that are not confirmed.
    """
    return visit.render(**(_open_days(visit) if request.args.get("show") == OPEN else _week(visit)))


def _week(visit: Visit[Unit]) -> dict[str, Any]:
    asked = asked_day("week")
    first = monday_of(asked if asked and EARLIEST_YEAR < asked.year < LATEST_YEAR else visit.today)
    week = confirmation_week(visit.session, visit.place.path, first, today=visit.today)
    return {
        "table": None,
        "open_href": url_for("duty.confirmations", code=visit.place.code, show=OPEN),
        "week": week,
        "lines": [_line(visit, unit) for unit in week.units],
        "columns": _columns(week),
        "totals": _totals(week, visit.today),
        "total": _share_in_words(week.coverage),
        "floor": COVERAGE_FLOOR,
        "above": above(visit, Permission.SEE_DUTY, lambda unit: _address(unit.code, first)),
        "here": _address(visit.place.code, first),
        "before": _address(visit.place.code, first - WEEK),
        "after": _address(visit.place.code, first + WEEK) if first + WEEK <= visit.today else None,
    }


def _open_days(visit: Visit[Unit]) -> dict[str, Any]:
    """The days of the last two weeks that nobody has confirmed, the latest first."""
    found = lately_unconfirmed(visit.session, visit.place.path, visit.today)
    are = "is" if len(found) == 1 else "are"
    return {
        "table": Table(
            "Days not confirmed",
            _OPEN_DAYS,
            found[::-1],
            href=lambda each: day_address(each.unit_code, each.on_date),
            noun="team-days",
        ),
        "words": f"{plural(len(found), 'team-day')} of the last two weeks {are} not confirmed.",
        "week_href": url_for("duty.confirmations", code=visit.place.code),
        "above": above(
            visit,
            Permission.SEE_DUTY,
            lambda unit: url_for("duty.confirmations", code=unit.code, show=OPEN),
        ),
    }


def _address(code: str, first: date) -> str:
    return url_for("duty.confirmations", code=code, week=first.isoformat())


def _columns(week: ConfirmationWeek) -> list[Heading]:
    return [
        Heading("Unit"),
        *(Heading(day_short(day)) for day in week.dates),
        Heading("Confirmed", is_number=True),
    ]


def _totals(week: ConfirmationWeek, today: date) -> list[str]:
    return [
        _share_in_words(week.coverage_on(number)) if day <= today else "to come"
        for number, day in enumerate(week.dates)
    ]


def _share_in_words(share: Share) -> str:
    return percent(share) if share.is_known else "no duty"


def _line(visit: Visit[Unit], unit: UnitWeek) -> UnitShown:
    return UnitShown(
        unit,
        day_address(unit.code, min(unit.days[-1].on_date, visit.today)),
        visit.may(Permission.CONFIRM_DUTY, unit.path),
        _share_in_words(unit.coverage),
        is_provisional(unit.coverage),
    )
