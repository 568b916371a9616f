"""What is done with tokens and pushes. Nothing here commits."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.accounts.rules import token_digest
from npt.api.models import ApiToken, Push
from npt.api.queries import counting_tokens, tokens_of
from npt.api.rules import (
    LONGEST_NAME,
    REMEMBERED_FOR,
    KeyUsedOtherwise,
    TokenNameTaken,
    UnknownToken,
    new_api_token,
)
from npt.kit.clock import day_in_words, local_day
from npt.kit.refusals import Refusal
from npt.store.constraints import name_violation, refusing


class TokenNameNotPossible(Refusal):
    """A name for a token that is empty, too long or not printable."""


class TokenEndsBefore(Refusal):
    """A token was to end on a day that is over."""


class AccountClosed(Refusal):
    """A token was asked for an account that is closed."""


name_violation(
    "ix_api_token_account_id_name",
    lambda: TokenNameTaken(
        "The account already has a token with this name: revoke it first, or give another name.", field="name"
    ),
)


# Tokens -----------------------------------------------------------------------------------------------------


def make_token(
    session: Session, account: Account, name: str, *, now: datetime, ends_on: date | None = None
) -> str:
    """Make a token for the account. It is returned this once; only its digest is kept.

    `ends_on` is the last day on which it opens anything. One of the same name that has ended makes room.
    TokenNameNotPossible, TokenNameTaken, TokenEndsBefore, AccountClosed.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise TokenNameNotPossible(
            f"The name must have 1 to {LONGEST_NAME} characters: say which program the token is for.",
            field="name",
        )
    if account.closed_at is not None:
        raise AccountClosed(f"The account of {account.email} is closed: name one that is open.")
    if ends_on is not None and ends_on < local_day(now):
        raise TokenEndsBefore(
            f"{day_in_words(ends_on)} has passed: give the last day the token is to be valid.",
            field="until",
        )
    _make_room(session, account, name, now)
    token = new_api_token()
    with refusing(session):
        session.add(
            ApiToken(
                account_id=account.id,
                name=name,
                token_digest=token_digest(token),
                made_at=now,
                ends_on=ends_on,
            )
        )
    return token


def _make_room(session: Session, account: Account, name: str, now: datetime) -> None:
    """Revoke what has this name and counts no more, so that the name is free."""
    session.flush()
    counting = counting_tokens(session, account.id, local_day(now))
    for each in tokens_of(session, account.id):
        if each.name == name and each.revoked_at is None and each not in counting:
            each.revoked_at = now
    session.flush()


def revoke_token(session: Session, account: Account, name: str, *, now: datetime) -> None:
    """Let the token of this name open nothing from now on. UnknownToken."""
    counting = counting_tokens(session, account.id, local_day(now))
    for token in counting:
        if token.name == name.strip():
            token.revoked_at = now
            return
    names = ", ".join(token.name for token in counting)
    raise UnknownToken(
        f"{account.email} has no token called {name.strip()[:LONGEST_NAME]}: "
        + (f"there are {names}." if names else "there is none."),
        field="name",
    )


def note_use(session: Session, token_id: int, today: date) -> None:
    """Remember that a program came with the token today."""
    session.get_one(ApiToken, token_id).last_used_on = today


# Pushes -----------------------------------------------------------------------------------------------------


def claim_key(
    session: Session, *, account_id: int, key: str, request_digest: str, now: datetime
) -> tuple[Push, bool]:
    """Take the key for a push, or find the push that had it: the push, and whether the key was free.

    KeyUsedOtherwise when that one asked for something else. On PostgreSQL the second of two simultaneous
    pushes waits here for the first; on SQLite it waited at BEGIN.
    """
    session.execute(delete(Push).where(Push.at < now - REMEMBERED_FOR))
    pushed = session.get(Push, (account_id, key))
    if pushed is None:
        pushed = Push(
            account_id=account_id, key=key, request_digest=request_digest, status=0, answer="", at=now
        )
        try:
            with session.begin_nested():
                session.add(pushed)
            return pushed, True
        except IntegrityError:
            pushed = session.get_one(Push, (account_id, key), populate_existing=True)
    if pushed.request_digest != request_digest:
        raise KeyUsedOtherwise
    return pushed, False
