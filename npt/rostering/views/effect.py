"""What an act would do, shift by shift and day by day, before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from npt.duty.views.day_table import is_off
from npt.kit.intervals import union_minutes
from npt.organisation.models import Unit
from npt.rostering.actions import ShiftState, Step
from npt.rostering.views.door import on_duty
from npt.rostering.views.outlook import CoverEffect, Outlook, cover_effects, headroom_effects
from npt.shifts.queries import ReasonLine, Roster
from npt.shifts.rules import ReasonKind
from npt.shifts.wording import span_in_words
from npt.webkit.filters import day_short, hours

#: How many shifts the effect spells out.
SPELT_OUT = 40


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One shift: whose, when, and how it stands before and after."""

    member: str
    day: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EffectShown:
    """What an act does: in one sentence, shift by shift, and to how many are on duty each day."""

    words: str
    lines: tuple[EffectLine, ...]
    more: int
    #: (day, on duty before, on duty after) where it differs
    on_duty: tuple[tuple[str, int, int], ...]
    #: the gaps in minimum cover that it opens, closes or changes
    cover: tuple[CoverEffect, ...]
    #: by month, where it differs
    headroom: tuple[str, ...]


def effect_shown(
    unit: Unit,
    roster: Roster,
    summary: str,
    steps: Sequence[Step],
    known: Mapping[int, ReasonLine],
    *,
    before: Outlook,
    after: Outlook,
) -> EffectShown:
    """The effect of `steps` on `unit`, whose roster is `roster` before them, and on cover and headroom."""
    names = {row.member_id: row.name for row in roster.rows}
    lines = [
        EffectLine(
            names.get(step.member_id, "Somebody else"),
            day_short(step.day),
            "no shift" if step.before is None else _words(step.before.standing, unit, known),
            "no shift" if step.after is None else _words(step.after, unit, known),
        )
        for step in steps
    ]
    minutes = sum(
        _minutes(step.after, unit) - _minutes(step.before.standing if step.before else None, unit)
        for step in steps
    )
    change = "The rostered time stays the same."
    if minutes:
        change = f"{hours(abs(minutes))} {'more' if minutes > 0 else 'less'} are rostered."
    return EffectShown(
        f"{summary}. {change}",
        tuple(lines[:SPELT_OUT]),
        max(0, len(lines) - SPELT_OUT),
        _on_duty(unit, roster, steps, known),
        cover_effects(unit, before, after),
        headroom_effects(before, after),
    )


def _minutes(standing: ShiftState | None, unit: Unit) -> int:
    return 0 if standing is None or standing.unit_id != unit.id else standing.interval.minutes


def _words(standing: ShiftState, unit: Unit, known: Mapping[int, ReasonLine]) -> str:
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
) -> tuple[tuple[str, int, int], ...]:
    """The days on which another number of members is on duty."""
    touched = {step.before.id for step in steps if step.before is not None}
    days = sorted({day for step in steps for day in step.days})
    changed: list[tuple[str, int, int]] = []
    for day in days:
        before = on_duty(roster.rows, day)
        stays = {
            row.member_id
            for row in roster.rows
            if any(not is_off(shift) and shift.id not in touched for shift in row.on(day))
        }
        after = stays | _coming(day, unit, steps, known)
        if len(before) != len(after):
            changed.append((day_short(day), len(before), len(after)))
    return tuple(changed)


def _coming(day: date, unit: Unit, steps: Sequence[Step], known: Mapping[int, ReasonLine]) -> set[int]:
    return {
        step.member_id
        for step in steps
        if step.after is not None and step.after.day == day and _is_on(step.after, unit, known)
    }
