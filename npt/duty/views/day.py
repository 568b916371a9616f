"""A unit's day: who is on, who is away, what the month still allows, and what is not confirmed yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from flask import request, url_for

from npt.access.rules import Permission
from npt.counting.queries import (
    DatedDefinition,
    HeadroomEntry,
    default_definition,
    headroom_after,
    headrooms,
)
from npt.counting.rules import Headroom
from npt.counting.views.headroom import Effect, change_in_words, changes_shown, left_in_words, rooms_shown
from npt.duty.forms import RecordForm
from npt.duty.queries import unconfirmed_days
from npt.duty.views.day_table import grid_shown, now_in_words, seen_versions
from npt.duty.views.door import DAY, breadcrumbs, check_place, day_address, pages, roster_address
from npt.duty.views.origins import origins_of
from npt.duty.views.waited import work_that_waited
from npt.kit.clock import clock_in_words, monday_of
from npt.kit.holidays import holiday_on
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.people.rules import RoleGroup
from npt.reporting.queries import ReportLine, waiting_reports
from npt.shifts.queries import (
    DayGrid,
    GridRow,
    GridShift,
    ReasonLine,
    day_grid,
    reasons,
    rostered_from,
    shifts_of_act,
)
from npt.shifts.rules import TIME_AWAY, ReasonKind
from npt.shifts.wording import reason_choices, span_in_words
from npt.webkit.fields import Choice
from npt.webkit.filters import day_short
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: How far back the page reminds of days that nobody has confirmed.
REMINDED_DAYS = timedelta(days=14)
#: How many of them it lists: an area has several for each day.
REMINDED_AT_ONCE = 30
#: How many reports of other days stand in their one line.
OTHER_REPORTS = 5
DAY_LONG = timedelta(days=1)


@dataclass
class DayContext:
    """What a unit's day is shown and recorded with, each part read once it is asked for.

    So a save reads neither what only the page shows nor the headroom before it.
    """

    visit: Visit[Unit]
    day: date

    @cached_property
    def rostered(self) -> tuple[GridRow, ...]:
        """Whoever has a shift on the day; for a save, held until it is done."""
        visit = self.visit
        return rostered_from(visit.session, visit.place, self.day, self.day, is_held=visit.is_sent)

    @cached_property
    def grid(self) -> DayGrid:
        """The day as its supervisor sees it."""
        return day_grid(self.visit.session, self.visit.place, self.day, self.rostered)

    @cached_property
    def reasons(self) -> tuple[ReasonLine, ...]:
        """Why somebody may be away."""
        return reasons(self.visit.session)

    @cached_property
    def definition(self) -> DatedDefinition:
        """What is counted by."""
        return default_definition(self.visit.session)

    @cached_property
    def rooms(self) -> dict[RoleGroup, Headroom]:
        """The headroom of the month, as it is when it is asked for."""
        session, path, today = self.visit.session, self.visit.place.path, self.visit.today
        return headrooms(session, path, self.month, today=today, definition=self.definition)

    @property
    def shifts(self) -> tuple[GridShift, ...]:
        """Every shift of the day."""
        return tuple(shift for row in self.rostered for shift in row.shifts)

    @property
    def month(self) -> Month:
        """The month that the day belongs to."""
        return Month.of(self.day)

    def effect_of(self, entries: Sequence[HeadroomEntry], words: str = "") -> Effect:
        """What recording these does to the headroom, in shape and, after `words`, in words."""
        changes = headroom_after(self.rooms, entries, definition=self.definition, today=self.visit.today)
        return Effect(changes_shown(changes), words + change_in_words(changes))


def day_context(visit: Visit[Unit], on: date) -> DayContext:
    """What the day is shown and recorded with; "not found" where there are no days."""
    check_place(visit, on)
    return DayContext(visit, on)


def record_form(visit: Visit[Unit], context: DayContext, **given: Any) -> RecordForm:
    """The form that records on the day of the context."""
    form = RecordForm(**given)
    offer(form, context, visit)
    return form


def offer(form: RecordForm, context: DayContext, visit: Visit[Unit]) -> None:
    """Let the form choose from the shifts and reasons of the context."""
    now = visit.now
    is_on = any(shift.interval.starts <= now < shift.interval.ends for shift in context.shifts)
    shifts = [
        Choice(str(shift.id), f"{row.name}, {span_in_words(shift.interval)}")
        for row in context.rostered
        for shift in row.shifts
    ]
    form.offer(shifts, *reason_choices(context.reasons, context.day), now if is_on else None)


def _day(visit: Visit[Unit], context: DayContext, *, may_record: bool) -> dict[str, Any]:
    """The day of the context as this person may see it. Five statements."""
    grid, place, on = context.grid, visit.place, context.grid.day
    before, after = on - DAY_LONG, on + DAY_LONG
    waiting = [
        each
        for each in unconfirmed_days(
            visit.session, place.path, visit.today - REMINDED_DAYS, visit.today - DAY_LONG
        )
        if (each.unit_code, each.on_date) != (place.code, on)
    ]
    teams = children(visit.session, place, as_at=on) if place.level is Level.AREA else []
    saved_act = next((act.id for act in grid.acts if str(act.id) == request.args.get("saved")), None)
    origins = origins_of(visit, [shift.id for shift in grid.shifts])
    return {
        "on": on,
        "shown": grid_shown(
            grid,
            visit.now,
            may_record=may_record,
            origins=origins,
            changed=_changed(visit, grid, saved_act) if may_record else (),
        ),
        "now_words": now_in_words(grid, visit.now),
        "headroom": Effect(rooms_shown(context.rooms)),
        "headroom_words": left_in_words(context.rooms, context.month),
        "definition": context.definition.name,
        "may_record": may_record,
        "may_confirm": visit.may(Permission.CONFIRM_DUTY, place.path),
        "is_future": on > visit.today,
        #: what the button that confirms the day carries, so that nothing unseen is confirmed
        "seen": seen_versions(grid.rows),
        "is_today": on == visit.today,
        "holiday": holiday_on(on) or "",
        "before": before,
        "before_href": day_address(place.code, before),
        "after": after,
        "after_href": day_address(place.code, after),
        "roster_href": roster_address(place.code, monday_of(on)),
        "today_href": day_address(place.code, visit.today),
        "saved_act": saved_act,
        "unconfirmed": waiting[:REMINDED_AT_ONCE],
        "further": max(0, len(waiting) - REMINDED_AT_ONCE),
        **_reports(visit, grid, may_record=may_record),
        "teams": [(team.name, day_address(team.code, on)) for team in teams],
        "waited": work_that_waited(visit, grid),
    }


def _changed(visit: Visit[Unit], grid: DayGrid, saved_act: int | None) -> frozenset[int]:
    """The shifts that were changed by what was just saved: by an act, or of the `member` of the address."""
    if saved_act is not None:
        return shifts_of_act(visit.session, saved_act)
    member = request.args.get("member", "")
    return frozenset(shift.id for shift in grid.shifts if str(shift.member_id) == member)


def _reports(visit: Visit[Unit], grid: DayGrid, *, may_record: bool) -> dict[str, Any]:
    """The reports that wait, with where each is answered: of this day, then of others. One statement."""
    waiting = waiting_reports(visit.session, visit.place.path) if may_record else ()
    of_day = [each for each in waiting if (each.unit_id, each.on_date) == (grid.unit_id, grid.day)]
    others = [each for each in waiting if each not in of_day]
    return {
        "reports": [(report_in_words(each, grid), report_address(each)) for each in of_day],
        "other_reports": [
            (f"{each.name}, {day_short(each.on_date)}", report_address(each))
            for each in others[:OTHER_REPORTS]
        ],
        "further_reports": len(others[OTHER_REPORTS:]),
    }


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
    """Whether the day says why somebody is or was off duty, or something that was noted of them."""
    return any(act.is_of_absence for act in grid.acts) or any(
        away.kind is ReasonKind.ABSENCE or away.note for shift in grid.shifts for away in shift.away
    )


def shown(visit: Visit[Unit], context: DayContext, form: RecordForm, **further: Any) -> dict[str, Any]:
    """Everything that the templates of the day and of recording take."""
    form.shown.show(context.grid.versions)
    may_record = visit.may(Permission.RECORD_DUTY, visit.place.path)
    visit.personal_record_id = visit.place.id
    visit.shows_personal = may_record and has_personal(context.grid)
    return {
        "day": _day(visit, context, may_record=may_record),
        "grid": context.grid,
        "month": context.month,
        "form": form,
        "above": breadcrumbs(visit, context.grid.day),
        "effect": None,
        "versions": None,
        **further,
    }


@pages.read(DAY, needs=Permission.SEE_DUTY, within="code", shows_personal=TIME_AWAY)
def day(visit: Visit[Unit], on: date) -> Answer:
    """The day of a team or an area."""
    context = day_context(visit, on)
    return visit.render(**shown(visit, context, record_form(visit, context, formdata=None)))
