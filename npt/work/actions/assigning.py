"""Many actions given to another owner, or due on another day, at once: all of them or none."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.store.constraints import refusing
from npt.work.actions.owners import check_owner
from npt.work.actions.setting import check_due_while_open
from npt.work.models import Action
from npt.work.queries import owner_names
from npt.work.rules import Owner, check_due

#: So many actions are told by their words.
_MOST_TOLD = 3


class NothingChosen(Refusal):
    """No action was ticked, or nothing was to change."""


class MixedMany(Refusal):
    """Some of the actions ticked are not there any more, or not to be done any more."""


@dataclass(frozen=True)
class Reassigned:
    """What would become of one action."""

    action: Action
    owner_name: str
    #: what it is now, and what it would be; None where that stays
    owner: Owner | None
    due_on: date | None

    @property
    def changes(self) -> bool:
        """Whether anything would differ."""
        return self.owner is not None or self.due_on is not None


@dataclass(frozen=True)
class Assignment:
    """What an assignment of many would do."""

    rows: Sequence[Reassigned]
    new_owner_name: str | None

    @property
    def changing(self) -> list[Reassigned]:
        """Those that would differ."""
        return [row for row in self.rows if row.changes]

    @property
    def digest(self) -> str:
        """Tells this effect from any other: which actions as they are now, and what they become."""
        told = [(row.action.id, row.action.version, row.owner, row.due_on) for row in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def look_at(
    session: Session,
    unit: Unit,
    *,
    today: date,
    action_ids: Collection[int],
    owner: Owner | None,
    due_on: date | None,
    may_be_past: bool = False,
) -> Assignment:
    """What giving these actions of the unit, or of one under it, to another owner or another day would do.

    They are held until the transaction ends, in the order of their keys. NothingChosen, MixedMany,
    DayOutOfRange, DayFarOff, DueInPast, UnitClosed, UnknownOwner, OwnerElsewhere, OwnerGone.
    """
    if not action_ids:
        raise NothingChosen("Tick the actions to change.", field="actions")
    if owner is None and due_on is None:
        raise NothingChosen("Choose another owner, or give another day, or both.", field="owner")
    check_day(due_on, "due_on")
    if due_on is not None:
        check_due(due_on, today, may_be_past=may_be_past)
    if owner is not None:
        check_owner(session, owner, unit, today)
    keys = sorted(set(action_ids))
    session.execute(select(Action.id).where(Action.id.in_(keys)).order_by(Action.id).with_for_update())
    asked = select(Action).join(Action.unit).options(contains_eager(Action.unit))
    asked = asked.where(Action.id.in_(keys), within(unit.path)).order_by(Action.due_on, Action.id)
    found = list(session.scalars(asked.execution_options(populate_existing=True)))
    ended = [action for action in found if not action.state.is_open]
    if len(found) < len(keys) or ended:
        raise MixedMany(_what_ended(ended, len(keys) - len(found)), field="actions")
    if due_on is not None:
        for action in found:
            check_due_while_open(action.unit, due_on)
    names = owner_names(session, {action.owner for action in found} | ({owner} if owner else set()))
    return Assignment(
        [
            Reassigned(
                action,
                names[action.owner],
                owner if owner != action.owner else None,
                due_on if due_on != action.due_on else None,
            )
            for action in found
        ],
        names[owner] if owner else None,
    )


def _what_ended(ended: Sequence[Action], gone: int) -> str:
    """What became of actions that were ticked, some of which are not there any more."""
    told = [f"“{action.what[:80]}” is {action.state.wording.lower()} by now" for action in ended[:_MOST_TOLD]]
    rest = len(ended) - len(told) + gone
    if rest:
        more = " more" if told else ""
        told.append(f"{rest}{more} of those ticked {'is' if rest == 1 else 'are'} not to be done any more")
    return f"{', and '.join(told)}. Nothing is saved: check the boxes still ticked, and send it again."


def assign_many(session: Session, looked_at: Assignment) -> int:
    """Do what was looked at, in the same transaction; how many actions changed. NothingChosen."""
    if not looked_at.changing:
        raise NothingChosen("All of these are like that already: choose others.", field="actions")
    for row in looked_at.changing:
        if row.owner is not None:
            row.action.owner = row.owner
        if row.due_on is not None:
            row.action.due_on = row.due_on
    with refusing(session):
        session.flush()
    return len(looked_at.changing)
