"""One member's time away: put right, or removed."""

from datetime import date

from flask import request, url_for

from npt.access.rules import Permission
from npt.duty.forms import CorrectForm
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.clock import to_local
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts import actions
from npt.shifts.models import Act
from npt.shifts.queries import AwayRecord, away_in, losses_of, reasons
from npt.shifts.rules import typed_interval
from npt.shifts.wording import reason_choices, span_in_words, which_of_two
from npt.webkit.converters import KEY
from npt.webkit.pages import Answer
from npt.webkit.redirects import own_address
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit, turned_down


@pages.form(
    f"/teams/<code>/day/<day:on>/away/<{KEY}:away_id>",
    needs=Permission.RECORD_DUTY,
    within="code",
    shows_personal="away",
)
def correct(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """Put time away right: its times, its reason, its note."""
    check_place(visit, on)
    away = _away(visit, on, away_id)
    form = CorrectForm() if visit.is_sent else _as_recorded(away)
    form.reason.offer(*reason_choices(reasons(visit.session), on, "" if away is None else away.reason_code))
    if away is None or not form.validate_on_submit():
        return _page(visit, on, away, form, status=_status(visit, away))
    try:
        act = _save(visit, away, form)
    except actions.StaleDay:
        return _stale(visit, on, away_id, form)
    except Refusal as refusal:
        visit.session.rollback()
        form.refuse(refusal)
        return _page(visit, on, away, form, status=422)
    return visit.saved(day_address(visit.place.code, on, saved=act.id), f"Saved: {act.summary}.")


@pages.write(
    f"/teams/<code>/day/<day:on>/away/<{KEY}:away_id>/remove", needs=Permission.RECORD_DUTY, within="code"
)
def remove(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """Remove time away that was recorded by mistake."""
    check_place(visit, on)
    version = request.form.get("version", "")
    try:
        act = actions.remove_away(
            visit.session,
            stamp=visit.stamp,
            unit=visit.place,
            day=on,
            away_id=away_id,
            expected_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, day_address(visit.place.code, on))
    return visit.saved(day_address(visit.place.code, on, saved=act.id), f"Saved: {act.summary}.")


@pages.write(
    f"/teams/<code>/day/<day:on>/away/<{KEY}:away_id>/back", needs=Permission.RECORD_DUTY, within="code"
)
def back(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """Say that a member is back from what is running."""
    check_place(visit, on)
    away = _away(visit, on, away_id)
    location = own_address(request.form.get("next"), day_address(visit.place.code, on))
    try:
        act = actions.come_back(
            visit.session,
            stamp=visit.stamp,
            unit=visit.place,
            day=on,
            away_id=away_id,
            expected_version=away.version if away is not None else 0,
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, location)
    return visit.saved(day_address(visit.place.code, on, saved=act.id), f"Saved: {act.summary}.")


def _away(visit: Visit[Unit], on: date, away_id: int) -> AwayRecord | None:
    """The time away of this place and day. None only for what was sent about a record that is gone."""
    away = away_in(visit.session, visit.place, away_id)
    if away is not None and away.on_date != on:
        away = None
    if away is None and not visit.is_sent:
        visit.missing()
    visit.personal_record_id = away_id
    return away


def _status(visit: Visit[Unit], away: AwayRecord | None) -> int:
    if not visit.is_sent:
        return 200
    return 409 if away is None else 422


def _as_recorded(away: AwayRecord | None) -> CorrectForm:
    """The form filled in with the record as it is."""
    if away is None:
        return CorrectForm(formdata=None)
    return CorrectForm(
        formdata=None,
        version=str(away.version),
        reason=away.reason_code,
        starts=to_local(away.interval.starts).time(),
        starts_which=which_of_two(away.interval.starts),
        ends=to_local(away.interval.ends).time(),
        ends_which=which_of_two(away.interval.ends),
        note=away.note,
    )


def _save(visit: Visit[Unit], away: AwayRecord, form: CorrectForm) -> Act:
    typed = form.value()
    starts, ends = typed_interval(away.shift, typed.starts, typed.ends)
    return actions.correct_away(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=away.on_date,
        away_id=away.id,
        expected_version=form.shown_version,
        starts=starts,
        ends=ends,
        reason=typed.reason,
        note=typed.note,
    )


def _page(visit: Visit[Unit], on: date, away: AwayRecord | None, form: CorrectForm, *, status: int) -> Answer:
    return visit.render(
        status=status,
        on=on,
        away=away,
        form=form,
        day_href=day_address(visit.place.code, on),
        lost_href="" if away is None else url_for("duty.lost", code=visit.place.code, on=on, away_id=away.id),
        losses=() if away is None else losses_of(visit.session, away.member_id, away.interval.starts),
    )


def _stale(visit: Visit[Unit], on: date, away_id: int, form: CorrectForm) -> Answer:
    """Both versions, to choose from; or, where the record is gone, what was typed about it."""
    visit.session.rollback()
    away = away_in(visit.session, visit.place, away_id)
    if away is None:
        return _page(visit, on, None, form, status=409)
    known = {reason.code: reason.name for reason in reasons(visit.session)}
    typed = form.value()
    return both_versions(
        form,
        away.version,
        [
            ("Reason", known.get(typed.reason, typed.reason), away.reason_name),
            ("Times", f"{form.starts.text} to {form.ends.text}", span_in_words(away.interval)),
            ("Note", typed.note or "", away.note or ""),
        ],
        keep_href=day_address(visit.place.code, on),
    )
