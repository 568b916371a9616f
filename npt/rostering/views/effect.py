"""What an act would do, shift by shift and day by day, before it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from npt.duty.views.day_table import is_off
from npt.kit.intervals import union_minutes
from npt.organisation.models import Unit
from npt.rostering.actions import Done
from npt.rostering.views.door import on_duty
from npt.rostering.views.outlook import Outlook, cover_effects, headroom_effects
from npt.shifts.actions import Step
from npt.shifts.queries import ReasonLine, Roster
from npt.shifts.rules import ReasonKind, ShiftState
from npt.shifts.wording import span_in_words
from npt.webkit.filters import hours

#: How many shifts the effect spells out.
SPELT_OUT = 40


def effect_shown(
    unit: Unit,
    roster: Roster,
    done: Done,
    known: Mapping[int, ReasonLine],
    *,
    before: Outlook,
    after: Outlook,
) -> dict[str, Any]:
    """The effect of an act on `unit`, whose roster is `roster` before it, and on cover and headroom."""
    names = {row.member_id: row.name for row in roster.rows}
    steps = done.steps
    return {
        "words": f"{done.act.summary}. {_change_in_words(steps, unit)}",
        #: whose shift, when, and how it stands before and after
        "lines": [
            (
                names.get(step.member_id, "Somebody else"),
                step.day,
                _words(step.before.state if step.before else None, unit, known),
                _words(step.after, unit, known),
            )
            for step in steps[:SPELT_OUT]
        ],
        #: everybody else who is touched, with how many shifts: nobody ticked goes unnamed
        "more": Counter(names.get(step.member_id, "Somebody else") for step in steps[SPELT_OUT:]),
        "on_duty": _on_duty(unit, roster, steps, known),
        "cover": cover_effects(unit, before, after),
        "headroom": headroom_effects(before, after),
    }


def _change_in_words(steps: Sequence[Step], unit: Unit) -> str:
    minutes = sum(
        _minutes(step.after, unit) - _minutes(step.before.state if step.before else None, unit)
        for step in steps
    )
    if not minutes:
        return "The rostered time stays the same."
    return f"{hours(abs(minutes))} {'more' if minutes > 0 else 'less'} are rostered."


def _minutes(standing: ShiftState | None, unit: Unit) -> int:
    return 0 if standing is None or standing.unit_id != unit.id else standing.interval.minutes


def _words(standing: ShiftState | None, unit: Unit, known: Mapping[int, ReasonLine]) -> str:
    if standing is None:
        return "no shift"
    words = span_in_words(standing.interval)
    if standing.unit_id != unit.id:
        words += ", for another team"
    reasons = dict.fromkeys(known[away.reason_id].name for away in standing.away)
    return f"{words} ({', '.join(reasons)})" if reasons else words


def _is_on(standing: ShiftState | None, unit: Unit, known: Mapping[int, ReasonLine]) -> bool:
    """Whether a shift brings its member to the unit for at least a minute."""
    if standing is None or standing.unit_id != unit.id:
        return False
    absent = union_minutes(
        away.interval for away in standing.away if known[away.reason_id].kind is ReasonKind.ABSENCE
    )
    return absent < standing.interval.minutes


def _on_duty(
    unit: Unit, roster: Roster, steps: Sequence[Step], known: Mapping[int, ReasonLine]
) -> list[tuple[date, int, int]]:
    """The days on which another number of members is on duty: how many before, and after."""
    touched = {step.before.id for step in steps if step.before is not None}
    days = sorted({day for step in steps for day in step.days})
    changed = []
    for day in days:
        before = on_duty(roster.rows, day)
        stays = {
            row.member_id
            for row in roster.rows
            if any(not is_off(shift) and shift.id not in touched for shift in row.on(day))
        }
        after = stays | _coming(day, unit, steps, known)
        if len(before) != len(after):
            changed.append((day, len(before), len(after)))
    return changed


def _coming(day: date, unit: Unit, steps: Sequence[Step], known: Mapping[int, ReasonLine]) -> set[int]:
    return {
        step.member_id
        for step in steps
        if step.after is not None and step.after.day == day and _is_on(step.after, unit, known)
    }
