"""Repeating rosters: the list, a new one, and laying one over the calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.duty.forms import Assigned, AssignForm, NewPattern, PatternForm
from npt.duty.views.door import check_place, day_address, pages, roster_address
from npt.kit.clock import local_day
from npt.kit.intervals import Interval
from npt.organisation.models import Unit
from npt.shifts import actions
from npt.shifts.models import Pattern
from npt.shifts.queries import PatternLine, patterns_for, roster
from npt.shifts.rules import PatternDay, pattern_shifts
from npt.shifts.wording import span_in_words
from npt.store.exchange import Saved
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.filters import day_short, hours, plural
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: Whoever is posted to the unit within so many days may be given a pattern.
LOOK_AHEAD = timedelta(days=28)
#: How many shifts the preview spells out.
SPELT_OUT = 28


@dataclass(frozen=True, slots=True)
class PreviewShown:
    """The shifts that a pattern would make, for one member and for all."""

    words: str
    #: (day, times) of the first of them
    shifts: tuple[tuple[str, str], ...]
    more: int


@pages.read("/teams/<code>/patterns", needs=Permission.SEE_DUTY, within="code")
def patterns(visit: Visit[Unit]) -> Answer:
    """The repeating rosters that the unit may use."""
    check_place(visit, visit.today)
    return visit.render(
        patterns=[(each, _days(each), _runs(each)) for each in patterns_for(visit.session, visit.place)],
        may_record=visit.may(Permission.RECORD_DUTY, visit.place.path),
        day_href=day_address(visit.place.code, visit.today),
    )


@pages.form("/teams/<code>/patterns/add", needs=Permission.RECORD_DUTY, within="code")
def add_pattern(visit: Visit[Unit]) -> Answer:
    """Describe a new repeating roster."""
    check_place(visit, visit.today)
    form, list_href = PatternForm(), url_for("duty.patterns", code=visit.place.code)
    return form_page(
        visit,
        form,
        act=lambda: _add(visit, form.value()),
        saved=lambda made: visit.saved(list_href, f"Added: {made.name}. It can be assigned to members now."),
        page=lambda: {"list_href": list_href},
    )


def _add(visit: Visit[Unit], typed: NewPattern) -> Pattern:
    return actions.add_pattern(visit.session, unit=visit.place, name=typed.name, cycle=typed.cycle)


@pages.form(f"/teams/<code>/patterns/<{KEY}:pattern_id>/assign", needs=Permission.RECORD_DUTY, within="code")
def assign_pattern(visit: Visit[Unit], pattern_id: int) -> Answer:
    """Roster members by a pattern; with `?preview`, only show the shifts it makes."""
    check_place(visit, visit.today)
    usable = patterns_for(visit.session, visit.place)
    pattern = visit.found(next((each for each in usable if each.id == pattern_id), None))
    form = AssignForm(first=visit.today + timedelta(days=1), last=visit.today + LOOK_AHEAD)
    form.offer(_members(visit), visit.place.name, len(pattern.cycle))
    return form_page(
        visit,
        form,
        act=lambda: _assign(visit, pattern, form.value()),
        saved=lambda saved: visit.saved(
            roster_address(visit.place.code, form.value().first), _done_in_words(pattern, saved)
        ),
        page=lambda: _page(visit, pattern),
        # The action itself says whether it would be refused.
        look=lambda: {"preview": _preview(pattern, form.value(), _assign(visit, pattern, form.value()))},
    )


def _page(visit: Visit[Unit], pattern: PatternLine) -> dict[str, Any]:
    return {
        "pattern": pattern,
        "days": _days(pattern),
        "runs": _runs(pattern),
        "preview": None,
        "list_href": url_for("duty.patterns", code=visit.place.code),
    }


def _done_in_words(pattern: PatternLine, saved: Saved) -> str:
    there = f" {plural(saved.unchanged, 'shift')} were there already." if saved.unchanged else ""
    return f"{plural(saved.added, 'shift')} added by {pattern.name}.{there}"


def _members(visit: Visit[Unit]) -> list[Choice]:
    rows = roster(visit.session, visit.place, visit.today, visit.today + LOOK_AHEAD).rows
    return [Choice(str(row.member_id), f"{row.name}, {row.role.wording} {row.number}") for row in rows]


def _assign(visit: Visit[Unit], pattern: PatternLine, typed: Assigned) -> Saved:
    return actions.assign_pattern(
        visit.session,
        pattern_id=pattern.id,
        unit=visit.place,
        member_ids=typed.member_ids,
        anchor=typed.anchor,
        first=typed.first,
        last=typed.last,
        team=visit.place if typed.is_team_named else None,
    )


def _preview(pattern: PatternLine, typed: Assigned, saved: Saved) -> PreviewShown:
    shifts = list(pattern_shifts(pattern.cycle, typed.anchor, typed.first, typed.last))
    return PreviewShown(
        words=_preview_words(shifts, len(typed.member_ids), saved),
        shifts=tuple(
            (day_short(local_day(each.starts)), f"{span_in_words(each)}, {hours(each.minutes)}")
            for each in shifts[:SPELT_OUT]
        ),
        more=max(0, len(shifts) - SPELT_OUT),
    )


def _preview_words(shifts: Sequence[Interval], members: int, saved: Saved) -> str:
    total = hours(sum(shift.minutes for shift in shifts))
    words = f"{plural(len(shifts), 'shift')} of {total} in all for each of {plural(members, 'member')}."
    if saved.unchanged:
        words += f" {saved.unchanged} of the {saved.added + saved.unchanged} are there already and stay."
    return words


def _days(pattern: PatternLine) -> list[tuple[int, str]]:
    """Each day of the cycle: its number, and "07:00–16:00" or "off"."""
    return [(number, _times(day, "–")) for number, day in enumerate(pattern.cycle, 1)]


def _times(day: PatternDay, between: str) -> str:
    if day.starts is None or day.ends is None:
        return "off"
    return f"{day.starts:%H:%M}{between}{day.ends:%H:%M}"


def _runs(pattern: PatternLine) -> list[str]:
    """The cycle in words: "Days 1 to 5: 07:00 to 16:00", "Days 6 to 7: off"."""
    runs: list[str] = []
    number = 1
    for day, group in groupby(pattern.cycle):
        length = len(list(group))
        days = f"Day {number}" if length == 1 else f"Days {number} to {number + length - 1}"
        runs.append(f"{days}: {_times(day, ' to ')}")
        number += length
    return runs
