"""One patrol: recorded at its end, corrected, removed."""

from flask import url_for

from npt.access.rules import Permission
from npt.engagement import queries
from npt.engagement.actions import Sending, change_patrol, record_patrol, remove_patrol
from npt.engagement.forms import CorrectPatrolForm, PatrolForm
from npt.engagement.forms.patrol import USUAL
from npt.engagement.models import Patrol
from npt.engagement.rules import PatrolMode
from npt.engagement.views.door import own_member, pages, patch_of
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.shifts.forms import shown_times
from npt.shifts.rules import this_minute
from npt.webkit.filters import hours
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_HERE = "/units/<code>/patrols/<patrol>"


@pages.form("/patrols/new", needs=Permission.RECORD_CONTACTS)
def new_patrol(visit: Visit[None]) -> Answer:
    """Record a patrol that has just ended: my neighbourhood, on foot, the last half hour."""
    member, ends = own_member(visit), this_minute(visit.now)
    units = patch_of(visit, member)
    form = PatrolForm(
        data={
            "neighbourhood": units[0].code if units else None,
            "mode": PatrolMode.FOOT.value,
            "on": local_day(ends - USUAL),
            **shown_times(ends - USUAL, ends),
        }
    )
    form.offer(units, visit.today)
    return form_page(
        visit,
        form,
        act=lambda: record_patrol(
            visit.session,
            facts=form.facts(),
            sending=Sending(visit.stamp, member, form.reference.data, form.typed_at.instant),
        ),
        saved=lambda kept: _said(*kept),
        back_href=url_for("overview.home"),
    )


def _said(patrol: Patrol, is_new: bool) -> str:
    if not is_new:
        return "This patrol was recorded already, so nothing was added."
    late = " It was typed earlier, and is marked as sent late." if patrol.is_late else ""
    return f"Patrol recorded: {hours(patrol.minutes)}, {patrol.mode.wording}.{late}"


@pages.form(f"{_HERE}/correct", needs=Permission.RECORD_CONTACTS, within="code")
def correct_patrol(visit: Visit[Unit], patrol: str) -> Answer:
    """Correct a patrol."""

    def offer(form: CorrectPatrolForm, record: Patrol) -> None:
        units = patch_of(visit, None)
        units = units if any(unit.id == record.unit_id for unit in units) else [record.unit, *units]
        form.offer(units, visit.today)

    return correction_page(
        visit,
        CorrectPatrolForm,
        lambda: queries.patrol_in(visit.session, visit.place.path, patrol),
        offer=offer,
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
