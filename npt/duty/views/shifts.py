"""One shift: added to a day, changed, removed."""

from datetime import date
from typing import Any

from flask import request

from npt.access.rules import Permission
from npt.duty.forms import ChangeShiftForm, ShiftForm
from npt.duty.views.door import DAY, check_place, day_address, pages, saved_address
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import member_for_posting
from npt.shifts import actions
from npt.shifts.queries import GridRow, RosteredShift, roster, shift_in
from npt.shifts.rules import typed_shift
from npt.shifts.wording import clock_change_in_words, span_in_words
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.form_flow import button, correction_page, form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Where the pages about one shift stand.
_SHIFT = f"{DAY}/shifts/<{KEY}:shift_id>"


class UnknownNumber(Refusal):
    """A force number that nobody has whom this unit could roster."""


@pages.form(f"{DAY}/shifts/add", needs=Permission.RECORD_DUTY, within="code")
def add_shift(visit: Visit[Unit], on: date) -> Answer:
    """Add one shift to the day."""
    check_place(visit, on)
    form = ShiftForm(members=request.args.get("member"))
    form.offer([_choice(row) for row in roster(visit.session, visit.place, on, on).rows], visit.place.name)
    return form_page(
        visit,
        form,
        act=lambda: _add(visit, on, form),
        saved=lambda added: visit.saved(*added),
        page=lambda: _page(visit, on),
    )


def _add(visit: Visit[Unit], on: date, form: ShiftForm) -> tuple[str, str]:
    """Roster the shift as typed; where to go then, and what is said there."""
    wanted = _wanted(visit, on, form)
    done = actions.roster_shifts(visit.session, [wanted], place=visit.place)
    member = visit.session.get_one(Member, wanted.member_id)
    what = f"for {member.name}, {span_in_words(Interval(wanted.starts, wanted.ends))}"
    words = f"Shift added {what}." if done.added else f"The shift {what} was there already."
    return saved_address(visit, on, member=member.id), words


def _page(visit: Visit[Unit], on: date, **further: Any) -> dict[str, Any]:
    return {"on": on, "day_href": day_address(visit.place.code, on), **further}


def _choice(row: GridRow) -> Choice:
    times = ", ".join(span_in_words(shift.interval) for shift in row.shifts)
    return Choice(
        str(row.member_id),
        f"{row.name}, {row.role.wording} {row.number}" + (f" (has {times})" if times else ""),
    )


def _wanted(visit: Visit[Unit], on: date, form: ShiftForm) -> actions.WantedShift:
    """The shift that was typed. UnknownNumber, and what the times are refused for."""
    times, member_id = form.value(), form.member_id
    if member_id is None:
        member = member_for_posting(visit.session, visit.place, form.number.value)
        if member is None:
            raise UnknownNumber(
                "Nobody here has this force number: check it, or have the member added first.", field="number"
            )
        member_id = member.id
    starts, ends = typed_shift(on, times.starts, times.ends)
    return actions.WantedShift(member_id, starts, ends, visit.place.id if times.is_team_named else None)


@pages.form(_SHIFT, needs=Permission.RECORD_DUTY, within="code")
def change_shift(visit: Visit[Unit], on: date, shift_id: int) -> Answer:
    """Change the times of a shift, or the team it counts for."""
    return correction_page(
        visit,
        ChangeShiftForm,
        lambda: _shift(visit, on, shift_id),
        offer=lambda form, _: form.name_team(visit.place.name),
        act=lambda _, form: _change(visit, on, shift_id, form),
        saved=lambda changed: visit.saved(*changed),
        page=lambda shift: _page(visit, on, shift=shift, length=clock_change_in_words(shift.interval)),
        gone=lambda: _page(visit, on, shift=None),
        back_href=day_address(visit.place.code, on),
    )


def _shift(visit: Visit[Unit], on: date, shift_id: int) -> RosteredShift | None:
    """The shift of this place and day; None where there is none."""
    check_place(visit, on)
    shift = shift_in(visit.session, visit.place, shift_id)
    return shift if shift is not None and shift.on_date == on else None


def _change(visit: Visit[Unit], on: date, shift_id: int, form: ChangeShiftForm) -> tuple[str, str]:
    """Change the shift as typed; where to go then, and what is said there."""
    typed = form.value()
    starts, ends = typed_shift(on, typed.starts, typed.ends)
    changed = actions.change_shift(
        visit.session,
        unit=visit.place,
        day=on,
        shift_id=shift_id,
        expected_version=form.shown_version,
        starts=starts,
        ends=ends,
        team=visit.place if typed.is_team_named else None,
    )
    words = f"Shift changed for {changed.name}, {span_in_words(Interval(starts, ends))}."
    return saved_address(visit, on, member=changed.member_id), words


@pages.write(f"{_SHIFT}/remove", needs=Permission.RECORD_DUTY, within="code")
def remove_shift(visit: Visit[Unit], on: date, shift_id: int) -> Answer:
    """Take a shift out of the roster."""
    check_place(visit, on)
    return button(
        visit,
        act=lambda: actions.remove_shift(
            visit.session,
            unit=visit.place,
            day=on,
            shift_id=shift_id,
            expected_version=visit.sent_version,
        ),
        saved=lambda gone: f"Shift removed for {gone.name}, {span_in_words(gone.interval)}.",
        back_href=day_address(visit.place.code, on),
    )
