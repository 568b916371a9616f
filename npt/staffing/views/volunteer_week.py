"""Entering the time that special constables and volunteers gave: a week, a box for each member and day."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for

from npt.access.rules import Permission
from npt.kit.paging import Page
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.staffing.actions import GivenMeanwhile, enter_time
from npt.staffing.forms import GivenWeekForm, WhichWeekForm
from npt.staffing.forms.volunteer_week import Box
from npt.staffing.queries import GivenRow, GivenWeek, given_week
from npt.staffing.rules import GivenWork, TimeSlot
from npt.staffing.views.door import above, pages, sections
from npt.webkit.as_at import as_at
from npt.webkit.asked import asked_page
from npt.webkit.filters import day_long, day_short, hours, plural
from npt.webkit.listing import where_in
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BoxShown:
    """A box with its label and what else is known of the day; None of it where there is no box."""

    box: Box | None
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """A member's week, worded."""

    name: str
    note: str
    boxes: tuple[BoxShown, ...]
    total: str


@pages.form("/units/<code>/staffing/hours", needs=Permission.RECORD_DUTY, within="code")
def time_given(visit: Visit[Unit]) -> Answer:
    """Enter hours of one kind of work for everybody who gives time here, for the days of a week."""
    which = WhichWeekForm()
    day = which.read_address(visit.today)
    first, work = day - timedelta(days=day.weekday()), which.chosen_work
    page = asked_page(25)
    week = _week(visit, first, work, page)
    form = GivenWeekForm()
    form.times.offer(week.cells)
    if visit.is_sent and form.validate():
        try:
            count = enter_time(visit.session, week, wanted=form.value(), seen=form.seen.seen)
        except Refusal as refusal:
            visit.session.rollback()
            week = _week(visit, first, work, page)
            form.times.offer(week.cells)
            form.refuse(refusal)
            if isinstance(refusal, GivenMeanwhile):
                form.seen.show(week.cells)
        else:
            message = f"{plural(count, 'entry', 'entries')} saved."
            return visit.saved(_address(visit, first, work, page.number), message)
    if not visit.is_sent:
        form.seen.show(week.cells)
    return visit.render(
        which=which,
        form=form,
        week=week,
        title=f"{work.wording}, week of {day_long(first)}",
        columns=[
            Heading("Who"),
            *(Heading(day_short(each)) for each in week.dates),
            Heading("Saved", is_number=True, note="this week"),
        ],
        rows=[_row(row, week, form) for row in week.rows],
        total=hours(sum(row.minutes for row in week.rows)),
        before_href=_address(visit, first - WEEK, work),
        after_href=_address(visit, first + WEEK, work) if first + WEEK <= visit.today else "",
        where=where_in(page, week.people, "people"),
        above=above(visit, day, Permission.RECORD_DUTY),
        sections=sections(visit, visit.today),
        status=422 if visit.is_sent or which.has_errors else 200,
    )


def _week(visit: Visit[Unit], first: date, work: GivenWork, page: Page) -> GivenWeek:
    return given_week(visit.session, visit.place.path, first, work, today=visit.today, page=page)


def _row(row: GivenRow, week: GivenWeek, form: GivenWeekForm) -> RowShown:
    return RowShown(
        row.name,
        f"{row.number}, {row.role.wording}, {row.unit}",
        tuple(_box(row, day, form) for day in week.dates),
        hours(row.minutes) if row.minutes else "none",
    )


def _box(row: GivenRow, day: date, form: GivenWeekForm) -> BoxShown:
    cell = row.cells.get(day)
    if cell is None:
        return BoxShown(None, "", "")
    box = form.times.box(TimeSlot(row.member_id, day))
    notes = [f"saved: {box.recorded} h" if box.recorded else "", _otherwise(cell.otherwise)]
    return BoxShown(box, f"Hours of {row.name} on {day_long(day)}", "; ".join(note for note in notes if note))


def _otherwise(minutes: int) -> str:
    return f"other work {hours(minutes)}" if minutes else ""


def _address(visit: Visit[Unit], first: date, work: GivenWork, page: int = 1) -> str:
    return url_for(
        "staffing.time_given",
        code=visit.place.code,
        work=work.value,
        page=page if page > 1 else None,
        **as_at(first),
    )
