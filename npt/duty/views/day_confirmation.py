"""Buttons on a day: confirm it, withdraw the confirmation, take back what was recorded."""

from datetime import date

from flask import Response, make_response, redirect, request, url_for

from npt.access.rules import Permission
from npt.duty import actions
from npt.duty.views.day_table import is_off, seen_versions
from npt.duty.views.door import DAY, check_place, day_address, pages, taken_back
from npt.kit.clock import clock_in_words
from npt.organisation.models import Unit
from npt.shifts.queries import GridShift, rostered_from
from npt.shifts.wording import span_in_words
from npt.webkit.converters import KEY
from npt.webkit.filters import day_long
from npt.webkit.form_flow import button
from npt.webkit.pages import Answer
from npt.webkit.redirects import own_address
from npt.webkit.visit import Visit


def _back(visit: Visit[Unit], on: date) -> str:
    """Where the button stood: the page it names, else the day."""
    return visit.back_to(day_address(visit.place.code, on))


@pages.write(f"{DAY}/confirm", needs=Permission.CONFIRM_DUTY, within="code")
def confirm(visit: Visit[Unit], on: date) -> Answer:
    """Say that what is recorded of the day is all there was; asked again while its shifts are not over."""
    check_place(visit, on)
    if not _is_sure() and _is_changed(visit, on):
        return _ask_first(visit, on, changed="yes")
    return button(
        visit,
        act=lambda: actions.confirm_day(
            visit.session, stamp=visit.stamp, today=visit.today, unit=visit.place, day=on
        ),
        saved=lambda is_new: _confirmed(visit, on, is_new=is_new),
        back_href=_back(visit, on),
    )


def _confirmed(visit: Visit[Unit], on: date, *, is_new: bool) -> str | Response:
    what = f"{day_long(on)}, {visit.place.name}"
    if not is_new:
        return f"{what} was confirmed already."
    return f"Confirmed: {what}." if _is_sure() or not _unfinished(visit, on) else _ask_first(visit, on)


def _is_sure() -> bool:
    """Whether the button was pressed on the page that asks."""
    return "sure" in request.form


def _ask_first(visit: Visit[Unit], on: date, changed: str | None = None) -> Response:
    """Lead to the page that asks, and save nothing."""
    asked = url_for(
        "duty.confirm_early", code=visit.place.code, on=on, next=_back(visit, on), changed=changed
    )
    visit.session.rollback()
    return make_response(redirect(asked, 303))


@pages.read(f"{DAY}/confirm/early", needs=Permission.CONFIRM_DUTY, within="code")
def confirm_early(visit: Visit[Unit], on: date) -> Answer:
    """Ask whether a day is to be confirmed whose shifts are not over, or which has changed meanwhile."""
    check_place(visit, on)
    back_href = own_address(request.args.get("next"), day_address(visit.place.code, on))
    is_changed = "changed" in request.args
    return visit.render(on=on, shifts=_unfinished(visit, on), is_changed=is_changed, back_href=back_href)


def _is_changed(visit: Visit[Unit], on: date) -> bool:
    """Whether the day was changed after the page showed it on which its button was pressed."""
    seen = request.form.get("seen", "")
    return bool(seen) and seen != seen_versions(rostered_from(visit.session, visit.place, on, on))


def _unfinished(visit: Visit[Unit], on: date) -> list[str]:
    """The shifts of the day that are not over, in words; none of members who are off for all of it."""
    return [
        f"{row.name}, {span_in_words(shift.interval)}: {_state(visit, shift)}"
        for row in rostered_from(visit.session, visit.place, on, on)
        for shift in row.shifts
        if shift.interval.ends > visit.now and not is_off(shift)
    ]


def _state(visit: Visit[Unit], shift: GridShift) -> str:
    if shift.interval.starts > visit.now:
        return f"begins at {clock_in_words(shift.interval.starts)}"
    return f"on until {clock_in_words(shift.interval.ends)}"


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
        act=lambda: taken_back(visit, act_id),
        saved=lambda act: visit.saved(_back(visit, act.first_on), f"Undone: {act.summary}."),
        back_href=_back(visit, on),
    )
