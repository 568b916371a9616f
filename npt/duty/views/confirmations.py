"""A week of confirmations under a unit: what is still open, by whom the rest was confirmed."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import request, url_for

from npt.access.rules import Permission
from npt.counting.rules import COVERAGE_FLOOR, is_provisional
from npt.duty.queries import ConfirmationWeek, UnitDay, UnitWeek, confirmation_week
from npt.duty.views.door import day_address, pages
from npt.kit.clock import parse_day
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.webkit.filters import day_short, percent
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayShown:
    """A unit's day in the table."""

    on: date
    words: str
    state: str
    href: str
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit's line in the table."""

    code: str
    name: str
    href: str
    days: tuple[DayShown, ...]
    coverage: str
    is_provisional: bool


@pages.read("/units/<code>/confirmations", needs=Permission.SEE_DUTY, within="code")
def confirmations(visit: Visit[Unit]) -> Answer:
    """The week that holds the day which the address names (`week`), this week without one."""
    first = _monday(_asked_day(visit.today))
    week = confirmation_week(visit.session, visit.place.path, first, today=visit.today)
    above = [
        (unit.name, _address(unit.code, first))
        for unit in ancestors(visit.session, visit.place)
        if visit.may(Permission.SEE_DUTY, unit.path)
    ]
    return visit.render(
        week=week,
        lines=[_line(visit, unit) for unit in week.units],
        columns=_columns(week),
        totals=[
            _share_in_words(week.coverage_on(number)) if day <= visit.today else "to come"
            for number, day in enumerate(week.dates)
        ],
        total=_share_in_words(week.coverage),
        floor=COVERAGE_FLOOR,
        above=above,
        here=_address(visit.place.code, first),
        before=_address(visit.place.code, first - WEEK),
        after=_address(visit.place.code, first + WEEK) if first + WEEK <= visit.today else None,
    )


def _asked_day(today: date) -> date:
    try:
        asked = parse_day(request.args["week"])
    except (KeyError, ValueError):
        return today
    return asked if EARLIEST_YEAR < asked.year < LATEST_YEAR else today


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _address(code: str, first: date) -> str:
    return url_for("duty.confirmations", code=code, week=first.isoformat())


def _columns(week: ConfirmationWeek) -> list[Heading]:
    return [
        Heading("Unit"),
        *(Heading(day_short(day)) for day in week.dates),
        Heading("Confirmed", is_number=True),
    ]


def _share_in_words(share: Share) -> str:
    return percent(share) if share.is_known else "no duty"


def _line(visit: Visit[Unit], unit: UnitWeek) -> UnitShown:
    may_confirm = visit.may(Permission.CONFIRM_DUTY, unit.path)
    return UnitShown(
        unit.code,
        unit.name,
        day_address(unit.code, min(unit.days[-1].on_date, visit.today)),
        tuple(_day(unit, day, may_confirm=may_confirm) for day in unit.days),
        _share_in_words(unit.coverage),
        is_provisional(unit.coverage),
    )


def _day(unit: UnitWeek, day: UnitDay, *, may_confirm: bool) -> DayShown:
    is_open = bool(day.shifts) and day.confirmed_by is None and day.is_due
    if not day.shifts:
        words, state = "no duty", "none"
    elif day.confirmed_by is not None:
        words, state = day.confirmed_by, "confirmed"
    elif not day.is_due:
        words, state = "to come", "none"
    else:
        words, state = "not confirmed", "open"
    return DayShown(day.on_date, words, state, day_address(unit.code, day.on_date), is_open and may_confirm)
