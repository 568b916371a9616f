"""A unit's roster, to be changed by blocks: tick members and days, choose what to do, see it, do it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.duty.views.day_table import is_off
from npt.duty.views.door import breadcrumbs, roster_address
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.rostering import actions
from npt.rostering.forms import BlockForm, TypedBlock, Verb
from npt.rostering.queries import shifts_elsewhere, teams_to_help
from npt.rostering.views.block_table import by_cell, note_of, versions_of
from npt.rostering.views.cover import cover_address
from npt.rostering.views.door import (
    FOUR_WEEKS,
    MONTH,
    WEEK,
    DayHead,
    Stretch,
    absence_choices,
    edit_address,
    on_duty,
    pages,
    stretch_asked,
)
from npt.rostering.views.effect import effect_shown
from npt.rostering.views.outlook import outlook
from npt.shifts.queries import Roster, reasons, roster_acts
from npt.shifts.queries import roster as roster_of
from npt.webkit.fields import Choice
from npt.webkit.form_flow import form_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class Sheet:
    """The roster that is changed, as it is shown, with the form around it."""

    stretch: Stretch
    roster: Roster
    form: BlockForm


@pages.form("/teams/<code>/roster/edit", needs=Permission.RECORD_DUTY, within="code")
def edit(visit: Visit[Unit]) -> Answer:
    """The roster of the days that the address names, to be changed; `?preview` only shows a change."""
    sheet = _sheet(visit)
    return form_page(
        visit,
        sheet.form,
        act=lambda: _change(visit, sheet.form.value()),
        look=lambda: {"effect": _look(visit, sheet)},
        saved=lambda done: f"{done.act.summary}.",
        back_href=edit_address(visit.place.code, sheet.stretch.days.first, sheet.stretch.length),
        page=lambda: {"effect": None, **_shown(visit, sheet)},
    )


def _look(visit: Visit[Unit], sheet: Sheet) -> dict[str, Any]:
    """What the change does, made and left to be undone."""
    typed, days = sheet.form.value(), sheet.stretch.days
    units = [visit.place, *_helped(visit, typed)]
    before = outlook(visit, units, days)
    done = _change(visit, typed)
    known = {reason.id: reason for reason in reasons(visit.session)}
    after = outlook(visit, units, days)
    return effect_shown(visit.place, sheet.roster, done, known, before=before, after=after)


def _sheet(visit: Visit[Unit]) -> Sheet:
    stretch = stretch_asked(visit)
    found = roster_of(visit.session, visit.place, stretch.days.first, stretch.days.last)
    form = BlockForm()
    form.offer(
        {row.member_id: row.name for row in found.rows},
        list(stretch.days),
        absence_choices(visit, stretch.days.first),
        [
            Choice(unit.code, f"{unit.name} ({unit.code})")
            for unit in teams_to_help(visit.session, visit.place, stretch.days.first)
            # Whoever moves shifts decides for the team that receives them as well as for the one that gives.
            if visit.may(Permission.RECORD_DUTY, unit.path)
        ],
    )
    return Sheet(stretch, found, form)


def _change(visit: Visit[Unit], typed: TypedBlock) -> actions.Done:
    return actions.change_block(
        visit.session,
        stamp=visit.stamp,
        unit=visit.place,
        cells=typed.cells,
        seen=typed.seen,
        change=_wanted(visit, typed),
    )


def _wanted(visit: Visit[Unit], typed: TypedBlock) -> actions.Change:
    """The change that was chosen; the form has refused what it would lack."""
    if typed.verb is Verb.TIMES and typed.starts is not None and typed.ends is not None:
        return actions.SetTimes(typed.starts, typed.ends)
    if typed.verb is Verb.COPY and typed.week_of is not None:
        return actions.CopyWeek(typed.week_of)
    if typed.verb is Verb.ABSENT:
        return actions.RecordAbsence(typed.reason, typed.note)
    if typed.verb is Verb.MOVE:
        (team,) = _helped(visit, typed)
        return actions.MoveTo(team)
    bare: dict[Verb, actions.Change] = {
        Verb.BACK: actions.BackOnDuty(),
        Verb.SWAP: actions.Swap(),
        Verb.CLEAR: actions.Clear(),
    }
    return bare[typed.verb]


def _helped(visit: Visit[Unit], typed: TypedBlock) -> list[Unit]:
    """The team to which shifts move; none for any other change."""
    if typed.verb is not Verb.MOVE:
        return []
    team = unit_at(visit.session, typed.team)
    if team is None:
        raise LookupError("A team that is offered exists.")
    return [team]


def _shown(visit: Visit[Unit], sheet: Sheet) -> dict[str, Any]:
    stretch, form, code = sheet.stretch, sheet.form, visit.place.code
    days = stretch.days
    found = roster_of(visit.session, visit.place, days.first, days.last) if visit.is_sent else sheet.roster
    elsewhere = shifts_elsewhere(
        visit.session, visit.place, [row.member_id for row in found.rows], days.first, days.last
    )
    # What the page shows is what it will be held against.
    form.seen.show(versions_of(found))
    return {
        "stretch": stretch,
        "rows": found.rows,
        "days": [(DayHead(day, visit.today), len(on_duty(found.rows, day))) for day in days],
        "elsewhere": by_cell(elsewhere),
        "note_of": note_of,
        "is_off": is_off,
        "acts_offered": roster_acts(visit.session, visit.place, days.first, days.last),
        "above": breadcrumbs(visit, days.first),
        "preview_href": edit_address(code, days.first, stretch.length, preview="yes"),
        "before_href": edit_address(code, stretch.before, stretch.length),
        "after_href": edit_address(code, stretch.after, stretch.length),
        "lengths": [
            (words, edit_address(code, days.first, length), length == stretch.length)
            for words, length in (("Week", WEEK), ("Four weeks", FOUR_WEEKS), ("Month", MONTH))
        ],
        "cover_href": cover_address(code, days.first),
        "wall_href": url_for("rostering.wall", code=code, month=Month.of(days.first)),
        "look_href": roster_address(code, days.first, "" if stretch.length == WEEK else FOUR_WEEKS),
    }
