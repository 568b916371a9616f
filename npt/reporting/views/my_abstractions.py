"""A member and their own abstraction: reporting it on the phone, seeing the answer, being back."""

from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for

from npt.access.rules import Permission
from npt.kit.clock import clock_in_words, to_local
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import member_of_account
from npt.reporting import actions
from npt.reporting.forms import ReportForm
from npt.reporting.queries import (
    OwnReport,
    OwnShift,
    next_shift,
    own_away,
    own_reports,
    own_running,
    own_shift,
)
from npt.reporting.rules import ReportState
from npt.reporting.views.door import pages
from npt.shifts import actions as shifts_actions
from npt.shifts.queries import AwayRecord, reasons
from npt.shifts.rules import this_minute, typed_interval
from npt.shifts.wording import reason_choices, so_far, which_of_two
from npt.webkit.converters import KEY
from npt.webkit.filters import moment
from npt.webkit.pages import Answer
from npt.webkit.redirects import own_address
from npt.webkit.visit import Visit, turned_down

#: What the journal calls a page that shows a member's own reports.
OWN_REPORTS = "own reports of abstraction"


@dataclass(frozen=True, slots=True)
class OwnReportShown:
    """One report in words, as the member who made it reads it."""

    id: int
    reason: str
    when: str
    state: ReportState
    #: "by Sam Example, 4 May 2026, 14:10: not on duty then"
    answer: str
    note: str
    lost: str
    #: it waits, and the member can say that they are back
    is_running: bool
    #: its shift was taken out of the roster, so that nobody can answer it
    is_stranded: bool


@pages.read("/my/abstractions", needs=Permission.REPORT_ABSTRACTION, shows_personal=OWN_REPORTS)
def my_abstractions(visit: Visit[None]) -> Answer:
    """What the member has reported, how it was answered, and what is running."""
    member = member_of_account(visit.session, visit.by)
    if member is None:
        return visit.render(member=None, running=(), reports=())
    visit.personal_record_id = member.id
    return visit.render(
        member=member,
        running=[
            (away, in_words(away, visit.now)) for away in own_running(visit.session, member.id, visit.now)
        ],
        reports=[_shown(report, visit.now) for report in own_reports(visit.session, member.id)],
    )


@pages.form("/my/abstractions/report", needs=Permission.REPORT_ABSTRACTION)
def report(visit: Visit[None]) -> Answer:
    """Report that one has been taken off, for a supervisor to accept."""
    member = member_of_account(visit.session, visit.by)
    here = own_shift(visit.session, member.id, visit.now) if member is not None else None
    form = ReportForm() if visit.is_sent or here is None else _from_now(here, visit.now)
    form.offer(reason_choices(reasons(visit.session), here.shift.on_date if here else visit.today)[0])
    is_read = form.validate_on_submit()
    if is_read and here is None:
        form.refuse(Refusal("You have no shift now to report of: nothing was saved."))
    if member is None or here is None or not is_read:
        return _page(visit, member, here, form, status=422 if visit.is_sent else 200)
    try:
        _report(visit, member, here, form)
    except Refusal as refusal:
        visit.session.rollback()
        form.refuse(refusal)
        return _page(visit, member, here, form, status=422)
    return visit.saved(
        url_for("reporting.my_abstractions"),
        f"Reported to whoever supervises {here.unit.name}. It counts once they accept it.",
    )


@pages.write(f"/my/abstractions/reports/<{KEY}:report_id>/back", needs=Permission.REPORT_ABSTRACTION)
def end_report(visit: Visit[None], report_id: int) -> Answer:
    """Say in a report that still waits that one is back."""
    try:
        ended = actions.end_report(visit.session, now=visit.now, member=_member(visit), report_id=report_id)
    except Refusal as refusal:
        return turned_down(visit, refusal, _back())
    return visit.saved(_back(), f"Your report now ends at {_clock(ended.ends_at)}.")


@pages.write(f"/my/abstractions/reports/<{KEY}:report_id>/withdraw", needs=Permission.REPORT_ABSTRACTION)
def withdraw_report(visit: Visit[None], report_id: int) -> Answer:
    """Take back a report that still waits."""
    try:
        actions.withdraw_report(visit.session, stamp=visit.stamp, member=_member(visit), report_id=report_id)
    except Refusal as refusal:
        return turned_down(visit, refusal, _back())
    return visit.saved(_back(), "The report is withdrawn.")


