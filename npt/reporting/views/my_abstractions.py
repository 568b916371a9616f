"""A member and their own abstraction: reporting it on the phone, seeing the answer, being back."""

from datetime import datetime
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import clock_in_words
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import member_of_account
from npt.reporting import actions
from npt.reporting.forms import ReportForm
from npt.reporting.queries import (
    OwnShift,
    next_shift,
    own_away,
    own_reports,
    own_running,
    own_shift,
)
from npt.reporting.views.door import pages
from npt.shifts import actions as shifts_actions
from npt.shifts.forms import shown_times
from npt.shifts.queries import AwayRecord, reasons
from npt.shifts.rules import this_minute
from npt.shifts.wording import reason_choices, so_far
from npt.webkit.converters import KEY
from npt.webkit.filters import clock
from npt.webkit.form_flow import button, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: What the journal calls a page that shows a member's own reports.
OWN_REPORTS = "own reports of abstraction"


@pages.read("/my/abstractions", needs=Permission.REPORT_ABSTRACTION, shows_personal=OWN_REPORTS)
def my_abstractions(visit: Visit[None]) -> Answer:
    """What the member has reported, how it was answered, and what is running."""
    member = member_of_account(visit.session, visit.by)
    if member is None:
        return visit.render(member=None, running=(), reports=())
    visit.personal_record_id = member.id
    return visit.render(
        member=member,
        running=own_running(visit.session, member.id, visit.now),
        running_in_words=running_in_words,
        reports=own_reports(visit.session, member.id),
    )


@pages.form("/my/abstractions/report", needs=Permission.REPORT_ABSTRACTION)
def report(visit: Visit[None]) -> Answer:
    """Report that one has been taken off, for a supervisor to accept."""
    member = member_of_account(visit.session, visit.by)
    here = own_shift(visit.session, member.id, visit.now) if member is not None else None
    form = ReportForm(data={} if here is None else _from_now(here, visit.now))
    form.offer(reason_choices(reasons(visit.session), here.shift.on_date if here else visit.today)[0])
    return form_page(
        visit,
        form,
        act=lambda: _report(visit, member, here, form),
        saved=lambda unit: f"Reported to the supervisors of {unit.name}. It counts once they accept it.",
        back_href=url_for("reporting.my_abstractions"),
        page=lambda: _page(visit, member, here),
    )


def _page(visit: Visit[None], member: Member | None, here: OwnShift | None) -> dict[str, Any]:
    own = () if member is None or here is None else own_reports(visit.session, member.id)
    return {
        "member": member,
        "here": here,
        # What a refusal may name stands there with its buttons.
        "waiting": [each for each in own if each.is_waiting and here and each.shift == here.shift.interval],
        "coming": None if member is None else next_shift(visit.session, member.id, visit.now),
        "is_over": here is not None and this_minute(visit.now) >= here.shift.interval.ends,
    }


def _report(visit: Visit[None], member: Member | None, here: OwnShift | None, form: ReportForm) -> Unit:
    """Report as typed; the unit whose supervisor is asked."""
    if member is None or here is None:
        raise Refusal("You have no shift now, so nothing was saved.")
    form.shift = here.shift.interval
    actions.report_abstraction(
        visit.session, stamp=visit.stamp, member=member, shift_id=here.shift.id, facts=form.value()
    )
    return here.unit


@pages.write(f"/my/abstractions/reports/<{KEY}:report_id>/back", needs=Permission.REPORT_ABSTRACTION)
def end_report(visit: Visit[None], report_id: int) -> Answer:
    """Say in a report that still waits that one is back."""
    member = _member(visit)
    return button(
        visit,
        act=lambda: actions.end_report(visit.session, now=visit.now, member=member, report_id=report_id),
        saved=lambda ended: f"Your report now ends at {clock(ended.ends_at)}.",
        back_href=_back(visit),
    )


@pages.write(f"/my/abstractions/reports/<{KEY}:report_id>/withdraw", needs=Permission.REPORT_ABSTRACTION)
def withdraw_report(visit: Visit[None], report_id: int) -> Answer:
    """Take back a report that still waits."""
    member = _member(visit)
    return button(
        visit,
        act=lambda: actions.withdraw_report(
            visit.session, stamp=visit.stamp, member=member, report_id=report_id
        ),
        saved="The report is withdrawn.",
        back_href=_back(visit),
    )


@pages.write(f"/my/abstractions/<{KEY}:away_id>/back", needs=Permission.REPORT_ABSTRACTION)
def come_back(visit: Visit[None], away_id: int) -> Answer:
    """Say that one is back from what is recorded and running."""
    away = visit.found(own_away(visit.session, _member(visit).id, away_id))
    return button(
        visit,
        act=lambda: shifts_actions.come_back(
            visit.session,
            stamp=visit.stamp,
            unit=visit.session.get_one(Unit, away.unit_id),
            day=away.on_date,
            away_id=away.id,
            expected_version=away.version,
        ),
        saved=lambda act: f"You are back: {act.summary}.",
        back_href=_back(visit),
    )


def _member(visit: Visit[None]) -> Member:
    """Whose account this is; ends the request where it belongs to no member."""
    return visit.found(member_of_account(visit.session, visit.by))


def _back(visit: Visit[None]) -> str:
    """Where the button stood: the page it names, else the member's own."""
    return visit.back_to(url_for("reporting.my_abstractions"))


def running_in_words(away: AwayRecord, now: datetime) -> str:
    """How long something has been running: "Custody since 14:00, 1 h 10 min so far"."""
    return f"{away.reason_name} since {clock_in_words(away.interval.starts)}, {so_far(away.interval, now)}"


def _from_now(here: OwnShift, now: datetime) -> dict[str, object]:
    """The times as they mostly are: since now, no end known; of a shift that is over, the whole of it."""
    shift, minute = here.shift.interval, this_minute(now)
    return shown_times(minute, None) if minute < shift.ends else shown_times(shift.starts, shift.ends)
