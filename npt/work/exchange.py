"""The file of actions, in and out. An action is known by its matter's reference and its own.

An empty state, day or cost says nothing and leaves what is known. What is set for a unit alone has no matter
to be known by, and is in no file: the register's list has it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

from sqlalchemy.orm import Session

from npt.kit.money import pence_of, pounds_of
from npt.kit.refusals import Refusal
from npt.matters.models import Matter
from npt.organisation.queries import within
from npt.sheets.columns import Column, Shape, choice, code, day, decimal, text
from npt.store.batches import batches, found_by
from npt.store.exchange import ExportOrder, ImportOrder, exports, imports
from npt.store.keyed import Keyed, KeyedRow, one_by_one
from npt.store.loading import loaded_with
from npt.store.rows import Lookup
from npt.work.actions import correct_action, move_action, set_action
from npt.work.models import Action
from npt.work.queries import owners_named, records_asked
from npt.work.rules import MOST_PENCE, ActionFacts, ActionState, Owner


class NoEndYet(Refusal):
    """A row says on which day an action ended, and that it has not ended."""


@dataclass(frozen=True, slots=True)
class NamedOwner:
    """An owner, and what a file calls them: a force number, an email address, an agency's code."""

    owner: Owner
    text: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class ActionRow(KeyedRow):
    """One row of the file of actions."""

    matter: Matter
    reference: str
    what: str
    owner: NamedOwner
    due_on: date
    state: ActionState | None
    ended_on: date | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """An action, and its owner as files name them."""

    action: Action
    owner: NamedOwner

    @property
    def matter(self) -> Matter:
        """The matter that it is known by. LookupError for an action of a unit alone."""
        if self.action.matter is None:
            raise LookupError("an action of a unit alone is in no file")
        return self.action.matter


def recorded(action: Action, owner: str) -> RecordedAction:
    """An action with what files call its owner."""
    return RecordedAction(action, NamedOwner(action.owner, owner))


def _as_row(record: RecordedAction) -> ActionRow:
    action = record.action
    cost = pounds_of(action.cost_pence)
    return ActionRow(
        0,
        record.matter,
        action.reference,
        action.what,
        record.owner,
        action.due_on,
        action.state,
        action.ended_on,
        cost,
    )


def _matters(session: Session, references: Collection[str]) -> Mapping[str, Matter]:
    asked = loaded_with(Matter, Matter.unit)
    return {each.reference: each for each in found_by(session, asked, Matter.reference, references)}


def _owners(session: Session, texts: Collection[str]) -> Mapping[str, NamedOwner]:
    # Whether they have gone is for the action to say: what was done long ago stays theirs.
    found = owners_named(session, texts, date.min)
    return {name: NamedOwner(line.owner, name) for name, line in found.items()}


def _load(session: Session, rows: Sequence[ActionRow]) -> Sequence[RecordedAction]:
    asked = records_asked().execution_options(populate_existing=True)
    found: list[RecordedAction] = []
    for some in batches(sorted({row.matter.id for row in rows})):
        of_some = session.execute(asked.where(Action.matter_id.in_(some)))
        found += [recorded(action, owner) for action, owner in of_some]
    return found


def _facts(row: ActionRow, action: Action | None = None) -> ActionFacts:
    """What a row says; what it has no column for stays as it is."""
    return ActionFacts(
        row.what,
        row.owner.owner,
        row.due_on,
        pence_of(row.cost),
        action.funding if action else None,
        action.is_for_residents if action else False,
        action.stage if action else None,
    )


def _state(row: ActionRow) -> ActionState:
    state = row.state or (ActionState.PLANNED if row.ended_on is None else ActionState.DONE)
    if state.is_open and row.ended_on is not None:
        raise NoEndYet(
            f"An action that is {state.wording.lower()} has no day on which it was done: leave it out.",
            field="ended_on",
        )
    return state


def _move(session: Session, action: Action, row: ActionRow, state: ActionState, order: ImportOrder) -> None:
    needs_reason = state is ActionState.DROPPED or (state.is_open and not action.state.is_open)
    move_action(
        session,
        action,
        stamp=order.stamp,
        today=order.today,
        state=state,
        expected_version=None,
        ended_on=None if state.is_open else row.ended_on,
        reason="As the file of actions says." if needs_reason else None,
        is_history=True,
    )


def _add(session: Session, row: ActionRow, order: ImportOrder) -> None:
    state = _state(row)
    action = set_action(
        session,
        stamp=order.stamp,
        today=order.today,
        unit=row.matter.unit,
        matter=row.matter,
        facts=_facts(row),
        reference=row.reference,
        may_be_past=True,
        is_history=not state.is_open,
    )
    _move(session, action, row, state, order)


def _change(session: Session, record: RecordedAction, row: ActionRow, order: ImportOrder) -> None:
    action, state = record.action, row.state or record.action.state
    if state.is_open:
        # What is not over any more has no end: what an empty cell left as it was goes.
        row = replace(row, ended_on=None)
    correct_action(
        session,
        action,
        today=order.today,
        facts=_facts(row, action),
        expected_version=None,
        may_be_past=True,
    )
    _move(session, action, row, state, order)


def _records(session: Session, order: ExportOrder) -> Sequence[RecordedAction]:
    """The actions of matters at and under the path; those due in the month if one is given."""
    asked = records_asked().where(Action.matter_id.is_not(None))
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Action.due_on.between(order.month.first, order.month.last))
    rows = session.execute(asked.order_by(Matter.reference, Action.reference, Action.id))
    return [recorded(action, owner) for action, owner in rows]


MATTERS_REFERRED = Lookup(
    _matters,
    "There is no record {}: correct the reference, or import the record first.",
    attrgetter("reference"),
)
OWNERS_NAMED = Lookup(
    _owners,
    "There is no {} to own it: give a force number, the email address of an account, or an agency’s code.",
    attrgetter("text"),
)
ACTIONS = Keyed(
    shape=Shape(
        "actions",
        (
            Column("problem", text(40), hint="the reference of the problem, or other record, it belongs to"),
            Column("ref", text(40), hint="the action's own reference, unique within the problem"),
            Column("what", text(500), hint="what is to be done"),
            Column("owner", text(254), hint="a force number, an email address or the code of an agency"),
            Column("due", day, hint="the day by which it is to be done"),
            Column("state", choice(ActionState), is_required=False),
            Column("done_on", day, is_required=False),
            Column("cost", decimal(2, 0, MOST_PENCE // 100), is_required=False),
        ),
    ),
    row=ActionRow,
    known_by=("matter", "reference"),
    about="what",
    names={"problem": MATTERS_REFERRED, "owner": OWNERS_NAMED},
    kept=("state", "ended_on", "cost"),
    load=_load,
    as_row=_as_row,
    differs=lambda was, row: (
        f"“{was.what}” is recorded, of {was.owner.text}, due on {was.due_on},"
        f" {was.state.wording.lower() if was.state else ''}"
    ),
    take=one_by_one(add=_add, change=_change),
    records=_records,
)

#: The register as programs read it: also what is set for a unit alone, and so with the unit.
REGISTER = Shape(
    "actions",
    (
        Column("unit", code),
        replace(ACTIONS.shape.columns[0], is_required=False),
        *ACTIONS.shape.columns[1:],
    ),
)

IMPORTS = imports(ACTIONS)
EXPORTS = exports(ACTIONS)
