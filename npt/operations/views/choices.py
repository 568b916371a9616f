"""Choosing who is taken: everybody on shift, ranked, with the effect on each team before it is saved."""

from collections.abc import Sequence

from flask import request

from npt.access.rules import Permission
from npt.kit.refusals import Refusal
from npt.operations.actions import choose as choose_members
from npt.operations.forms import ChooseForm
from npt.operations.queries import (
    Take,
    candidates,
    chosen,
    effects,
    standing_definition,
)
from npt.operations.rules import OperationStatus, ranked, suggested
from npt.operations.views.candidates import COLUMNS, Desk, Key, days_to_choose
from npt.operations.views.door import (
    KEY,
    OPERATION,
    ask_of,
    breadcrumbs,
    operation_address,
    pages,
    planned_here,
    when_in_words,
)
from npt.operations.views.effect import (
    Effect,
    effect_table,
    takes_of,
    takes_of_candidates,
)
from npt.operations.views.operation import ask_address
from npt.organisation.models import Unit
from npt.store.versions import StaleRecord
from npt.webkit.fields import Choice
from npt.webkit.listing import Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.form(
    f"/units/<code>/operations/<{KEY}:operation_id>/asks/<{KEY}:ask_id>",
    needs=Permission.PLAN_OPERATIONS,
    within="code",
    shows_personal=OPERATION,
)
def choose(visit: Visit[Unit], operation_id: int, ask_id: int) -> Answer:
    """Choose who is taken; see what that does to each team; save it."""
    desk = _desk(visit, operation_id, ask_id)
    if not visit.is_sent:
        form = ChooseForm(formdata=None, version=str(desk.operation.version))
        is_suggested = not desk.saved and not desk.is_committed
        best = [each.key for each in suggested(desk.candidates, desk.ask.number)] if is_suggested else []
        form.members.tick(best or desk.saved)
        return _page(visit, desk, form, is_suggested=bool(best))
    form = ChooseForm()
    if not form.validate():
        return _page(visit, desk, form, status=422)
    if "preview" in request.args:
        return _page(visit, desk, form, is_preview=True)
    typed = form.value()
    try:
        done = choose_members(
            visit.session,
            stamp=visit.stamp,
            today=visit.today,
            operation=desk.operation,
            ask=desk.ask,
            expected_version=form.shown_version,
            wanted=typed.wanted,
            seen=typed.shown,
        )
    except Refusal as refusal:
        visit.session.rollback()
        desk = _desk(visit, operation_id, ask_id)
        form.refuse(refusal)
        form.version.data, form.version.typed = str(desk.operation.version), []
        return _page(visit, desk, form, status=409 if isinstance(refusal, StaleRecord) else 422)
    words = f"The choice is saved: {done.added} added, {done.released} released."
    return visit.saved(operation_address(desk.operation), words)


def _desk(visit: Visit[Unit], operation_id: int, ask_id: int) -> Desk:
    operation = planned_here(visit, operation_id)
    ask = ask_of(visit, operation, ask_id)
    if operation.status is OperationStatus.CANCELLED and not visit.is_sent:
        visit.missing()
    definition = standing_definition(visit.session)
    found = candidates(visit.session, operation, ask.unit, ask.role, today=visit.today, definition=definition)
    return Desk(operation, ask, tuple(ranked(found)), chosen(visit.session, operation), definition)


def _page(
    visit: Visit[Unit],
    desk: Desk,
    form: ChooseForm,
    *,
    status: int = 200,
    is_suggested: bool = False,
    is_preview: bool = False,
) -> Answer:
    ticked = form.members.keys
    versions = {each.shift_id: each.shift_version for each in desk.candidates}
    form.shown.show(versions)
    days = days_to_choose(desk, set(ticked))
    values = [line.value for day in days for line in day.lines if line.value]
    form.members.choices = tuple(Choice(value, "") for value in values)
    operation = desk.operation
    return visit.render(
        operation=operation,
        ask=desk.ask,
        when=when_in_words(operation.first_on, operation.last_on, operation.starts, operation.ends),
        form=form,
        days=days,
        ids={
            value: form.members.id if place == 0 else f"member-{place}" for place, value in enumerate(values)
        },
        is_suggested=is_suggested,
        is_preview=is_preview,
        is_committed=desk.is_committed,
        gone=[line for line in desk.of_ask if line.shift_id is None],
        effects=_effects(visit, desk, ticked),
        definition=desk.definition,
        columns=COLUMNS,
        above=breadcrumbs(visit),
        operation_href=operation_address(operation),
        # Said, not left to the browser: the address of a preview would be sent again instead of saved.
        choose_href=ask_address(operation, desk.ask, "operations.choose"),
        status=status,
    )


def _effects(visit: Visit[Unit], desk: Desk, ticked: Sequence[Key]) -> Table[Effect]:
    """What saving the ticks would do to each team. Of a draft, all it would take; else only what changes."""
    saved = set(desk.saved)
    let_go: list[Take] = []
    if desk.is_committed:
        new = [each for each in desk.candidates if each.key in ticked and each.key not in saved]
        let_go = takes_of(line for line in desk.of_ask if (line.on, line.shift_id) not in ticked)
        takes = takes_of_candidates(new)
    else:
        new = [each for each in desk.candidates if each.key in ticked]
        others = takes_of(line for line in desk.chosen if line.ask_id != desk.ask.id)
        takes = takes_of_candidates(new) + others
    found = effects(
        visit.session,
        desk.operation.unit.path,
        takes,
        reason=desk.operation.reason.code,
        today=visit.today,
        definition=desk.definition,
        let_go=let_go,
    )
    return effect_table(found)
