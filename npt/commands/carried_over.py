"""What a restore carries over from the records it replaces: nothing shut since the backup opens again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from npt.accounts.actions import close_account
from npt.accounts.models import Account, SignInSession
from npt.api.models import ApiToken
from npt.backups.actions import place_of
from npt.backups.place import State, session_at
from npt.commands.data_protection import say_outcome
from npt.commands.shut_since import ShutSince, shut_again
from npt.commands.speech import say
from npt.data_protection.actions import Applied, apply_erasures
from npt.data_protection.exchange import Listed, check_readable, listed_in, read_list, take_in
from npt.factory import clock_of
from npt.outbox.actions import doubt_what_waits
from npt.rostering.models import CalendarFeed
from npt.settings import Settings

#: Tables whose rows open something, by what one is told from another, and which column says that it is shut.
_SHUT = ((ApiToken, "token_digest", "revoked_at"), (CalendarFeed, "token_digest", "revoked_at"))


@dataclass
class CarriedOver:
    """What was known before a restore, and is not in the backup."""

    #: whether there were records that could be read
    is_from_records: bool = False
    erasures: list[Listed] = field(default_factory=list)
    #: accounts that were closed, by key and address
    closed: set[tuple[int, str]] = field(default_factory=set)
    #: passwords and when they were set, likewise
    passwords: dict[tuple[int, str], tuple[str | None, datetime]] = field(default_factory=dict)
    #: what was shut, by table: digest and when
    shut: dict[str, dict[str, datetime]] = field(default_factory=dict)
    #: what else was stopped, ended or sent
    since: ShutSince = field(default_factory=ShutSince)
    #: letters that waited in the backup
    uncertain: int = 0


def gathered(settings: Settings, file: Path | None) -> CarriedOver:
    """What is to be carried over: from what is there, the list beside it, and `file`. UnusableList."""
    carried = CarriedOver()
    for source in dict.fromkeys((settings.erasures, file)):
        if source is not None and (source.exists() or source == file):
            erasures = read_list(source)
            check_readable(source, erasures, settings.secret_keys)
            carried.erasures += erasures
    place = place_of(settings)
    if place.state() is State.RECORDS:
        with session_at(place.url) as session:
            carried.is_from_records = True
            _read(session, lambda: carried.erasures.extend(listed_in(session)))
            _read(session, lambda: _read_accounts(session, carried))
            for table, digest, shut in _SHUT:
                _read(session, lambda each=(table, digest, shut): _read_shut(session, carried, *each))  # type: ignore[misc]  # the loop's own values
            for reading in carried.since.readings(session, clock_of(settings)()):
                _read(session, reading)
    return carried


def _read(session: Session, reading: Callable[[], object]) -> None:
    """Read what the records have; those of an older version may not have it."""
    with _whatever_version(session):
        reading()


@contextmanager
def _whatever_version(session: Session) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError:
        session.rollback()


def _read_accounts(session: Session, carried: CarriedOver) -> None:
    asked = select(
        Account.id, Account.email, Account.closed_at, Account.password_hash, Account.password_changed_at
    )
    for key, email, closed_at, password_hash, changed_at in session.execute(asked):
        if closed_at is not None:
            carried.closed.add((key, email))
        if changed_at is not None:
            carried.passwords[key, email] = password_hash, changed_at


def _read_shut(session: Session, carried: CarriedOver, table: Any, digest: str, shut: str) -> None:
    asked = select(getattr(table, digest), getattr(table, shut)).where(getattr(table, shut).is_not(None))
    carried.shut[table.__tablename__] = {row[0]: row[1] for row in session.execute(asked)}


def settle(session: Session, carried: CarriedOver, now: datetime) -> Applied:
    """Apply it to the records that are back, in the transaction that the session is in."""
    take_in(session, carried.erasures)
    applied = apply_erasures(session, now=now)
    for account in session.scalars(select(Account)).all():
        identity = account.id, account.email
        if identity in carried.closed and account.closed_at is None:
            close_account(session, account=account, now=now)
        password_hash, changed_at = carried.passwords.get(identity, (None, None))
        if changed_at is not None and (account.password_changed_at or changed_at) <= changed_at:
            account.password_hash, account.password_changed_at = password_hash, changed_at
    for table, digest, shut in _SHUT:
        known = carried.shut.get(table.__tablename__, {})
        for row in session.scalars(select(table).where(getattr(table, shut).is_(None))).all():
            if (when := known.get(getattr(row, digest))) is not None:
                setattr(row, shut, when)
    carried.uncertain = doubt_what_waits(session, now=now)
    shut_again(session, carried.since, now)
    session.execute(update(SignInSession).where(SignInSession.ended_at.is_(None)).values(ended_at=now))
    session.flush()
    return applied


def say_carried_over(carried: CarriedOver, applied: Applied) -> None:
    """Say what was done again and what somebody has to look at."""
    if applied.again:
        say(f"{applied.again:,} people erased since the backup are erased again.")
        say_outcome(applied.outcome)
    for key in applied.doubtful:
        say(f"{key.table} {key.id} is asked for by something else than when it was erased: look whose it is.")
    if applied.unreadable:
        say(
            f"{applied.unreadable:,} erasures were made with a key that is not known here, and not applied:"
            " give it in NPT_SECRET_KEY after the present one and a blank, then run npt retention."
        )
    say("Everybody is signed out.")
    if carried.uncertain:
        say(
            f"{carried.uncertain:,} emails that waited in the backup may have gone since and are uncertain:"
            " none goes until somebody says so on its page."
        )
    if carried.is_from_records:
        say(
            "Accounts closed, passwords changed, tokens revoked, emails stopped, shares and memberships ended"
            " and files found infected since the backup are so again; roles are not."
        )
    else:
        say(
            "Nothing was here to compare with: accounts closed, passwords changed, tokens revoked, emails"
            " stopped, shares and memberships ended, files found infected and roles taken away since the"
            " backup are as they were in it. Run npt scan --all, and npt remind no more today: who had an"
            " email of today is not known."
        )
    if not carried.erasures:
        say(
            "No list of erasures was found: if anybody was erased since the backup, restore once more with"
            " --erasures LIST."
        )
