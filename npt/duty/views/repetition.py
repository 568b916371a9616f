"""Repeating on a day what was recorded on the team's last duty day: seen first, then recorded as one act."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from npt.access.rules import Permission
from npt.counting.queries import HeadroomEntry
from npt.duty.forms import RepeatForm
from npt.duty.queries import Repeatable, last_duty_day, repeatable
from npt.duty.views.day import DayContext, day_context
from npt.duty.views.door import DAY, act_saved, day_address, pages
from npt.organisation.models import Unit
from npt.shifts.actions import ReasonedEntry, StaleDay, record_entries
from npt.shifts.models import Act
from npt.shifts.rules import TIME_AWAY, AwayTime
from npt.shifts.wording import span_in_words, span_on
from npt.webkit.fields import Choice
from npt.webkit.filters import day_long, hours
from npt.webkit.form_flow import form_page
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


@dataclass(frozen=True, slots=True)
class Repetition:
    """The day, and what of its team's last duty day could be recorded on it, too."""

    context: DayContext
    then_day: date | None
    found: tuple[Repeatable, ...]

    @property
    def possible(self) -> tuple[str, ...]:
        """The keys of the entries that can be recorded again, as the form sends them."""
        return tuple(str(each.away.id) for each in self.found if each.interval is not None)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The same entries, each with whose it is, why and when."""
        lines = [_line(each) for each in self.found if each.interval is not None]
        return tuple(Choice(str(line.key), f"{line.member}: {line.was}") for line in lines)


@pages.form(f"{DAY}/repeat", needs=Permission.RECORD_DUTY, within="code", shows_personal=TIME_AWAY)
def repeat(visit: Visit[Unit], on: date) -> Answer:
    """Record again what was recorded on the last duty day; with `?preview`, only show what it would do."""
    repetition = _repetition(visit, on)
    form = RepeatForm(entries=repetition.possible)
    form.offer(repetition.choices)
    return form_page(
        visit,
        form,
        act=lambda: _save(visit, repetition, form),
        saved=lambda act: act_saved(visit, act),
        page=lambda: _shown(visit, _repetition(visit, on) if form.has_errors else repetition, form),
        look=dict,
    )


def _repetition(visit: Visit[Unit], on: date) -> Repetition:
    """As the day is now; after a refusal what was ticked stays, as far as it can still be recorded."""
    context = day_context(visit, on)
    then_day = last_duty_day(visit.session, visit.place, on)
    found = () if then_day is None else repeatable(visit.session, visit.place, context.grid, then_day)
    return Repetition(context, then_day, found)


def _save(visit: Visit[Unit], repetition: Repetition, form: RepeatForm) -> Act:
    ticked, context = set(form.value()), repetition.context
    reasons = {reason.id: reason for reason in context.reasons}
    entries = [
        ReasonedEntry(
            each.shift.id,
            each.interval.starts,
            each.interval.ends,
            reasons[each.away.reason_id],
            each.away.note,
        )
        for each in repetition.found
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
        origin=", copied",
    )


def _shown(visit: Visit[Unit], repetition: Repetition, form: RepeatForm) -> dict[str, Any]:
    context, then_day = repetition.context, repetition.then_day
    form.shown.show(context.grid.versions)
    visit.personal_record_id = visit.place.id
    ticked, on = set(form.value()), context.grid.day
    entries = [
        HeadroomEntry(each.shift.role, on, AwayTime(each.interval, each.away.reason_code, each.away.kind))
        for each in repetition.found
        if each.interval is not None and each.away.id in ticked
    ]
    return {
        "on": on,
        "then": None if then_day is None else day_long(then_day),
        "then_href": "" if then_day is None else day_address(visit.place.code, then_day),
        "lines": [_line(each) for each in repetition.found],
        # The error summary leads to the first box, which therefore has the field's own id.
        "ids": {
            int(key): form.entries.id if place == 0 else f"entry-{key}"
            for place, key in enumerate(repetition.possible)
        },
        "effect": context.effect_of(entries),
        "month": context.month,
        "definition": context.definition.name,
        "day_href": day_address(visit.place.code, on),
    }


def _line(each: Repeatable) -> Line:
    away = each.away
    will_be = ""
    if each.interval is not None:
        will_be = f"{span_on(each.interval, each.shift.on_date)}, {hours(each.interval.minutes)}"
        will_be += ": cut to the shift" if each.is_cut else ""
    return Line(
        key=away.id,
        member=f"{each.row.name}, {each.shift.role.wording} {each.row.number}",
        was=f"{away.reason_name}, {span_in_words(away.interval)}" + (f": {away.note}" if away.note else ""),
        will_be=will_be,
        problem=each.problem[:1].upper() + each.problem[1:],
    )
