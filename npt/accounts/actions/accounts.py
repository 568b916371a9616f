"""Accounts are opened and closed and get passwords."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from npt.accounts.actions.passwords import HASHER, Hasher, check_new_password
from npt.accounts.actions.sessions import end_sessions
from npt.accounts.actions.throttle import admit, record_failure
from npt.accounts.models import Account, KeptPost
from npt.accounts.queries import account_of
from npt.accounts.rules import (
    EmailTaken,
    Origin,
    UnknownAccount,
    WrongCredentials,
    checked_name,
    normalised_email,
)
from npt.store.constraints import name_violation, refusing

name_violation(
    "uq_account_email",
    lambda: EmailTaken(
        "This email address already has an account: use that one, or give another address.",
        field="email",
    ),
)


def open_account(
    session: Session,
    *,
    email: str,
    name: str,
    password: str | None = None,
    may_be_common: bool = False,
    hasher: Hasher = HASHER,
) -> Account:
    """Open an account; without a password nobody can sign in with it yet.

    `may_be_common` for accounts of a demonstration, whose password is printed.
    EmailNotPossible, NameNotPossible, PasswordRefused; EmailTaken when the address has an account, also a
    closed one.
    """
    email = normalised_email(email)
    account = Account(email=email, name=checked_name(name))
    if password is not None:
        check_new_password(password, account, "password", may_be_common=may_be_common)
        account.password_hash = hasher.hash(password)
    with refusing(session):
        session.add(account)
    return account


def existing_account(session: Session, email: str) -> Account:
    """The account of an email address. UnknownAccount when there is none."""
    account = account_of(session, email)
    if account is None:
        raise UnknownAccount(
            f"No account has the email address {email.strip()[:254]}: check the address.",
            field="email",
        )
    return account


def set_password(
    session: Session,
    *,
    account: Account,
    password: str,
    now: datetime,
    may_be_common: bool = False,
    hasher: Hasher = HASHER,
) -> None:
    """Give the account a new password, on an administrator's word, and end its sessions and tokens.

    PasswordRefused. `may_be_common` as in `open_account`.
    """
    check_new_password(password, account, "password", may_be_common=may_be_common)
    account.password_hash = hasher.hash(password)
    account.password_changed_at = now
    end_sessions(session, account.id, now)


def change_password(
    session: Session,
    *,
    account: Account,
    old: str,
    new: str,
    sign_in_id: int,
    origin: Origin,
    now: datetime,
    hasher: Hasher = HASHER,
) -> None:
    """Change one's own password and end the account's tokens, and its sessions other than `sign_in_id`.

    PasswordRefused. WrongCredentials when `old` is wrong, TooManyAttempts when it was wrong too often:
    whoever sits down at an unlocked desk may not guess without end. The failure is recorded: commit it all
    the same.
    """
    check_new_password(new, account, "new_password")
    admit(session, origin, now)
    if not hasher.fits(old, account.password_hash):
        record_failure(session, origin, now, "present password wrong")
        raise WrongCredentials("This is not your current password: type it again.", field="old_password")
    account.password_hash = hasher.hash(new)
    account.password_changed_at = now
    end_sessions(session, account.id, now, but=sign_in_id)


def want_reminders(account: Account, wanted: bool) -> None:
    """Say whether the account is written to about days that nobody has confirmed."""
    account.wants_reminders = wanted


def close_account(session: Session, *, account: Account, now: datetime) -> None:
    """Close the account: its next request is refused. What was kept for it is dropped."""
    if account.closed_at is None:
        account.closed_at = now
    end_sessions(session, account.id, now)
    session.execute(delete(KeptPost).where(KeptPost.account_id == account.id))
