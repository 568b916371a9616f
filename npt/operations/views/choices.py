"""Choosing who is taken: everybody on shift, ranked, with the effect on each team before it is saved."""

from collections.abc import Set
from typing import Any

from npt.access.rules import Permission
from npt.counting.queries import default_definition
from npt.operations.actions import Chosen
from npt.operations.actions import choose as choose_members
from npt.operations.forms import ChooseForm
from npt.operations.queries import Take, candidates, chosen
from npt.operations.rules import OperationStatus, ranked, suggested
from npt.operations.views.candidates import COLUMNS, Desk, Key, alone_breaks_target, days_to_choose
from npt.operations.views.door import (
    ONE,
    OPERATION,
    ask_of,
    breadcrumbs,
    operation_address,
    pages,
    planned_here,
    when_of,
)
from npt.operations.views.effect import Effect, effect_table, takes_of
from npt.operations.views.operation import times_in_words
from npt.organisation.models import Unit
from npt.webkit.converters import KEY
from npt.webkit.fields import Choice
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found


@pages.form(
    f"{ONE}/asks/<{KEY}:ask_id>", needs=Permission.PLAN_OPERATIONS, within="code", shows_personal=OPERATION
)
def choose(visit: Visit[Unit], operation_id: int, ask_id: int) -> Answer:
    """Choose who is taken; see what that does to each team; save it."""
    desk = _desk(visit, operation_id, ask_id)
    form = ChooseForm(version=desk.operation.version)
    is_suggested = not visit.is_sent and _suggest(desk, form)
    return form_page(
        visit,
        form,
        act=lambda: _choose(visit, desk, form),
        look=lambda: {"is_preview": True},
        saved=lambda done: f"The choice is saved: {done.added} added, {done.released} released.",
        back_href=operation_address(desk.operation),
        page=lambda: _shown(visit, _desk(visit, operation_id, ask_id), form, is_suggested=is_suggested),
    )


def _choose(visit: Visit[Unit], desk: Desk, form: ChooseForm) -> Chosen:
    operation, ask = desk.operation, desk.ask
    return choose_members(
        visit.session, stamp=visit.stamp, today=visit.today, operation=operation, ask=ask, **form.value()
    )


def _suggest(desk: Desk, form: ChooseForm) -> bool:
    """Tick who is chosen, or for a draft without anybody the best; whether that is a suggestion."""
    is_open = not desk.saved and not desk.is_committed
    best = [each.key for each in suggested(desk.candidates, desk.ask.number)] if is_open else []
    form.members.tick(best or desk.saved)
    return bool(best)


def _desk(visit: Visit[Unit], operation_id: int, ask_id: int) -> Desk:
    operation = planned_here(visit, operation_id)
    ask = ask_of(visit, operation, ask_id)
    if operation.status is OperationStatus.CANCELLED and not visit.is_sent:
        not_found()
    definition = default_definition(visit.session)
    found = candidates(visit.session, operation, ask.unit, ask.role, today=visit.today, definition=definition)
    return Desk(operation, ask, tuple(ranked(found)), chosen(visit.session, operation), definition)


def _shown(visit: Visit[Unit], desk: Desk, form: ChooseForm, *, is_suggested: bool) -> dict[str, Any]:
    ticked = frozenset(form.members.keys)
    form.shown.show({each.shift_id: each.shift_version for each in desk.candidates})
    days = days_to_choose(desk, ticked)
    values = [line.value for day in days for line in day.lines if line.value]
    form.members.choices = tuple(Choice(value, "") for value in values)
    operation = desk.operation
    return {
        "operation": operation,
        "ask": desk.ask,
        "when": when_of(operation),
        "days": days,
        "ids": {
            value: form.members.id if place == 0 else f"member-{place}" for place, value in enumerate(values)
        },
        "is_suggested": is_suggested,
        "is_preview": False,
        "is_committed": desk.is_committed,
        "gone": [line for line in desk.of_ask if line.shift_id is None],
        "effects": _effects(visit, desk, ticked),
        "definition": desk.definition,
        "columns": COLUMNS,
        "above": breadcrumbs(visit),
        "times": times_in_words,
        "breaks_target": lambda candidate: alone_breaks_target(desk, candidate),
    }


def _effects(visit: Visit[Unit], desk: Desk, ticked: Set[Key]) -> Table[Effect]:
    """What saving the ticks would do to each team. Of a draft, all it would take; else only what changes."""
    takes = takes_of(each for each in desk.candidates if each.key in ticked)
    let_go: list[Take] = []
    if desk.is_committed:
        saved = set(desk.saved)
        takes = takes_of(each for each in desk.candidates if each.key in ticked - saved)
        let_go = takes_of(line for line in desk.of_ask if (line.on, line.shift_id) not in ticked)
    else:
        takes += takes_of(line for line in desk.chosen if line.ask_id != desk.ask.id)
    path = desk.operation.unit.path
    return effect_table(visit, desk.operation, takes, path=path, definition=desk.definition, let_go=let_go)