@pages.write(f"/my/abstractions/<{KEY}:away_id>/back", needs=Permission.REPORT_ABSTRACTION)
def come_back(visit: Visit[None], away_id: int) -> Answer:
    """Say that one is back from what is recorded and running."""
    member = member_of_account(visit.session, visit.by)
    away = None if member is None else own_away(visit.session, member.id, away_id)
    if away is None:
        visit.missing()
        raise AssertionError("the request has ended")
    try:
        act = shifts_actions.come_back(
            visit.session,
            stamp=visit.stamp,
            unit=visit.session.get_one(Unit, away.unit_id),
            day=away.on_date,
            away_id=away.id,
            expected_version=away.version,
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, _back())
    return visit.saved(_back(), f"You are back: {act.summary}.")


def in_words(away: AwayRecord, now: datetime) -> str:
    """How long something has been running: "Custody since 14:00, 1 h 10 min so far"."""
    return f"{away.reason_name} since {clock_in_words(away.interval.starts)}, {so_far(away.interval, now)}"


def _from_now(here: OwnShift, now: datetime) -> ReportForm:
    """The form as it mostly is: since now, until nobody knows; of a shift that is over, the whole of it."""
    shift, minute = here.shift.interval, this_minute(now)
    starts, ends = (minute, None) if minute < shift.ends else (shift.starts, shift.ends)
    return ReportForm(
        formdata=None,
        starts=to_local(starts).time(),
        starts_which=which_of_two(starts),
        ends=None if ends is None else to_local(ends).time(),
        ends_which=None if ends is None else which_of_two(ends),
    )


def _report(visit: Visit[None], member: Member, here: OwnShift, form: ReportForm) -> None:
    typed, shift = form.value(), here.shift.interval
    starts, ends = typed_interval(shift, typed.starts, typed.ends)
    actions.report_abstraction(
        visit.session,
        stamp=visit.stamp,
        member=member,
        shift_id=here.shift.id,
        starts=starts,
        ends=None if typed.ends is None else ends,
        reason=typed.reason,
        note=typed.note,
        lost=None if typed.lost is None else shifts_actions.Lost(typed.lost, typed.lost_words),
    )


def _page(
    visit: Visit[None], member: Member | None, here: OwnShift | None, form: ReportForm, *, status: int
) -> Answer:
    coming = next_shift(visit.session, member.id, visit.now) if member is not None else None
    return visit.render(
        status=status, member=member, here=here, form=form, coming=coming, is_over=_is_over(here, visit.now)
    )


def _is_over(here: OwnShift | None, now: datetime) -> bool:
    return here is not None and this_minute(now) >= here.shift.interval.ends


def _member(visit: Visit[None]) -> Member:
    """Whose account this is; ends the request where it belongs to no member."""
    member = member_of_account(visit.session, visit.by)
    if member is None:
        visit.missing()
        raise AssertionError("the request has ended")
    return member


def _back() -> str:
    """Where the button stood: the page it names (`next`), else the member's own."""
    return own_address(request.form.get("next"), url_for("reporting.my_abstractions"))


def _clock(instant: datetime | None) -> str:
    return "" if instant is None else clock_in_words(instant)


def _shown(report: OwnReport, now: datetime) -> OwnReportShown:
    is_waiting = report.state is ReportState.WAITING
    is_running = (
        is_waiting
        and report.ends is None
        and report.shift is not None
        and report.starts < this_minute(now) < report.shift.ends
    )
    until = "end not known yet" if report.ends is None else f"to {clock_in_words(report.ends)}"
    lost = (
        ""
        if report.lost is None
        else report.lost.wording + f": {report.lost_words}" * bool(report.lost_words)
    )
    answer = ""
    if not is_waiting and report.state is not ReportState.WITHDRAWN:
        answer = f"by {report.answered_by}, {moment(report.answered_at)}"
        answer += f": {report.answer}" if report.answer else ""
    return OwnReportShown(
        id=report.id,
        reason=report.reason_name,
        when=f"{moment(report.starts)}, {until}",
        state=report.state,
        answer=answer,
        note=report.note or "",
        lost=lost,
        is_running=is_running,
        is_stranded=is_waiting and report.shift is None,
    )
