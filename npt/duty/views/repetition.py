"""Repeating on a day what was recorded on the team's last duty day: seen first, then recorded as one act."""

from dataclasses import dataclass
from datetime import date

from flask import request

from npt.access.rules import Permission
from npt.counting.queries import HeadroomEntry, headroom_after
from npt.counting.views.headroom import Effect, change_in_words, changes_shown
from npt.duty.forms import RepeatForm
from npt.duty.queries import Repeatable, last_duty_day, repeatable
from npt.duty.views.day import DayContext, day_context
from npt.duty.views.door import check_place, day_address, pages
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.shifts.actions import ReasonedEntry, StaleDay, record_entries
from npt.shifts.models import Act
from npt.shifts.rules import TIME_AWAY, AwayTime
from npt.shifts.wording import span_in_words
from npt.webkit.filters import day_long, hours
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the earlier day, and what would be recorded; `problem` when nothing would."""

    key: int
    member: str
    was: str
    will_be: str
    problem: str


@pages.form(
    "/teams/<code>/day/<day:on>/repeat",
    needs=Permission.RECORD_DUTY,
    within="code",
    shows_personal=TIME_AWAY,
)
def repeat(visit: Visit[Unit], on: date) -> Answer:
    """Record again what was recorded on the last duty day; with `?preview`, only show what it would do."""
    check_place(visit, on)
    context = day_context(visit, on)
    then_day = last_duty_day(visit.session, visit.place, on)
    found = () if then_day is None else repeatable(visit.session, visit.place, context.grid, then_day)
    possible = tuple(str(each.away.id) for each in found if each.interval is not None)
    form = RepeatForm() if visit.is_sent else RepeatForm(formdata=None, entries=possible)
    form.offer(possible)
    if not form.validate_on_submit():
        return _page(visit, context, then_day, found, form, status=422 if visit.is_sent else 200)
    if "preview" in request.args:
        visit.session.rollback()
        return _page(visit, context, then_day, found, form, status=200)
    try:
        act = _save(visit, context, found, form)
    except StaleDay as stale:
        visit.session.rollback()
        form.refuse(Refusal(stale.message))
        return _again(visit, on, form, status=409)
    except Refusal as refusal:
        visit.session.rollback()
        form.refuse(refusal)
        return _again(visit, on, form, status=422)
    return visit.saved(day_address(visit.place.code, on, saved=act.id), f"Recorded: {act.summary}.")


def _save(visit: Visit[Unit], context: DayContext, found: tuple[Repeatable, ...], form: RepeatForm) -> Act:
    ticked = set(form.entries.keys)
    reasons = {reason.id: reason for reason in context.reasons}
    entries = [
        ReasonedEntry(
            each.shift.id,
            each.interval.starts,
            each.interval.ends,
            reasons[each.away.reason_id],
            each.away.note,
        )
        for each in found
        if each.interval is not None and each.away.id in ticked
    ]
    if len(entries) != len(ticked):
        raise StaleDay(context.grid)
    return record_entries(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        day=context.grid.day,
        entries=entries,
        expected=form.shown.versions,
        origin=", repeated",
    )


def _again(visit: Visit[Unit], on: date, form: RepeatForm, *, status: int) -> Answer:
    """The page as the day is now, with what was ticked, as far as that can still be recorded."""
    context = day_context(visit, on)
    then_day = last_duty_day(visit.session, visit.place, on)
    found = () if then_day is None else repeatable(visit.session, visit.place, context.grid, then_day)
    form.shown.show(context.grid.versions)
    return _page(visit, context, then_day, found, form, status=status)


def _page(
    visit: Visit[Unit],
    context: DayContext,
    then_day: date | None,
    found: tuple[Repeatable, ...],
    form: RepeatForm,
    *,
    status: int,
) -> Answer:
    if not form.shown.versions:
        form.shown.show(context.grid.versions)
    visit.personal_record_id = visit.place.id
    on = context.grid.day
    lines = [_line(each) for each in found]
    boxes = [line.key for line in lines if line.will_be]
    return visit.render(
        status=status,
        on=on,
        then=None if then_day is None else day_long(then_day),
        then_href="" if then_day is None else day_address(visit.place.code, then_day),
        lines=lines,
        # The error summary leads to the first box, which therefore has the field's own id.
        ids={key: form.entries.id if place == 0 else f"entry-{key}" for place, key in enumerate(boxes)},
        form=form,
        effect=_effect(visit, context, found, form),
        month=context.month,
        definition=context.definition.name,
        day_href=day_address(visit.place.code, on),
    )


def _effect(
    visit: Visit[Unit], context: DayContext, found: tuple[Repeatable, ...], form: RepeatForm
) -> Effect:
    """What recording the ticked entries does to the headroom."""
    ticked = set(form.entries.keys)
    changes = headroom_after(
        context.rooms,
        [
            HeadroomEntry(
                each.shift.role,
                context.grid.day,
                AwayTime(each.interval, each.away.reason_code, each.away.kind),
            )
            for each in found
            if each.interval is not None and each.away.id in ticked
        ],
        definition=context.definition,
        today=visit.today,
    )
    return Effect(changes_shown(changes), change_in_words(changes))


def _line(each: Repeatable) -> Line:
    away = each.away
    will_be = ""
    if each.interval is not None:
        will_be = f"{span_in_words(each.interval)}, {hours(each.interval.minutes)}"
        will_be += ": cut to the shift" if each.is_cut else ""
    return Line(
        key=away.id,
        member=f"{each.row.name}, {each.shift.role.wording} {each.row.number}",
        was=f"{away.reason_name}, {span_in_words(away.interval)}" + (f": {away.note}" if away.note else ""),
        will_be=will_be,
        problem=each.problem[:1].upper() + each.problem[1:],
    )
