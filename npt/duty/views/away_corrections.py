"""One member's time away: put right, or removed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.duty.forms import CorrectForm
from npt.duty.views.door import AWAY, act_saved, away_at, check_place, day_address, pages
from npt.organisation.models import Unit
from npt.shifts import actions
from npt.shifts.models import Act
from npt.shifts.queries import AwayRecord, losses_of, reasons
from npt.shifts.rules import typed_interval
from npt.shifts.wording import reason_choices
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(AWAY, needs=Permission.RECORD_DUTY, within="code", shows_personal="away")
def correct(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """Put time away right: its times, its reason, its note."""
    return correction_page(
        visit,
        CorrectForm,
        lambda: away_at(visit, on, away_id),
        offer=lambda form, away: _offer(visit, form, away),
        act=lambda away, form: _save(visit, away, form),
        saved=lambda act: act_saved(visit, act),
        page=lambda away: _shown(visit, on, away),
        gone=lambda: _shown(visit, on, None),
        back_href=day_address(visit.place.code, on),
    )


def _offer(visit: Visit[Unit], form: CorrectForm, away: AwayRecord) -> None:
    form.reason.offer(*reason_choices(reasons(visit.session), away.on_date, away.reason_code))


def _shown(visit: Visit[Unit], on: date, away: AwayRecord | None) -> dict[str, Any]:
    code = visit.place.code
    return {
        "on": on,
        "away": away,
        "day_href": day_address(code, on),
        "lost_href": "" if away is None else url_for("duty.lost", code=code, on=on, away_id=away.id),
        "losses": () if away is None else losses_of(visit.session, away.member_id, away.interval.starts),
    }


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


@pages.write(f"{AWAY}/remove", needs=Permission.RECORD_DUTY, within="code")
def remove(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """Remove time away that was recorded by mistake."""
    check_place(visit, on)
    return _press(visit, on, away_id, actions.remove_away, visit.sent_version)


@pages.write(f"{AWAY}/back", needs=Permission.RECORD_DUTY, within="code")
def back(visit: Visit[Unit], on: date, away_id: int) -> Answer:
    """Say that a member is back from what is running."""
    away = away_at(visit, on, away_id)
    return _press(visit, on, away_id, actions.come_back, 0 if away is None else away.version)


def _press(visit: Visit[Unit], on: date, away_id: int, act: Callable[..., Act], version: int) -> Answer:
    """A button about time away that was seen in this version."""
    return button(
        visit,
        act=lambda: act(
            visit.session,
            stamp=visit.stamp,
            unit=visit.place,
            day=on,
            away_id=away_id,
            expected_version=version,
        ),
        saved=lambda done: act_saved(visit, done),
        back_href=visit.back_to(day_address(visit.place.code, on)),
    )
