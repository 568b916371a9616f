"""One shift: added to a day, changed, removed."""

from datetime import date

from flask import request

from npt.access.rules import Permission
from npt.duty.forms import ChangeShiftForm, ShiftForm
from npt.duty.forms.shifts import name_team
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.clock import to_local
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.people.queries import member_for_posting
from npt.shifts import actions
from npt.shifts.queries import DayGrid, GridRow, GridShift, day_grid
from npt.shifts.rules import typed_shift
from npt.shifts.wording import span_in_words, which_of_two
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.pages import Answer
from npt.webkit.stale import both_versions
from npt.webkit.visit import Visit, turned_down


class UnknownNumber(Refusal):
    """A force number that nobody has whom this unit could roster."""


@pages.form("/teams/<code>/day/<day:on>/shifts/add", needs=Permission.RECORD_DUTY, within="code")
def add_shift(visit: Visit[Unit], on: date) -> Answer:
    """Add one shift to the day."""
    check_place(visit, on)
    grid = day_grid(visit.session, visit.place, on)
    form = ShiftForm() if visit.is_sent else ShiftForm(formdata=None, members=request.args.get("member"))
    form.offer([_choice(row) for row in grid.rows], visit.place.name)
    day_href = day_address(visit.place.code, on)
    if not form.validate_on_submit():
        return visit.render(form=form, on=on, day_href=day_href, status=422 if visit.is_sent else 200)
    try:
        saved = actions.roster_shifts(visit.session, [_wanted(visit, on, form)], place=visit.place)
    except Refusal as refusal:
        visit.session.rollback()
        form.refuse(refusal)
        return visit.render(form=form, on=on, day_href=day_href, status=422)
    return visit.saved(day_href, "The shift is added." if saved.added else "The shift was there already.")


@pages.form(
    f"/teams/<code>/day/<day:on>/shifts/<{KEY}:shift_id>", needs=Permission.RECORD_DUTY, within="code"
)
def change_shift(visit: Visit[Unit], on: date, shift_id: int) -> Answer:
    """Change the times of a shift, or the team it counts for."""
    check_place(visit, on)
    row, shift = _shift(visit, day_grid(visit.session, visit.place, on), shift_id)
    form = ChangeShiftForm() if visit.is_sent else _as_rostered(shift)
    name_team(form, visit.place.name)
    if shift is None or not form.validate_on_submit():
        return _page(visit, on, row, shift, form)
    try:
        starts, ends = typed_shift(on, form.value().starts, form.value().ends)
        actions.change_shift(
            visit.session,
            unit=visit.place,
            day=on,
            shift_id=shift_id,
            expected_version=form.shown_version,
            starts=starts,
            ends=ends,
            team=visit.place if form.value().is_team_named else None,
        )
    except actions.StaleDay as stale:
        return _stale(visit, stale.grid, shift_id, form)
    except Refusal as refusal:
        visit.session.rollback()
        form.refuse(refusal)
        return _page(visit, on, row, shift, form)
    return visit.saved(day_address(visit.place.code, on), "The shift is changed.")


@pages.write(
    f"/teams/<code>/day/<day:on>/shifts/<{KEY}:shift_id>/remove",
    needs=Permission.RECORD_DUTY,
    within="code",
)
def remove_shift(visit: Visit[Unit], on: date, shift_id: int) -> Answer:
    """Take a shift out of the roster."""
    check_place(visit, on)
    version = request.form.get("version", "")
    try:
        actions.remove_shift(
            visit.session,
            unit=visit.place,
            day=on,
            shift_id=shift_id,
            expected_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        )
    except Refusal as refusal:
        return turned_down(visit, refusal, day_address(visit.place.code, on))
    return visit.saved(day_address(visit.place.code, on), "The shift is removed.")


def _choice(row: GridRow) -> Choice:
    times = ", ".join(span_in_words(shift.interval) for shift in row.shifts)
    return Choice(
        str(row.member_id),
        f"{row.name}, {row.role.wording} {row.number}" + (f" (has {times})" if times else ""),
    )


def _wanted(visit: Visit[Unit], on: date, form: ShiftForm) -> actions.WantedShift:
    """The shift that was typed. UnknownNumber, and what the times are refused for."""
    typed = form.value()
    member_id = typed.member_id
    if member_id is None:
        member = member_for_posting(visit.session, visit.place, typed.number or "")
        if member is None:
            raise UnknownNumber(
                "Nobody here has this force number: check it, or add the member first.", field="number"
            )
        member_id = member.id
    starts, ends = typed_shift(on, typed.times.starts, typed.times.ends)
    return actions.WantedShift(member_id, starts, ends, visit.place.id if typed.times.is_team_named else None)


def _shift(visit: Visit[Unit], grid: DayGrid, shift_id: int) -> tuple[GridRow | None, GridShift | None]:
    """The shift of the day and whose it is. None only for what was sent about a shift that is gone."""
    for row in grid.rows:
        for shift in row.shifts:
            if shift.id == shift_id:
                return row, shift
    if not visit.is_sent:
        visit.missing()
    return None, None


def _as_rostered(shift: GridShift | None) -> ChangeShiftForm:
    """The form filled in with the shift as it is."""
    if shift is None:
        return ChangeShiftForm(formdata=None)
    return ChangeShiftForm(
        formdata=None,
        version=str(shift.version),
        starts=to_local(shift.interval.starts).time(),
        starts_which=which_of_two(shift.interval.starts),
        ends=to_local(shift.interval.ends).time(),
        ends_which=which_of_two(shift.interval.ends),
        team=shift.is_team_named or None,
    )


def _page(
    visit: Visit[Unit], on: date, row: GridRow | None, shift: GridShift | None, form: ChangeShiftForm
) -> Answer:
    status = 200 if not visit.is_sent else 409 if shift is None else 422
    day_href = day_address(visit.place.code, on)
    return visit.render(form=form, on=on, row=row, shift=shift, day_href=day_href, status=status)


def _stale(visit: Visit[Unit], grid: DayGrid, shift_id: int, form: ChangeShiftForm) -> Answer:
    """Both versions, to choose from; or, where the shift is gone, what was typed about it."""
    visit.session.rollback()
    row, shift = _shift(visit, grid, shift_id)
    if row is None or shift is None:
        return _page(visit, grid.day, None, None, form)
    typed = f"{form.starts.text} to {form.ends.text}"
    return both_versions(
        form,
        shift.version,
        [
            ("Times", typed, span_in_words(shift.interval)),
            ("Team", _team(visit, form.value().is_team_named), _team(visit, shift.is_team_named)),
        ],
        keep_href=day_address(visit.place.code, grid.day),
    )


def _team(visit: Visit[Unit], is_named: bool) -> str:
    return f"{visit.place.name}, named" if is_named else "As the posting says"
