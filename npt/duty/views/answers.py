"""A supervisor answers what a member has reported: as it came, corrected, or not at all."""

from datetime import date
from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import HeadroomEntry
from npt.counting.views.headroom import Effect, rooms_shown
from npt.duty.views.day import DayContext, day_context
from npt.duty.views.door import DAY, day_address, pages, saved_address
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.reporting.actions import accept_report, refuse_report
from npt.reporting.forms import AnswerForm
from npt.reporting.queries import ReportLine, report_in
from npt.reporting.rules import ReportState
from npt.shifts.rules import check_away
from npt.shifts.wording import reason_choices
from npt.webkit.converters import KEY
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found


@pages.form(
    f"{DAY}/reports/<{KEY}:report_id>",
    needs=Permission.RECORD_DUTY,
    within="code",
    shows_personal="report of abstraction",
)
def answer(visit: Visit[Unit], on: date, report_id: int) -> Answer:
    """Accept a report, as it came or corrected; `?refuse`: refuse it; `?preview`: only show what it does."""
    context, report = day_context(visit, on), _report(visit, on, report_id)
    form = AnswerForm.of(report)
    form.offer(reason_choices(context.reasons, on, kept=report.reason_code)[0])
    form.shift, form.is_refusal = report.shift, "refuse" in request.args
    answered = _refuse if form.is_refusal else _accept
    return form_page(
        visit,
        form,
        act=lambda: answered(visit, report, form),
        saved=lambda done: visit.saved(*done),
        page=lambda: _shown(visit, context, _report(visit, on, report_id), form),
        look=None if form.is_refusal else dict,
    )


def _accept(visit: Visit[Unit], report: ReportLine, form: AnswerForm) -> tuple[str, str]:
    """Accept the report as typed; where to go then, and what is said there."""
    act = accept_report(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=report.on_date,
        report_id=report.id,
        expected_version=form.shown_version,
        facts=form.value(),
    )
    return saved_address(visit, report.on_date, saved=act.id), f"Accepted: {act.summary}."


def _refuse(visit: Visit[Unit], report: ReportLine, form: AnswerForm) -> tuple[str, str]:
    """Refuse the report for the reason typed; where to go then, and what is said there."""
    refused = refuse_report(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=report.on_date,
        report_id=report.id,
        expected_version=form.shown_version,
        why=form.why.data,
    )
    return day_address(visit.place.code, report.on_date), f"Refused: {refused.name} is told why."


def _report(visit: Visit[Unit], on: date, report_id: int) -> ReportLine:
    """The report of this place and day; ends the request where there is none."""
    found = report_in(visit.session, visit.place, report_id)
    if found is None or found.on_date != on:
        not_found()
    visit.personal_record_id = report_id
    return found


def _shown(visit: Visit[Unit], context: DayContext, report: ReportLine, form: AnswerForm) -> dict[str, Any]:
    return {
        "on": report.on_date,
        "report": report,
        "is_waiting": report.state is ReportState.WAITING,
        "month": context.month,
        "definition": context.definition.name,
        "effect": _effect(visit, context, report, form),
        "day_href": day_address(visit.place.code, report.on_date),
    }


def _effect(visit: Visit[Unit], context: DayContext, report: ReportLine, form: AnswerForm) -> Effect:
    """What accepting it does to the headroom: as typed where that can be read, else as it was reported."""
    rooms = Effect(rooms_shown(context.rooms))
    if report.state is not ReportState.WAITING:
        return rooms
    shift = context.grid.shift(report.shift_id)
    is_typed = visit.is_sent and not form.has_errors and not form.is_refusal
    try:
        away = form.value().away_time(report.shift) if is_typed else report.away_time
        check_away(report.shift, [each.away_time for each in shift.away] if shift else [], away)
    except Refusal as refusal:
        return Effect(rooms.groups, problem=refusal.message)
    return context.effect_of([HeadroomEntry(report.role, report.on_date, away)])
