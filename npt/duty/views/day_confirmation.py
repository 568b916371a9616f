"""Buttons on a day: confirm it, withdraw the confirmation, take back what was recorded."""

from datetime import date

from npt.access.rules import Permission
from npt.duty import actions
from npt.duty.views.door import DAY, check_place, day_address, pages
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.filters import day_long
from npt.webkit.form_flow import button
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _back(visit: Visit[Unit], on: date) -> str:
    """Where the button stood: the page it names, else the day."""
    return visit.back_to(day_address(visit.place.code, on))


@pages.write(f"{DAY}/confirm", needs=Permission.CONFIRM_DUTY, within="code")
def confirm(visit: Visit[Unit], on: date) -> Answer:
    """Say that what is recorded of the day is all there was."""
    check_place(visit, on)
    return button(
        visit,
        act=lambda: actions.confirm_day(
            visit.session, stamp=visit.stamp, today=visit.today, unit=visit.place, day=on
        ),
        saved=lambda is_new: _confirmed(visit, on, is_new=is_new),
        back_href=_back(visit, on),
    )


def _confirmed(visit: Visit[Unit], on: date, *, is_new: bool) -> str:
    what = f"{day_long(on)}, {visit.place.name}"
    return f"Confirmed: {what}." if is_new else f"{what} was confirmed already."


@pages.write(f"{DAY}/withdraw", needs=Permission.CONFIRM_DUTY, within="code")
def withdraw(visit: Visit[Unit], on: date) -> Answer:
    """Take the confirmation of the day back."""
    check_place(visit, on)
    was_there = actions.withdraw_confirmation(visit.session, unit=visit.place, day=on)
    message = "The confirmation is withdrawn." if was_there else "The day was not confirmed."
    return visit.saved(_back(visit, on), message)


@pages.write(f"{DAY}/acts/<{KEY}:act_id>/undo", needs=Permission.RECORD_DUTY, within="code")
def undo(visit: Visit[Unit], on: date, act_id: int) -> Answer:
    """Take back one thing that was recorded, exactly."""
    check_place(visit, on)
    return button(
        visit,
        act=lambda: actions.undo(visit.session, now=visit.now, unit=visit.place, act_id=act_id),
        saved=lambda act: visit.saved(_back(visit, act.first_on), f"Taken back: {act.summary}."),
        back_href=_back(visit, on),
    )
