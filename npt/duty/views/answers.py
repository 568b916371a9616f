"""A supervisor answers what a member has reported: as it came, corrected, or not at all."""

from datetime import date

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import HeadroomEntry, headroom_after
from npt.counting.views.headroom import Effect, change_in_words, changes_shown, rooms_shown
from npt.duty.views.day import DayContext, day_context
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.clock import to_local
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.reporting import actions as reporting_actions
from npt.reporting.forms import AnswerForm
from npt.reporting.queries import ReportLine, report_in
from npt.reporting.rules import ReportState
from npt.shifts import actions as shifts_actions
from npt.shifts.models import Act
from npt.shifts.rules import AwayTime, check_away, interval_of, typed_interval
from npt.shifts.wording import reason_choices, which_of_two
from npt.webkit.converters import KEY
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(
    f"/teams/<code>/day/<day:on>/reports/<{KEY}:report_id>",
    needs=Permission.RECORD_DUTY,
    within="code",
    shows_personal="report of abstraction",
)
def answer(visit: Visit[Unit], on: date, report_id: int) -> Answer:
    """Accept a report, as it came or corrected; `?refuse`: refuse it; `?preview`: only show what it does."""
    check_place(visit, on)
    context = day_context(visit, on)
    report = _report(visit, on, report_id)
    form = AnswerForm() if visit.is_sent else _as_reported(report)
    form.offer(reason_choices(context.reasons, on, kept=report.reason_code)[0])
    if not visit.is_sent:
        return _page(visit, context, report, form, status=200)
    if "refuse" in request.args:
        return _refuse(visit, context, report, form)
    if not form.validate_on_submit():
        return _page(visit, context, report, form, status=422)
    if "preview" in request.args:
        visit.session.rollback()
        return _page(visit, context, _report(visit, on, report_id), form, status=200)
    try:
        act = _accept(visit, report, form)
    except Refusal as refusal:
        return _refused(visit, context, report, form, refusal)
    return visit.saved(day_address(visit.place.code, on, saved=act.id), f"Accepted: {act.summary}.")


def _accept(visit: Visit[Unit], report: ReportLine, form: AnswerForm) -> Act:
    typed = form.value()
    starts, ends = typed_interval(report.shift, typed.starts, typed.ends)
    return reporting_actions.accept_report(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=report.on_date,
        report_id=report.id,
        expected_version=form.shown_version,
        starts=starts,
        ends=None if typed.ends is None else ends,
        reason=typed.reason,
        note=typed.note,
        lost=None if typed.lost is None else shifts_actions.Lost(typed.lost, typed.lost_words),
    )


def _refuse(visit: Visit[Unit], context: DayContext, report: ReportLine, form: AnswerForm) -> Answer:
    form.validate()
    if form.is_why_refused:
        return _page(visit, context, report, form, status=422)
    try:
        reporting_actions.refuse_report(
            visit.session,
            stamp=visit.stamp,
            unit=visit.place,
            day=report.on_date,
            report_id=report.id,
            expected_version=form.shown_version,
            why=form.why.data,
        )
    except Refusal as refusal:
        return _refused(visit, context, report, form, refusal)
    where = day_address(visit.place.code, report.on_date)
    return visit.saved(where, f"Refused: {report.name} is told why.")


def _refused(
    visit: Visit[Unit], context: DayContext, report: ReportLine, form: AnswerForm, refusal: Refusal
) -> Answer:
    """The page again with what was typed; of a report that changed meanwhile, beside it as it is now."""
    visit.session.rollback()
    form.clear_errors()
    form.refuse(refusal)
    is_stale = isinstance(refusal, reporting_actions.StaleReport | shifts_actions.StaleDay)
    now_is = _report(visit, report.on_date, report.id)
    if is_stale:
        form.version.data, form.version.typed = str(now_is.version), []
    return _page(visit, context, now_is, form, status=409 if is_stale else 422)


def _report(visit: Visit[Unit], on: date, report_id: int) -> ReportLine:
    """The report of this place and day; ends the request where there is none."""
    found = report_in(visit.session, visit.place, report_id)
    if found is None or found.on_date != on:
        visit.missing()
        raise AssertionError("the request has ended")
    visit.personal_record_id = report_id
    return found


def _as_reported(report: ReportLine) -> AnswerForm:
    return AnswerForm(
        formdata=None,
        version=str(report.version),
        reason=report.reason_code,
        starts=to_local(report.starts).time(),
        starts_which=which_of_two(report.starts),
        ends=None if report.ends is None else to_local(report.ends).time(),
        ends_which=None if report.ends is None else which_of_two(report.ends),
        note=report.note,
        lost=report.lost.value if report.lost else None,
        lost_words=report.lost_words,
    )


def _page(
    visit: Visit[Unit], context: DayContext, report: ReportLine, form: AnswerForm, *, status: int
) -> Answer:
    return visit.render(
        status=status,
        on=report.on_date,
        report=report,
        is_waiting=report.state is ReportState.WAITING,
        form=form,
        month=context.month,
        definition=context.definition.name,
        effect=_effect(visit, context, report, form),
        day_href=day_address(visit.place.code, report.on_date),
    )


def _effect(visit: Visit[Unit], context: DayContext, report: ReportLine, form: AnswerForm) -> Effect:
    """What accepting it does to the headroom: as typed where that can be read, else as it was reported."""
    rooms = Effect(rooms_shown(context.rooms))
    if report.state is not ReportState.WAITING:
        return rooms
    shift = context.grid.shift(report.shift_id)
    try:
        away = _away_time(visit, report, form)
        check_away(report.shift, [each.away_time for each in shift.away] if shift else [], away)
    except Refusal as refusal:
        return Effect(rooms.groups, problem=refusal.message)
    changes = headroom_after(
        context.rooms,
        [HeadroomEntry(report.role, report.on_date, away)],
        definition=context.definition,
        today=visit.today,
    )
    return Effect(changes_shown(changes), change_in_words(changes))


def _away_time(visit: Visit[Unit], report: ReportLine, form: AnswerForm) -> AwayTime:
    """What would be recorded. Refuses times that cannot be read in the shift."""
    if not visit.is_sent or form.has_errors:
        return report.away_time
    typed = form.value()
    interval = interval_of(*typed_interval(report.shift, typed.starts, typed.ends))
    return AwayTime(interval, typed.reason, report.away_time.kind)
