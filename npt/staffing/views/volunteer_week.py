"""Entering the time that special constables and volunteers gave: a week, a box for each member and day."""

from datetime import date, timedelta
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import monday_of
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.staffing.actions import enter_time
from npt.staffing.forms import GivenWeekForm, WhichWeekForm
from npt.staffing.queries import GivenWeek, given_week
from npt.staffing.rules import GivenWork
from npt.staffing.views.door import above, pages, sections
from npt.webkit.as_at import as_at
from npt.webkit.asked import asked_page
from npt.webkit.filters import day_short, plural
from npt.webkit.form_flow import form_page
from npt.webkit.listing import where_in
from npt.webkit.pages import Answer
from npt.webkit.parts import Heading
from npt.webkit.visit import Visit

WEEK = timedelta(days=7)


@pages.form("/units/<code>/staffing/hours", needs=Permission.RECORD_DUTY, within="code")
def time_given(visit: Visit[Unit]) -> Answer:
    """Enter hours of one kind of work for everybody who gives time here, for the days of a week."""
    which, page = WhichWeekForm(), asked_page(25)
    day = which.read_address(visit.today)
    first, work = monday_of(day), which.chosen_work
    week = _week(visit, first, work, page)
    form = GivenWeekForm()
    form.times.offer(week.cells)
    return form_page(
        visit,
        form,
        asked=which,
        act=lambda: enter_time(visit.session, week, wanted=form.value(), seen=form.seen.seen),
        saved=lambda count: f"{plural(count, 'entry', 'entries')} saved.",
        back_href=_address(visit, first, work, page.number),
        page=lambda: {
            "which": which,
            "above": above(visit, day, Permission.RECORD_DUTY),
            **_shown(visit, form, _week(visit, first, work, page) if visit.is_sent else week, page),
        },
    )


def _week(visit: Visit[Unit], first: date, work: GivenWork, page: Page) -> GivenWeek:
    return given_week(visit.session, visit.place.path, first, work, today=visit.today, page=page)


def _shown(visit: Visit[Unit], form: GivenWeekForm, week: GivenWeek, page: Page) -> dict[str, Any]:
    """The week as it is now, with what was typed; what the page shows is what it will be held against."""
    form.times.offer(week.cells)
    form.seen.show(week.cells)
    after = week.first + WEEK
    return {
        "week": week,
        "sections": sections(visit, visit.today),
        "columns": [
            Heading("Who"),
            *(Heading(day_short(each)) for each in week.dates),
            Heading("Saved", is_number=True, note="this week"),
        ],
        "before_href": _address(visit, week.first - WEEK, week.work),
        "after_href": _address(visit, after, week.work) if after <= visit.today else "",
        "where": where_in(page, week.people, "people"),
    }


def _address(visit: Visit[Unit], first: date, work: GivenWork, page: int = 1) -> str:
    return url_for(
        "staffing.time_given",
        code=visit.place.code,
        work=work.value,
        page=page if page > 1 else None,
        **as_at(first),
    )
