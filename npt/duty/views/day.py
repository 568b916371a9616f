"""A unit's day: who is on, who is away, what the month still allows, and what is not confirmed yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from npt.access.rules import Permission
from npt.counting.queries import DatedDefinition, definition_coded, headrooms
from npt.counting.rules import DEFAULT_DEFINITION, Headroom
from npt.counting.views.headroom import Effect, rooms_shown
from npt.duty.forms import RecordForm
from npt.duty.queries import UnconfirmedDay, unconfirmed_days
from npt.duty.views.day_table import GridShown, day_after, day_before, grid_shown, now_in_words
from npt.duty.views.door import breadcrumbs, check_place, day_address, pages, roster_address
from npt.duty.views.origins import origins_of
from npt.kit.clock import clock_in_words
from npt.kit.holidays import holiday_on
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.people.rules import RoleGroup
from npt.reporting.queries import ReportLine, waiting_reports
from npt.shifts.queries import DayGrid, ReasonLine, day_grid, reasons
from npt.shifts.rules import TIME_AWAY, ReasonKind
from npt.shifts.wording import reason_choices
from npt.webkit.fields import Choice
from npt.webkit.filters import day_short
from npt.webkit.pages import Answer
from npt.webkit.parts import Version
from npt.webkit.visit import Visit

#: How far back the page reminds of days that nobody has confirmed.
REMINDED_DAYS = timedelta(days=14)
#: How many of them it lists: an area has several for each day.
REMINDED_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class DayContext:
    """What a unit's day is shown and recorded with."""

    grid: DayGrid
    reasons: tuple[ReasonLine, ...]
    definition: DatedDefinition
    rooms: dict[RoleGroup, Headroom]

    @property
    def month(self) -> Month:
        """The month that the day belongs to."""
        return Month.of(self.grid.day)


def day_context(visit: Visit[Unit], on: date, grid: DayGrid | None = None) -> DayContext:
    """Read what the day is shown with; a grid that is known already is not read again."""
    definition = definition_coded(visit.session, DEFAULT_DEFINITION)
    if definition is None:
        raise RuntimeError(f"the definition {DEFAULT_DEFINITION}, which every installation has, is missing")
    return DayContext(
        grid=grid or day_grid(visit.session, visit.place, on),
        reasons=reasons(visit.session),
        definition=definition,
        rooms=headrooms(
            visit.session, visit.place.path, Month.of(on), today=visit.today, definition=definition
        ),
    )


def offer(form: RecordForm, context: DayContext, visit: Visit[Unit]) -> None:
    """Let the form choose from the shifts and reasons of the context."""
    now = visit.now
    is_on = any(shift.interval.starts <= now < shift.interval.ends for shift in context.grid.shifts)
    shifts = [Choice(str(shift.id), "") for shift in context.grid.shifts]
    form.offer(shifts, *reason_choices(context.reasons, context.grid.day), now if is_on else None)


@dataclass(frozen=True, slots=True)
class DayShown:
    """The day page, worded."""

    on: date
    shown: GridShown
    now_words: str
    headroom: Effect
    definition: str
    may_record: bool
    may_confirm: bool
    is_future: bool
    is_today: bool
    #: the public holiday on it, or empty
    holiday: str
    before: date
    before_href: str
    after: date
    after_href: str
    roster_href: str
    today_href: str
    saved_act: int | None
    #: of the last two weeks, the oldest first, this day left out
    unconfirmed: tuple[UnconfirmedDay, ...]
    #: how many more of them there are
    further: int
    #: what members of the unit (and of those under it) reported and nobody has answered: words, address
    reports: tuple[tuple[str, str], ...]
    #: the teams of an area, with their days
    teams: tuple[tuple[str, str], ...]


