"""Leave, sickness and other absence over a span of days."""

from datetime import timedelta

from flask import request

from npt.access.rules import Permission
from npt.duty.views.door import roster_address
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.rostering import actions
from npt.rostering.forms import AbsenceForm
from npt.rostering.views.door import MONTH, edit_address, pages, stretch_asked
from npt.shifts.queries import reasons, roster
from npt.shifts.rules import ReasonKind
from npt.webkit.fields import Choice
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Whoever is posted to the unit within so many days may be recorded as absent.
LOOK_AHEAD = timedelta(days=28)


@pages.form("/teams/<code>/roster/absence", needs=Permission.RECORD_DUTY, within="code")
def absence(visit: Visit[Unit]) -> Answer:
    """Record a member's absence over a span of days; the address may name the member (`member`)."""
    first = stretch_asked(visit).days.first
    asked = request.args.get("member")
    form = AbsenceForm() if visit.is_sent else AbsenceForm(formdata=None, members=asked)
    rows = roster(visit.session, visit.place, first - LOOK_AHEAD, first + LOOK_AHEAD).rows
    form.offer(
        [Choice(str(row.member_id), f"{row.name}, {row.role.wording} {row.number}") for row in rows],
        [
            Choice(each.code, each.name)
            for each in reasons(visit.session)
            if each.kind is ReasonKind.ABSENCE and each.is_open_on(first)
        ],
    )
    if not form.validate_on_submit():
        return _page(visit, form, 422 if visit.is_sent else 200)
    typed = form.value()
    try:
        done = actions.record_span(
            visit.session,
            stamp=visit.stamp,
            unit=visit.place,
            member_ids=[typed.member_id],
            first=typed.first,
            last=typed.last,
            reason=typed.reason,
            note=typed.note,
        )
    except Refusal as refusal:
        visit.session.rollback()
        field = refusal.field or ""
        form.refuse(Refusal(refusal.message, field=field if field in form else "members"))
        return _page(visit, form, 422)
    return visit.saved(edit_address(visit.place.code, typed.first, MONTH), f"{done.act.summary}.")


def _page(visit: Visit[Unit], form: AbsenceForm, status: int) -> Answer:
    stretch = stretch_asked(visit)
    return visit.render(
        status=status,
        form=form,
        edit_href=edit_address(visit.place.code, stretch.days.first, stretch.length),
        look_href=roster_address(visit.place.code, stretch.days.first),
    )
