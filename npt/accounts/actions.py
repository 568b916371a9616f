"""What is done with accounts: open, close, give a password, sign in and out, keep what was sent too late."""

import base64
import secrets
import unicodedata
from datetime import datetime

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from npt.accounts.models import Account, KeptPost, SignInAttempt, SignInSession
from npt.accounts.queries import account_of, failures, kept_posts
from npt.accounts.rules import (
    ATTEMPT_REMEMBERED_FOR,
    FAILURES_FOR_AN_ACCOUNT,
    FAILURES_FROM_AN_ADDRESS,
    FAILURES_FROM_ONE_PLACE,
    FIRST_GUESSES,
    LONGEST_KEPT_ADDRESS,
    LONGEST_KEPT_BODY,
    LONGEST_KEPT_IN_ALL,
    LONGEST_PASSWORD,
    PRODUCT_COST,
    REMEMBERED_FOR,
    SESSION_LIFETIME,
    THROTTLE_WINDOW,
    Browser,
    EmailTaken,
    HashCost,
    Origin,
    PasswordRefused,
    Sent,
    TooManyAttempts,
    UnknownAccount,
    WrongCredentials,
    check_password,
    checked_name,
    new_token,
    normalised_email,
    origin_of,
    token_digest,
    try_again_at,
    written,
)
from npt.kit import events
from npt.store.constraints import name_violation, refusing
from npt.webkit import submissions

_SALT_BYTES = 16
_HASH_BYTES = 32

name_violation(
    "uq_account_email",
    lambda: EmailTaken(
        "This email address already has an account: use that one, or give another address.",
        field="email",
    ),
)


class Hasher:
    """Makes and checks password hashes (argon2id). Tests may pass a cheap one; the product's is `HASHER`."""

    def __init__(self, cost: HashCost) -> None:
        self._argon2 = PasswordHasher(
            time_cost=cost.rounds,
            memory_cost=cost.kibibytes,
            parallelism=cost.lanes,
            hash_len=_HASH_BYTES,
            salt_len=_SALT_BYTES,
            type=Type.ID,
        )
        salt, digest = (
            base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
            for size in (_SALT_BYTES, _HASH_BYTES)
        )
        #: costs as much to check as a real hash, and fits no password that anybody knows
        self.nobodys_hash = (
            f"$argon2id$v=19$m={cost.kibibytes},t={cost.rounds},p={cost.lanes}${salt}${digest}"
        )

    def hash(self, password: str) -> str:
        """A fresh hash of the password."""
        return self._argon2.hash(_composed(password))

    def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password belongs to the hash. Without a hash: no, after as much work as with one."""
        try:
            self._argon2.verify(password_hash or self.nobodys_hash, _composed(password))
        except (VerificationError, InvalidHashError):
            return False
        return password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made at another cost than this one's."""
        return self._argon2.check_needs_rehash(password_hash)


def _composed(password: str) -> str:
    """One spelling of the password: keyboards differ in whether an é is one character or two."""
    return unicodedata.normalize("NFC", password)


HASHER = Hasher(PRODUCT_COST)


def _check(password: str, account: Account, field: str, *, may_be_common: bool = False) -> None:
    """Refuse (PasswordRefused) a password that the account may not have, or that is soon guessed."""
    check_password(password, email=account.email, field=field)
    if may_be_common:
        return
    from zxcvbn import zxcvbn  # its lists take 12 megabytes, which only whoever sets a password needs

    found = zxcvbn(password[:_LOOKED_AT], user_inputs=[*account.email.split("@"), *account.name.split()])
    if found["guesses"] < FIRST_GUESSES:
        raise PasswordRefused(
            "This password is too easy to guess: use three or four unrelated words.",
            field=field,
        )


#: How much of a password is looked at: its time grows with the square, and no guess gets so far.
_LOOKED_AT = 72


# Accounts ---------------------------------------------------------------------------------------------------


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
        _check(password, account, "password", may_be_common=may_be_common)
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
    _check(password, account, "password", may_be_common=may_be_common)
    account.password_hash = hasher.hash(password)
    account.password_changed_at = now
    _end_sessions(session, account.id, now)


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
    _check(new, account, "new_password")
    admit(session, origin, now)
    if not hasher.fits(old, account.password_hash):
        record_failure(session, origin, now, "present password wrong")
        raise WrongCredentials("This is not your current password: type it again.", field="old_password")
    account.password_hash = hasher.hash(new)
    account.password_changed_at = now
    _end_sessions(session, account.id, now, but=sign_in_id)


