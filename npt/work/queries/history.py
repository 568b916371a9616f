"""What happened to an action, as the journal has it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.journal.queries import history
from npt.work.models import Action, ActionMove
from npt.work.queries.owners import owner_names
from npt.work.rules import Owner, OwnerKind

#: What the journal says of an action that a reader wants to know, in the order of telling.
TOLD = ("state", "due_on", "what", "result", "cost_pence", "funding", "stage", "is_for_residents")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A change: when, by whom, and each value that is told with what it was and is."""

    at: datetime
    #: None for the command line
    who: str | None
    is_new: bool
    #: by field, in the order of `TOLD`, values as the journal has them: of words only that they changed
    changes: Mapping[str, tuple[Any, Any]]
    #: the owner before and after; None where it did not change
    owner: tuple[str | None, str | None] | None
    #: why it was dropped, or taken up again
    reason: str | None


def history_of(session: Session, action: Action) -> list[HistoryLine]:
    """What happened to the action, the first change first. Six statements at most."""
    entries = history(session, Action.__tablename__, action.id)
    told = [json.loads(entry.details) for entry in entries]
    accounts = {entry.account_id for entry in entries if entry.account_id is not None}
    asked = select(Account.id, Account.name).where(Account.id.in_(accounts))
    names = {row.id: row.name for row in session.execute(asked)} if accounts else {}
    owners = owner_names(session, {owner for each in told for owner in _owners(each) if owner is not None})
    moves = select(ActionMove.reason).where(ActionMove.action_id == action.id).order_by(ActionMove.id)
    reasons = iter(session.scalars(moves).all())
    lines = (
        HistoryLine(
            entry.at,
            None if entry.account_id is None else names.get(entry.account_id),
            entry.change == "added",
            {name: tuple(details[name]) for name in TOLD if name in details},
            _names(_owners(details), owners),
            # Each change of the state that the journal tells has its move.
            next(reasons, None) if "state" in details and entry.change == "changed" else None,
        )
        for entry, details in zip(entries, told, strict=True)
    )
    return [line for line in lines if line.is_new or line.changes or line.owner]


def _owners(details: Mapping[str, Any]) -> Sequence[Owner | None]:
    """The owner before and after a change; nothing where it did not change."""
    changed = [(kind, details.get(f"owner_{kind.value}_id", (None, None))) for kind in OwnerKind]
    sides = [
        next((Owner(kind, pair[side]) for kind, pair in changed if pair[side] is not None), None)
        for side in (0, 1)
    ]
    return sides if any(sides) else ()


def _names(
    owners: Sequence[Owner | None], names: Mapping[Owner, str]
) -> tuple[str | None, str | None] | None:
    if not owners:
        return None
    before, after = (None if owner is None else names.get(owner) for owner in owners)
    return before, after
