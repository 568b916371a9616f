"""What a session has changed and not committed: written with the commit, given up with a rollback."""

import logging
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import InstanceState, Session, SessionTransaction

from npt.journal.actions import append
from npt.journal.listener.kept_values import secret_of_digests
from npt.journal.rules import Change, Noted, PersonKey
from npt.journal.salts import salts_of
from npt.kit import events
from npt.store.base import Base

#: Where a session keeps what is to be told once it is committed.
_WATCHED = "journal_watched"


@dataclass
class Pending:
    """What a session has changed in the transaction it is in."""

    changes: list[Change | Noted] = field(default_factory=list)
    #: how many changes there were when each savepoint began
    savepoints: WeakKeyDictionary[SessionTransaction, int] = field(default_factory=WeakKeyDictionary)
    #: values about to be overwritten that the unit of work had not loaded
    overwritten: dict[InstanceState[Any], dict[str, Any]] = field(default_factory=dict)
    #: whose the records are that are about to go
    owners: dict[InstanceState[Any], PersonKey] = field(default_factory=dict)


def pending_in(session: Session) -> Pending:
    """What the session has changed."""
    pending: Pending = session.info.setdefault("journal", Pending())
    return pending


def pending_of(state: InstanceState[Any]) -> Pending:
    """What the session of this record has changed."""
    if state.session is None:
        raise RuntimeError("a record is being written outside any session")
    return pending_in(state.session)


def mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    """Remember how much had changed when a savepoint began."""
    if transaction.nested:
        pending = pending_in(session)
        pending.savepoints[transaction] = len(pending.changes)


def drop_rolled_back(session: Session, previous: SessionTransaction) -> None:
    """Forget what a rollback undid: all of it, or what came after the savepoint that it went back to."""
    undone: SessionTransaction | None = previous
    while undone is not None and not undone.nested:  # the transaction of a flush lies inside another
        undone = undone.parent
    pending = pending_in(session)
    pending.overwritten.clear()
    pending.owners.clear()
    del pending.changes[pending.savepoints.get(undone, 0) if undone is not None else 0 :]


def forget_ended(session: Session, transaction: SessionTransaction) -> None:
    """Keep nothing once the transaction is over."""
    if transaction.parent is None:
        session.info.pop("journal", None)


def write(session: Session) -> None:
    """Before the commit of a whole transaction (a savepoint's changes wait for it): chain what it changed."""
    if session.in_nested_transaction():
        return
    session.flush()
    session.info.pop(_WATCHED, None)
    pending = pending_in(session)
    if pending.changes:
        account_id, act = session.info.get("actor", (None, "command line"))
        changes = _keyed(session, pending.changes)
        pending.changes = []
        append(session, changes, account_id=account_id, act=session.info.get("act", act))
        watched = [(change, account_id) for change in changes if change.record_type in _watched_tables()]
        if watched:
            session.info[_WATCHED] = watched


def _keyed(session: Session, noted: list[Change | Noted]) -> list[Change]:
    """The changes with the digests of what is personal; nobody's salt is asked for where nothing is."""
    people = {each.whose for each in noted if isinstance(each, Noted) and each.whose is not None}
    salts, secret = salts_of(session, people), secret_of_digests()
    return [each.keyed(secret, salts) if isinstance(each, Noted) else each for each in noted]


def tell(session: Session) -> None:
    """After the commit: tell whoever watches the log of what was changed. No name or text is among it."""
    for change, account_id in session.info.pop(_WATCHED, []):
        events.note(
            f"{change.record_type} {change.kind.value}",
            level=logging.INFO,
            by=account_id,
            record=change.record_id,
            details=change.details,
        )


@cache
def _watched_tables() -> frozenset[str]:
    watched = (each for each in Base.registry.mappers if getattr(each.class_, "is_watched", False))
    return frozenset(str(mapper.local_table.description) for mapper in watched)
