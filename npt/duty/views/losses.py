"""What the neighbourhood lost by one member's time away: noted, or taken away again."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.duty.forms import LossForm
from npt.duty.views.door import AWAY, away_at, day_address, pages
from npt.organisation.models import Unit
from npt.shifts import actions
from npt.shifts.queries import AwayRecord, losses_of
from npt.webkit.converters import KEY
from npt.webkit.form_flow import button, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(f"{AWAY}/lost", needs=Permission.RECORD_DUTY, within="code", shows_personal="away")
def lost(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """What was lost by time away, and a form for one thing more."""
    away, form = visit.found(away_at(visit, on, away_id)), LossForm()
    return form_page(
        visit,
        form,
        act=lambda: actions.keep_loss(
            visit.session,
            stamp=visit.stamp,
            member_id=away.member_id,
            starts=away.interval.starts,
            lost=form.value(),
        ),
        saved=lambda loss: f"Noted: {loss.kind.wording}.",
        back_href=_address(visit, away),
        page=lambda: _shown(visit, away),
    )


def _shown(visit: Visit[Unit], away: AwayRecord) -> dict[str, Any]:
    code, on = visit.place.code, away.on_date
    return {
        "away": away,
        "losses": losses_of(visit.session, away.member_id, away.interval.starts),
        "day_href": day_address(code, on),
        "correct_href": url_for("duty.correct", code=code, on=on, away_id=away.id),
    }


def _address(visit: Visit[Unit], away: AwayRecord) -> str:
    return url_for("duty.lost", code=visit.place.code, on=away.on_date, away_id=away.id)


@pages.write(f"{AWAY}/lost/<{KEY}:loss_id>/remove", needs=Permission.RECORD_DUTY, within="code")
def drop_loss(visit: Visit[Unit], on: date, away_id: int, loss_id: int) -> Answer:
    """Take away a loss that was noted by mistake."""
    away = visit.found(away_at(visit, on, away_id))
    return button(
        visit,
        act=lambda: actions.drop_loss(
            visit.session, member_id=away.member_id, starts=away.interval.starts, loss_id=loss_id
        ),
        saved=lambda gone: f"Removed: {gone.kind.wording}.",
        back_href=_address(visit, away),
    )
