"""Recording time away for one member or many, with what it does to the headroom before it is saved."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import jsonify, render_template, request

from npt.access.rules import Permission
from npt.counting.queries import HeadroomEntry, headroom_after, headrooms
from npt.counting.views.headroom import Effect, change_in_words, changes_shown, in_words, rooms_shown
from npt.duty.forms import RecordedAway, RecordForm, When
from npt.duty.views.day import DayContext, day_context, offer, shown
from npt.duty.views.day_table import day_version, is_off
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts.actions import AwayEntry, Lost, StaleDay, record_away
from npt.shifts.queries import GridRow, GridShift, ReasonLine
from npt.shifts.rules import (
    TIME_AWAY,
    AwayTime,
    check_away,
    check_note,
    interval_of,
    rest_of_shift,
    typed_interval,
)
from npt.shifts.wording import span_in_words
from npt.webkit.filters import plural
from npt.webkit.pages import Answer
from npt.webkit.parts import Version
from npt.webkit.visit import Visit


@pages.form(
    "/teams/<code>/day/<day:on>/record",
    needs=Permission.RECORD_DUTY,
    within="code",
    shows_personal=TIME_AWAY,
)
def record(visit: Visit[Unit], on: date) -> Answer:
    """Record time away; with `?preview`, only show what it would do."""
    check_place(visit, on)
    context = day_context(visit, on)
    ticked = tuple(request.args.getlist("shift"))
    form = RecordForm() if visit.is_sent else RecordForm(formdata=None, members=ticked)
    offer(form, context, visit)
    if not form.validate_on_submit():
        return _page(visit, context, form, status=422 if visit.is_sent else 200)
    try:
        return _preview(visit, context, form) if "preview" in request.args else _save(visit, context, form)
    except StaleDay:
        return _stale(visit, on, form)
    except Refusal as refusal:
        # What the action had written before it refused must not be read again.
        visit.session.rollback()
        form.refuse(_beside(form, refusal))
        return _page(visit, context, form, status=422)


def _beside(form: RecordForm, refusal: Refusal) -> Refusal:
    """The refusal beside what was chosen: without typed times it is not about their boxes."""
    if refusal.field in ("starts", "ends") and form.when.data != When.BETWEEN.value:
        return Refusal(refusal.message, field="when")
    return refusal


def _save(visit: Visit[Unit], context: DayContext, form: RecordForm) -> Answer:
    recorded, on = form.value(), context.grid.day
    act = record_away(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=on,
        entries=wanted_entries(recorded, context, visit.now),
        reason=recorded.reason,
        note=recorded.note,
        expected=recorded.shown,
        is_end_open=recorded.when is When.RUNNING,
        lost=Lost(recorded.lost, recorded.lost_words) if recorded.lost else None,
    )
    rooms = headrooms(
        visit.session, visit.place.path, context.month, today=visit.today, definition=context.definition
    )
    message = f"Recorded: {act.summary}. {in_words(rooms, context.month)}"
    return visit.saved(day_address(visit.place.code, on, saved=act.id), message)


@pages.read("/teams/<code>/day/<day:on>/headroom.json", needs=Permission.RECORD_DUTY, within="code")
def headroom_json(visit: Visit[Unit], on: date) -> Answer:
    """What the entry in the address would do, for the page to show while it is made."""
    check_place(visit, on)
    context = day_context(visit, on)
    form = RecordForm(formdata=request.args, meta={"csrf": False})
    del form.submission_key
    offer(form, context, visit)
    shown_effect = Effect(rooms_shown(context.rooms))
    if form.validate():
        try:
            shown_effect = effect_of(form.value(), context, visit)
        except Refusal as refusal:
            shown_effect = Effect(shown_effect.groups, problem=refusal.message)
    page = render_template("duty/headroom_json.html", effect=shown_effect)
    return jsonify({"html": page, "words": shown_effect.problem or shown_effect.words})


def _page(
    visit: Visit[Unit],
    context: DayContext,
    form: RecordForm,
    *,
    status: int,
    effect: Effect | None = None,
    versions: tuple[Version, Version] | None = None,
) -> Answer:
    return visit.render(status=status, **shown(visit, context, form, effect=effect, versions=versions))


def _preview(visit: Visit[Unit], context: DayContext, form: RecordForm) -> Answer:
    effect = effect_of(form.value(), context, visit)
    # Nothing is saved: the form's key is free for when it is sent in earnest.
    visit.session.rollback()
    return _page(visit, context, form, status=200, effect=effect)


def _stale(visit: Visit[Unit], on: date, form: RecordForm) -> Answer:
    """The day as it is now beside the entry that was typed, which can be sent again."""
    visit.session.rollback()
    context = day_context(visit, on)
    recorded = form.value()
    offer(form, context, visit)
    reason = next((each.name for each in context.reasons if each.code == recorded.reason), recorded.reason)
    ids = chosen_ids(recorded, context, is_strict=False)
    yours = [(name, f"{times} {reason}", True) for name, times in _yours(recorded, context, visit.now, ids)]
    versions = (
        Version("Yours, not saved", "As you typed it", tuple(yours)),
        day_version(
            context.grid, ids, "Now recorded", "As saved by somebody else meanwhile", may_record=True
        ),
    )
    return _page(visit, context, form, status=409, versions=versions)


def _yours(
    recorded: RecordedAway, context: DayContext, now: datetime, ids: Sequence[int]
) -> list[tuple[str, str]]:
    """Whom and when the entry was for, as far as their shifts are still there."""
    lines = []
    for row, shift in _chosen(context, ids):
        try:
            times = span_in_words(interval_of(*_times(recorded, shift, now)))
        except Refusal as refusal:
            times = f"({refusal.message})"
        lines.append((f"{row.name}, {span_in_words(shift.interval)}", times))
    return lines


def _chosen(context: DayContext, ids: Sequence[int]) -> list[tuple[GridRow, GridShift]]:
    return [(row, shift) for row in context.grid.rows for shift in row.shifts if shift.id in ids]


def chosen_ids(recorded: RecordedAway, context: DayContext, *, is_strict: bool = True) -> list[int]:
    """The shifts meant: those ticked and, for the whole team, every one shown whose member is on duty.

    StaleDay when one of them is no longer there, unless not `is_strict`.
    """
    there = {shift.id: shift for shift in context.grid.shifts}
    meant = set(recorded.shift_ids)
    if recorded.is_whole_team:
        meant |= {key for key in recorded.shown if key not in there or not is_off(there[key])}
    if is_strict and not meant <= set(there):
        raise StaleDay(context.grid)
    return sorted(meant & set(there))


def _times(recorded: RecordedAway, shift: GridShift, now: datetime) -> tuple[datetime, datetime]:
    """From when to when the entry is, in this shift."""
    if recorded.when in (When.NOW, When.RUNNING):
        return rest_of_shift(shift.interval, now)
    if recorded.when is When.BETWEEN:
        return typed_interval(shift.interval, recorded.starts, recorded.ends)
    return shift.interval.starts, shift.interval.ends


def wanted_entries(recorded: RecordedAway, context: DayContext, now: datetime) -> list[AwayEntry]:
    """The entry as instants in each shift. Refusals name the member; StaleDay when a shift is gone."""
    entries = []
    for row, shift in _chosen(context, chosen_ids(recorded, context)):
        try:
            entries.append(AwayEntry(shift.id, *_times(recorded, shift, now)))
        except Refusal as refusal:
            raise _named(row, refusal) from None
    return entries


def effect_of(recorded: RecordedAway, context: DayContext, visit: Visit[Unit]) -> Effect:
    """What saving the entry would do. Refuses what the action would refuse, naming the member."""
    entries = wanted_entries(recorded, context, visit.now)
    reason = next(each for each in context.reasons if each.code == recorded.reason)
    if visit.is_sent:
        check_note(reason.name, reason.needs_note, recorded.note)
    changes = headroom_after(
        context.rooms,
        _checked(context, entries, reason),
        definition=context.definition,
        today=visit.today,
    )
    words = f"{reason.name} for {plural(len(entries), 'shift')}. {change_in_words(changes)}"
    return Effect(changes_shown(changes), words)


def _checked(context: DayContext, entries: Sequence[AwayEntry], reason: ReasonLine) -> list[HeadroomEntry]:
    checked = []
    for entry in entries:
        ((row, shift),) = _chosen(context, [entry.shift_id])
        try:
            away = AwayTime(interval_of(entry.starts, entry.ends), reason.code, reason.kind)
            check_away(shift.interval, [each.away_time for each in shift.away], away)
        except Refusal as refusal:
            raise _named(row, refusal) from None
        checked.append(HeadroomEntry(shift.role, shift.on_date, away))
    return checked


def _named(row: GridRow, refusal: Refusal) -> Refusal:
    """The same refusal with the member's name before it."""
    return type(refusal)(f"{row.name} ({row.number}): {refusal.message}", field=refusal.field)