def want_reminders(account: Account, wanted: bool) -> None:
    """Say whether the account is written to about days that nobody has confirmed."""
    account.wants_reminders = wanted


def close_account(session: Session, *, account: Account, now: datetime) -> None:
    """Close the account: its next request is refused. What was kept for it is dropped."""
    if account.closed_at is None:
        account.closed_at = now
    _end_sessions(session, account.id, now)
    session.execute(delete(KeptPost).where(KeptPost.account_id == account.id))


def _end_sessions(session: Session, account_id: int, now: datetime, but: int | None = None) -> None:
    ending = update(SignInSession).where(
        SignInSession.account_id == account_id, SignInSession.ended_at.is_(None)
    )
    if but is not None:
        ending = ending.where(SignInSession.id != but)
    session.execute(ending.values(ended_at=now))


# Signing in and out -----------------------------------------------------------------------------------------


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
    _end_sessions(session, account_id, now, but=but)


def sign_out(session: Session, *, sign_in_id: int, now: datetime) -> None:
    """End the session: no copy of its cookie opens anything from now on."""
    sign_in = session.get_one(SignInSession, sign_in_id)
    if sign_in.ended_at is None:
        sign_in.ended_at = now


def admit(session: Session, origin: Origin, now: datetime) -> None:
    """Let a try through, or raise TooManyAttempts. Two simultaneous tries take turns, so none slips past."""
    if session.get_bind().dialect.name == "postgresql":  # a write on SQLite has the database to itself
        for digest in (origin.email_digest, origin.address_digest):
            session.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))
    failed = failures(session, origin, now - THROTTLE_WINDOW)
    limits = [(failed.from_one_place, FAILURES_FROM_ONE_PLACE)]
    if not origin.is_known:
        limits.append((failed.for_account, FAILURES_FOR_AN_ACCOUNT))
        limits.append((failed.from_address, FAILURES_FROM_AN_ADDRESS))
    waits = [again for times, limit in limits if (again := try_again_at(times, limit, now)) is not None]
    if waits:
        _tell("throttled", origin)
        raise TooManyAttempts(max(waits), now)


def record_failure(session: Session, origin: Origin, now: datetime, event: str) -> None:
    """Let the failure count towards the throttle, and tell whoever watches of the `event`."""
    _tell(event, origin)
    session.add(SignInAttempt(email_digest=origin.email_digest, address_digest=origin.address_digest, at=now))
    session.flush()


def _tell(event: str, origin: Origin) -> None:
    """Tell whoever watches the log which events are of one account, and which of one place."""
    shown = events.SHOWN_OF_A_DIGEST
    events.note(event, account=origin.email_digest[:shown], place=origin.address_digest[:shown])


def _forget_old(session: Session, now: datetime) -> None:
    """Drop what has served its time. Ended sessions stay a while: a late POST finds its person by them."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at < now - REMEMBERED_FOR))
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPT_REMEMBERED_FOR))
    session.execute(delete(KeptPost).where(KeptPost.kept_at < now - REMEMBERED_FOR))
    submissions.forget_before(session, now - REMEMBERED_FOR)


# Posts kept for a person whose session had ended ------------------------------------------------------------


def keep_post(
    session: Session, *, account_id: int, address: str, sent: Sent, now: datetime
) -> KeptPost | None:
    """Keep what was sent to `address` until the same person has signed in. None when it is too long to keep.

    It may be so by itself, or with what is kept already, of which nothing gives way. The same thing sent
    twice is kept once.
    """
    body = written(sent)
    if len(address) > LONGEST_KEPT_ADDRESS or len(body) > LONGEST_KEPT_BODY:
        return None
    earlier = kept_posts(session, account_id)
    for kept in earlier:
        if kept.address == address and kept.body == body:
            return kept
    if sum(len(kept.body) for kept in earlier) + len(body) > LONGEST_KEPT_IN_ALL:
        return None
    kept = KeptPost(account_id=account_id, address=address, body=body, kept_at=now)
    session.add(kept)
    session.flush()
    return kept


def forget_kept_post(session: Session, *, account_id: int, kept_id: int) -> None:
    """Drop a kept post, saved or discarded. Nothing happens when it is gone already or somebody else's."""
    session.execute(delete(KeptPost).where(KeptPost.id == kept_id, KeptPost.account_id == account_id))
