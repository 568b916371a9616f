"""What the neighbourhood lost by one member's time away: noted, or taken away again."""

from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.duty.forms import LossForm
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts import actions
from npt.shifts.queries import AwayRecord, away_in, losses_of
from npt.webkit.converters import KEY
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, turned_down


@pages.form(
    f"/teams/<code>/day/<day:on>/away/<{KEY}:away_id>/lost",
    needs=Permission.RECORD_DUTY,
    within="code",
    shows_personal="away",
)
def lost(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """What was lost by time away, and a form for one thing more."""
    away = _away(visit, on, away_id)
    form = LossForm()
    if not form.validate_on_submit():
        return _page(visit, away, form, status=422 if visit.is_sent else 200)
    kind, words = form.value()
    try:
        actions.keep_loss(
            visit.session,
            stamp=visit.stamp,
            member_id=away.member_id,
            starts=away.interval.starts,
            lost=actions.Lost(kind, words),
        )
    except Refusal as refusal:
        visit.session.rollback()
        form.refuse(refusal)
        return _page(visit, _away(visit, on, away_id), form, status=422)
    return visit.saved(_address(visit, away), f"Noted: {kind.wording}.")


@pages.write(
    f"/teams/<code>/day/<day:on>/away/<{KEY}:away_id>/lost/<{KEY}:loss_id>/remove",
    needs=Permission.RECORD_DUTY,
    within="code",
)
def drop_loss(visit: Visit[Unit], on: date, away_id: int, loss_id: int) -> Answer:
    """Take away a loss that was noted by mistake."""
    away = _away(visit, on, away_id)
    try:
        gone = actions.drop_loss(
            visit.session, member_id=away.member_id, starts=away.interval.starts, loss_id=loss_id
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, _address(visit, away))
    return visit.saved(_address(visit, away), f"Taken away: {gone.kind.wording}.")


def _away(visit: Visit[Unit], on: date, away_id: int) -> AwayRecord:
    """The time away of this place and day; ends the request where there is none."""
    check_place(visit, on)
    away = away_in(visit.session, visit.place, away_id)
    if away is None or away.on_date != on:
        visit.missing()
        raise AssertionError("the request has ended")
    visit.personal_record_id = away_id
    return away


def _address(visit: Visit[Unit], away: AwayRecord) -> str:
    return url_for("duty.lost", code=visit.place.code, on=away.on_date, away_id=away.id)


def _page(visit: Visit[Unit], away: AwayRecord, form: LossForm, *, status: int) -> Answer:
    return visit.render(
        status=status,
        away=away,
        form=form,
        losses=losses_of(visit.session, away.member_id, away.interval.starts),
        day_href=day_address(visit.place.code, away.on_date),
        correct_href=url_for("duty.correct", code=visit.place.code, on=away.on_date, away_id=away.id),
    )
