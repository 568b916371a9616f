"""Leave, sickness and other absence over a span of days."""

from datetime import date, timedelta

from flask import request

from npt.access.rules import Permission
from npt.duty.views.door import roster_address
from npt.organisation.models import Unit
from npt.rostering import actions
from npt.rostering.forms import AbsenceForm, TypedAbsence
from npt.rostering.views.door import MONTH, absence_choices, edit_address, pages, stretch_asked
from npt.shifts.queries import roster
from npt.webkit.fields import Choice
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Whoever is posted to the unit within so many days may be recorded as absent.
LOOK_AHEAD = timedelta(days=28)


@pages.form("/teams/<code>/roster/absence", needs=Permission.RECORD_DUTY, within="code")
def absence(visit: Visit[Unit]) -> Answer:
    """Record a member's absence over a span of days; the address may name the member (`member`)."""
    stretch, code = stretch_asked(visit), visit.place.code
    form = _form(visit, stretch.days.first)
    return form_page(
        visit,
        form,
        act=lambda: _record(visit, form.value()),
        saved=lambda done: visit.saved(edit_address(code, form.value().first, MONTH), f"{done.act.summary}."),
        back_href=edit_address(code, stretch.days.first, stretch.length),
        page=lambda: {"look_href": roster_address(code, stretch.days.first)},
    )


def _form(visit: Visit[Unit], first: date) -> AbsenceForm:
    form = AbsenceForm(members=request.args.get("member"))
    rows = roster(visit.session, visit.place, first - LOOK_AHEAD, first + LOOK_AHEAD).rows
    form.offer(
        [Choice(str(row.member_id), f"{row.name}, {row.role.wording} {row.number}") for row in rows],
        absence_choices(visit, first),
    )
    return form


def _record(visit: Visit[Unit], typed: TypedAbsence) -> actions.Done:
    return actions.record_span(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        member_ids=[typed.member_id],
        first=typed.first,
        last=typed.last,
        reason=typed.reason,
        note=typed.note,
    )