def shown_day(visit: Visit[Unit], context: DayContext) -> DayShown:
    """The page of the context's day as this person may see it. Four statements."""
    grid, place = context.grid, visit.place
    may_record = visit.may(Permission.RECORD_DUTY, place.path)
    may_confirm = visit.may(Permission.CONFIRM_DUTY, place.path)
    yesterday = day_before(visit.today)
    waiting = [
        each
        for each in unconfirmed_days(visit.session, place.path, visit.today - REMINDED_DAYS, yesterday)
        if (each.unit_code, each.on_date) != (place.code, grid.day)
    ]
    teams = children(visit.session, place, as_at=grid.day) if place.level is Level.AREA else []
    saved = request.args.get("saved", "")
    return DayShown(
        on=grid.day,
        shown=grid_shown(
            grid,
            visit.now,
            may_record=may_record,
            origins=origins_of(visit, [shift.id for shift in grid.shifts]),
        ),
        now_words=now_in_words(grid, visit.now),
        headroom=Effect(rooms_shown(context.rooms)),
        definition=context.definition.name,
        may_record=may_record,
        may_confirm=may_confirm,
        is_future=grid.day > visit.today,
        is_today=grid.day == visit.today,
        holiday=holiday_on(grid.day) or "",
        before=day_before(grid.day),
        before_href=day_address(place.code, day_before(grid.day)),
        after=day_after(grid.day),
        after_href=day_address(place.code, day_after(grid.day)),
        roster_href=roster_address(place.code, grid.day - timedelta(days=grid.day.weekday())),
        today_href=day_address(place.code, visit.today),
        saved_act=next((act.id for act in grid.acts if str(act.id) == saved), None),
        unconfirmed=tuple(waiting[:REMINDED_AT_ONCE]),
        further=max(0, len(waiting) - REMINDED_AT_ONCE),
        reports=reports_shown(visit.session, place.path, grid) if may_record else (),
        teams=tuple((team.name, day_address(team.code, grid.day)) for team in teams),
    )


def reports_shown(session: Session, path: str, grid: DayGrid) -> tuple[tuple[str, str], ...]:
    """The reports that wait at the unit and under it: those of this day first. One statement."""
    waiting = sorted(
        waiting_reports(session, path),
        key=lambda each: (each.unit_id, each.on_date) != (grid.unit_id, grid.day),
    )
    return tuple((report_in_words(each, grid), report_address(each)) for each in waiting)


def report_in_words(report: ReportLine, grid: DayGrid) -> str:
    """A report in a line: "Ann Example: Custody from 14:00, end not known yet"."""
    until = "end not known yet" if report.ends is None else f"to {clock_in_words(report.ends)}"
    words = f"{report.name}: {report.reason_name} from {clock_in_words(report.starts)}, {until}"
    if (report.unit_id, report.on_date) == (grid.unit_id, grid.day):
        return words
    where = "" if report.unit_id == grid.unit_id else f", {report.unit_name}"
    return f"{words}; {day_short(report.on_date)}{where}"


def report_address(report: ReportLine) -> str:
    """Where a report is answered."""
    return url_for("duty.answer", code=report.unit_code, on=report.on_date, report_id=report.id)


def has_personal(grid: DayGrid) -> bool:
    """Whether the day says why somebody was off duty, or something that was noted of them."""
    return any(away.kind is ReasonKind.ABSENCE or away.note for shift in grid.shifts for away in shift.away)


def shown(
    visit: Visit[Unit],
    context: DayContext,
    form: RecordForm,
    *,
    effect: Effect | None = None,
    versions: tuple[Version, Version] | None = None,
) -> dict[str, Any]:
    """Everything that the templates of the day and of recording take."""
    form.shown.show(context.grid.versions)
    day = shown_day(visit, context)
    visit.personal_record_id = visit.place.id
    visit.shows_personal = day.may_record and has_personal(context.grid)
    return {
        "day": day,
        "grid": context.grid,
        "month": context.month,
        "form": form,
        "above": breadcrumbs(visit, context.grid.day),
        "effect": effect,
        "versions": versions,
    }


@pages.read("/teams/<code>/day/<day:on>", needs=Permission.SEE_DUTY, within="code", shows_personal=TIME_AWAY)
def day(visit: Visit[Unit], on: date) -> Answer:
    """The day of a team or an area."""
    check_place(visit, on)
    context = day_context(visit, on)
    form = RecordForm(formdata=None)
    offer(form, context, visit)
    return visit.render(**shown(visit, context, form))
