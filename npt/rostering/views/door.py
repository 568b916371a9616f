"""What the screens of the roster share: their declared routes, their addresses, and the days they show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from npt.duty.views.day_table import is_off
from npt.duty.views.door import check_place
from npt.kit.clock import local_day, monday_of
from npt.kit.holidays import holiday_on
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.rostering.rules import Days
from npt.shifts.queries import GridRow, reasons
from npt.shifts.rules import ReasonKind
from npt.shifts.wording import span_in_words
from npt.webkit.asked import asked_day
from npt.webkit.fields import Choice
from npt.webkit.filters import day, day_short, month_title
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("rostering")

WEEK, FOUR_WEEKS, MONTH = "7", "28", "month"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days that a roster shows, as its address says: a week, four weeks, or a month."""

    days: Days
    length: str

    @property
    def title(self) -> str:
        """The stretch in words: "November 2026", "the week of 16 November 2026"."""
        if self.length == MONTH:
            return month_title(Month.of(self.days.first))
        return f"{'the week' if self.length == WEEK else 'four weeks'} from {day(self.days.first)}"

    @property
    def before(self) -> date:
        """The first day of the stretch before."""
        if self.length == MONTH:
            return Month.of(self.days.first).previous.first
        return self.days.first - timedelta(days=len(self.days))

    @property
    def after(self) -> date:
        """The first day of the stretch after."""
        return self.days.last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayHead:
    """A day at the head of a table, or of a line."""

    on: date
    today: date

    @property
    def is_today(self) -> bool:
        """Whether it is the day of the request."""
        return self.on == self.today

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return self.on.weekday() >= 5

    @property
    def holiday(self) -> str:
        """The public holiday on it, or empty."""
        return holiday_on(self.on) or ""


def on_duty(rows: Iterable[GridRow], day: date) -> set[int]:
    """The members who are on duty on a day: not absent for the whole of every shift."""
    return {row.member_id for row in rows if any(not is_off(shift) for shift in row.on(day))}


def when_in_words(interval: Interval) -> str:
    """A part of a day: "Tue 17 Nov 18:00 to 22:00"."""
    return f"{day_short(local_day(interval.starts))} {span_in_words(interval)}"


def stretch_asked(visit: Visit[Unit]) -> Stretch:
    """The days that the address asks for (`from`, `days`); without any, this week."""
    asked = request.args.get("days", WEEK)
    length = asked if asked in (FOUR_WEEKS, MONTH) else WEEK
    first = asked_day("from") or monday_of(visit.today)
    # Before the days around it are worked out: there is nothing at the edges of the calendar.
    check_place(visit, first)
    if length == MONTH:
        month = Month.of(first)
        return Stretch(Days(month.first, month.last), length)
    return Stretch(Days(first, first + timedelta(days=int(length) - 1)), length)


def absence_choices(visit: Visit[Unit], on: date) -> list[Choice]:
    """The kinds of absence that may be recorded on a day."""
    return [
        Choice(each.code, each.name)
        for each in reasons(visit.session)
        if each.kind is ReasonKind.ABSENCE and each.is_open_on(on)
    ]


def edit_address(code: str, first: date, length: str = WEEK, **asked: Any) -> str:
    """Where the roster of a unit is changed, from a day on."""
    shown = {"from": first.isoformat(), **asked}
    if length != WEEK:
        shown["days"] = length
    return url_for("rostering.edit", code=code, **shown)
