"""One patrol: recorded at its end, corrected, removed."""

from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.engagement import queries
from npt.engagement.actions import change_patrol, record_patrol, remove_patrol
from npt.engagement.forms import CorrectPatrolForm, PatrolForm
from npt.engagement.forms.patrol import USUAL
from npt.engagement.models import Patrol
from npt.engagement.rules import PatrolMode
from npt.engagement.views.door import own_member, pages, patch_of, patch_with
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.phone.views import is_kept, phone_page
from npt.shifts.forms import shown_times
from npt.shifts.rules import this_minute
from npt.webkit.filters import hours
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_HERE = "/units/<code>/patrols/<patrol>"


@pages.form("/patrols/new", needs=Permission.RECORD_CONTACTS)
def new_patrol(visit: Visit[None]) -> Answer:
    """Record a patrol that has just ended: my neighbourhood, on foot, the last half hour."""
    member = own_member(visit)
    form = PatrolForm(
        data={"typed_by": str(visit.by), "mode": PatrolMode.FOOT.value, **_usual_times(visit)},
        meta={"csrf": not is_kept()},
    )
    units = patch_of(visit, member, form.day(visit.today))
    form.offer(units, visit.today)
    form.begin_at(units)
    return phone_page(
        visit,
        form,
        member,
        act=lambda sending: record_patrol(visit.session, facts=form.facts(), sending=sending),
        saved=lambda kept: _said(*kept),
    )


def _usual_times(visit: Visit[None]) -> dict[str, Any]:
    """The last half hour; nothing for a form kept on a phone, which knows itself when it is opened."""
    if is_kept():
        return {}
    ends = this_minute(visit.now)
    return {"on": local_day(ends - USUAL), **shown_times(ends - USUAL, ends)}


def _said(patrol: Patrol, is_new: bool) -> str:
    if not is_new:
        return "This patrol was recorded already, so nothing was added."
    late = " It was typed earlier, and is marked as sent late." if patrol.is_late else ""
    return f"Patrol recorded: {hours(patrol.minutes)}, {patrol.mode.wording}.{late}"


@pages.form(f"{_HERE}/correct", needs=Permission.RECORD_CONTACTS, within="code")
def correct_patrol(visit: Visit[Unit], patrol: str) -> Answer:
    """Correct a patrol."""
    return correction_page(
        visit,
        CorrectPatrolForm,
        lambda: queries.patrol_in(visit.session, visit.place.path, patrol),
        offer=lambda form, record: form.offer(patch_with(visit, record.unit), visit.today),
        act=lambda record, form: change_patrol(
            visit.session,
            record,
            facts=form.facts(),
            stamp=visit.stamp,
            expected_version=form.shown_version,
        ),
        saved="The patrol is saved.",
        back_href=_back(visit),
    )


def _back(visit: Visit[Unit]) -> str:
    return url_for("engagement.patrols", code=visit.place.code)


@pages.write(f"{_HERE}/remove", needs=Permission.RECORD_CONTACTS, within="code")
def withdraw_patrol(visit: Visit[Unit], patrol: str) -> Answer:
    """Remove a patrol that never was."""
    record = visit.found(queries.patrol_in(visit.session, visit.place.path, patrol))
    return button(
        visit,
        act=lambda: remove_patrol(visit.session, record, expected_version=visit.sent_version),
        saved="The patrol is removed.",
        back_href=_back(visit),
    )
