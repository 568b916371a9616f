"""A session begins and ends: who signs in, who signs out, and what is forgotten with time."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from npt.accounts.actions.passwords import HASHER, Hasher
from npt.accounts.actions.throttle import admit, record_failure
from npt.accounts.models import KeptPost, SignInAttempt, SignInSession
from npt.accounts.queries import account_of
from npt.accounts.rules import (
    ATTEMPT_REMEMBERED_FOR,
    LONGEST_PASSWORD,
    REMEMBERED_FOR,
    SESSION_LIFETIME,
    Browser,
    WrongCredentials,
    new_token,
    origin_of,
    token_digest,
)
from npt.webkit import submissions


def sign_in(
    session: Session,
    *,
    email: str,
    password: str,
    address: str | None,
    now: datetime,
    secret: str,
    browser: Browser | None = None,
    hasher: Hasher = HASHER,
) -> tuple[SignInSession, str]:
    """A new session for whoever knows the password, and the token that proves it.

    TooManyAttempts before anything is checked; WrongCredentials in the same words, after the same work, for
    an unknown address, a closed account and a wrong password. The failure is recorded: commit it all the
    same. `address` is the network address of the browser, `browser` what its cookie names it; `secret` keys
    the digests of the throttle.
    """
    origin = origin_of(email, address, secret=secret, browser=browser)
    admit(session, origin, now)
    account = account_of(session, email)
    password_hash = account.password_hash if account is not None and account.closed_at is None else None
    is_right = hasher.fits(password[: LONGEST_PASSWORD + 1], password_hash)
    if account is None or password_hash is None or not is_right:
        record_failure(session, origin, now, "sign-in failed")
        raise WrongCredentials(
            "Email or password is wrong: check both and try again.",
            field="email",
        )
    if hasher.is_outdated(password_hash):
        account.password_hash = hasher.hash(password)
    # Only those from here: else each sign-in of the account's owner would give a guesser elsewhere new tries.
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.email_digest == origin.email_digest,
            SignInAttempt.address_digest == origin.address_digest,
        )
    )
    _forget_old(session, now)
    token = new_token()
    started = SignInSession(
        token_digest=token_digest(token),
        account_id=account.id,
        started_at=now,
        expires_at=now + SESSION_LIFETIME,
    )
    session.add(started)
    session.flush()
    return started, token


def sign_out_elsewhere(session: Session, *, account_id: int, but: int, now: datetime) -> None:
    """End every session of the account other than `but`."""
    end_sessions(session, account_id, now, but=but)


def sign_out(session: Session, *, sign_in_id: int, now: datetime) -> None:
    """End the session: no copy of its cookie opens anything from now on."""
    sign_in = session.get_one(SignInSession, sign_in_id)
    if sign_in.ended_at is None:
        sign_in.ended_at = now


def end_sessions(session: Session, account_id: int, now: datetime, but: int | None = None) -> None:
    """End the sessions of the account, all or all other than `but`."""
    ending = update(SignInSession).where(
        SignInSession.account_id == account_id, SignInSession.ended_at.is_(None)
    )
    if but is not None:
        ending = ending.where(SignInSession.id != but)
    session.execute(ending.values(ended_at=now))


def _forget_old(session: Session, now: datetime) -> None:
    """Drop what has served its time. Ended sessions stay a while: a late POST finds its person by them."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at < now - REMEMBERED_FOR))
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPT_REMEMBERED_FOR))
    session.execute(delete(KeptPost).where(KeptPost.kept_at < now - REMEMBERED_FOR))
    submissions.forget_before(session, now - submissions.REMEMBERED_FOR)
