"""Recording time away for one member or many, with what it does to the headroom before it is saved."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from flask import Response, jsonify, render_template, request

from npt.access.rules import Permission
from npt.counting.queries import HeadroomEntry
from npt.counting.views.headroom import Effect, in_words, rooms_shown
from npt.duty.forms import RecordedAway, RecordForm, When
from npt.duty.views.day import DayContext, day_context, offer, record_form, shown
from npt.duty.views.day_table import day_version, is_off
from npt.duty.views.door import DAY, act_saved, pages
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts.actions import AwayEntry, StaleDay, record_away
from npt.shifts.actions.held_shifts import held_rows
from npt.shifts.models import Act
from npt.shifts.queries import GridRow, GridShift
from npt.shifts.rules import TIME_AWAY, AwayTime, check_away, check_note, interval_of
from npt.shifts.wording import span_in_words, span_on
from npt.webkit.filters import plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.parts import Version
from npt.webkit.visit import Visit


@pages.form(f"{DAY}/record", needs=Permission.RECORD_DUTY, within="code", shows_personal=TIME_AWAY)
def record(visit: Visit[Unit], on: date) -> Answer:
    """Record time away; with `?preview`, only show what it would do."""
    context = day_context(visit, on)
    form = record_form(visit, context, members=tuple(request.args.getlist("shift")))
    return form_page(
        visit,
        form,
        act=lambda: _save(visit, context, form.value()),
        saved=lambda act: _saved(visit, context, act),
        page=lambda: shown(visit, context, form),
        look=lambda: {"effect": _effect(form.value(), context, visit)},
        stale=lambda: _stale(visit, on, form),
    )


def _save(visit: Visit[Unit], context: DayContext, recorded: RecordedAway) -> Act:
    return record_away(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=context.day,
        entries=[entry for _, _, entry in _wanted(recorded, context, visit.now)],
        reason=recorded.reason,
        note=recorded.note,
        expected=recorded.shown,
        is_end_open=recorded.when is When.RUNNING,
        lost=recorded.lost,
        known=context.reasons,
        held=held_rows(visit.place, context.rostered),
    )


def _saved(visit: Visit[Unit], context: DayContext, act: Act) -> Response:
    return act_saved(visit, act, in_words(context.rooms, context.month))


def _stale(visit: Visit[Unit], on: date, form: RecordForm) -> Response:
    """The day as it is now beside the entry that was typed, which can be sent again."""
    context, recorded = day_context(visit, on), form.value()
    form.form_errors.clear()  # the two versions say it where they stand
    offer(form, context, visit)
    reason = next((each.name for each in context.reasons if each.code == recorded.reason), recorded.reason)
    ids = _meant(recorded, context.grid.shifts) & {shift.id for shift in context.grid.shifts}
    yours = [
        (
            f"{row.name}, {span_in_words(shift.interval)}",
            f"{_times(recorded, shift, visit.now)} {reason}",
            True,
        )
        for row, shift in _chosen(context, ids)
    ]
    versions = (
        Version("Yours, not saved", "As you typed it", tuple(yours)),
        day_version(context.grid, ids, "Now recorded", "As since saved by somebody else", may_record=True),
    )
    return visit.render(status=409, **shown(visit, context, form, versions=versions))


def _times(recorded: RecordedAway, shift: GridShift, now: datetime) -> str:
    try:
        return span_on(interval_of(*recorded.times_in(shift.interval, now)), shift.on_date)
    except Refusal as refusal:
        return f"({refusal.message})"


@pages.read(f"{DAY}/headroom.json", needs=Permission.RECORD_DUTY, within="code")
def headroom_json(visit: Visit[Unit], on: date) -> Answer:
    """What the entry in the address would do, for the page to show while it is made."""
    context = day_context(visit, on)
    form = record_form(visit, context, formdata=request.args, meta={"csrf": False})
    del form.submission_key
    effect = _effect_or_problem(form, context, visit)
    page = render_template("duty/headroom_json.html", effect=effect)
    return jsonify({"html": page, "words": effect.problem or effect.words})


def _effect_or_problem(form: RecordForm, context: DayContext, visit: Visit[Unit]) -> Effect:
    """What saving the entry would do, or why it would be refused; without one the headroom as it is."""
    groups = rooms_shown(context.rooms)
    if not form.validate():
        return Effect(groups)
    try:
        return _effect(form.value(), context, visit)
    except Refusal as refusal:
        return Effect(groups, problem=refusal.message)


def _effect(recorded: RecordedAway, context: DayContext, visit: Visit[Unit]) -> Effect:
    """What saving the entry would do. Refuses what the action would refuse, naming the member."""
    wanted = _wanted(recorded, context, visit.now)
    reason = next(each for each in context.reasons if each.code == recorded.reason)
    if visit.is_sent:
        check_note(reason.name, reason.needs_note, recorded.note)
    entries = []
    for row, shift, entry in wanted:
        with _named(row):
            away = AwayTime(interval_of(entry.starts, entry.ends), reason.code, reason.kind)
            check_away(shift.interval, [each.away_time for each in shift.away], away)
        entries.append(HeadroomEntry(shift.role, shift.on_date, away))
    return context.effect_of(entries, f"{reason.name} for {plural(len(entries), 'shift')}. ")


def _wanted(
    recorded: RecordedAway, context: DayContext, now: datetime
) -> list[tuple[GridRow, GridShift, AwayEntry]]:
    """The entry as instants in each shift. Refusals name the member; StaleDay when a shift is gone."""
    ids = _meant(recorded, context.shifts)
    chosen = _chosen(context, ids)
    if len(chosen) < len(ids):
        raise StaleDay(context.grid)
    wanted = []
    for row, shift in chosen:
        with _named(row):
            wanted.append((row, shift, AwayEntry(shift.id, *recorded.times_in(shift.interval, now))))
    return wanted


def _meant(recorded: RecordedAway, there: Collection[GridShift]) -> set[int]:
    """The shifts ticked and, for the whole team, every one shown whose member is on duty."""
    off = {shift.id for shift in there if is_off(shift)}
    return {*recorded.shift_ids, *(set(recorded.shown) - off if recorded.is_whole_team else ())}


def _chosen(context: DayContext, ids: Collection[int]) -> list[tuple[GridRow, GridShift]]:
    return [(row, shift) for row in context.rostered for shift in row.shifts if shift.id in ids]


@contextmanager
def _named(row: GridRow) -> Iterator[None]:
    """Put the member's name before the message of any refusal in here."""
    try:
        yield
    except Refusal as refusal:
        raise type(refusal)(f"{row.name} ({row.number}): {refusal.message}", field=refusal.field) from None
