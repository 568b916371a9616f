"""Buttons on a day: confirm it, withdraw the confirmation, take back what was recorded."""

from datetime import date

from flask import request

from npt.access.rules import Permission
from npt.duty import actions
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.filters import day_long
from npt.webkit.pages import Answer
from npt.webkit.redirects import own_address
from npt.webkit.visit import Visit, turned_down


def _back(visit: Visit[Unit], on: date) -> str:
    """Where the button stood: the page it names (`next`), else the day."""
    return own_address(request.form.get("next"), day_address(visit.place.code, on))


@pages.write("/teams/<code>/day/<day:on>/confirm", needs=Permission.CONFIRM_DUTY, within="code")
def confirm(visit: Visit[Unit], on: date) -> Answer:
    """Say that what is recorded of the day is all there was."""
    check_place(visit, on)
    try:
        is_new = actions.confirm_day(
            visit.session, stamp=visit.stamp, today=visit.today, unit=visit.place, day=on
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, _back(visit, on))
    what = f"{day_long(on)}, {visit.place.name}"
    return visit.saved(
        _back(visit, on), f"Confirmed: {what}." if is_new else f"{what} was confirmed already."
    )


@pages.write("/teams/<code>/day/<day:on>/withdraw", needs=Permission.CONFIRM_DUTY, within="code")
def withdraw(visit: Visit[Unit], on: date) -> Answer:
    """Take the confirmation of the day back."""
    check_place(visit, on)
    was_there = actions.withdraw_confirmation(visit.session, unit=visit.place, day=on)
    message = "The confirmation is withdrawn." if was_there else "The day was not confirmed."
    return visit.saved(_back(visit, on), message)


@pages.write(
    f"/teams/<code>/day/<day:on>/acts/<{KEY}:act_id>/undo", needs=Permission.RECORD_DUTY, within="code"
)
def undo(visit: Visit[Unit], on: date, act_id: int) -> Answer:
    """Take back one thing that was recorded, exactly."""
    check_place(visit, on)
    try:
        act = actions.undo(visit.session, now=visit.now, unit=visit.place, act_id=act_id)
    except Refusal as refusal:
        return turned_down(visit, refusal, _back(visit, on))
    return visit.saved(_back(visit, act.on_date), f"Taken back: {act.summary}.")
