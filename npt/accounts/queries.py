"""Questions about accounts, their sessions, failed attempts and kept posts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.accounts.models import Account, KeptPost, SignInAttempt, SignInSession
from npt.accounts.rules import Origin, token_digest


@dataclass(frozen=True)
class SignedIn:
    """A session that holds, and the account it belongs to."""

    sign_in_id: int
    account_id: int
    name: str
    email: str


@dataclass(frozen=True)
class OpenSignIn:
    """A browser in which somebody is signed in."""

    id: int
    started_at: datetime
    #: when it ends at the latest
    expires_at: datetime


@dataclass(frozen=True)
class Failures:
    """When attempts failed: for one account, from one place, and for the one from the other."""

    for_account: tuple[datetime, ...]
    from_address: tuple[datetime, ...]
    from_one_place: tuple[datetime, ...]


def account_of(session: Session, email: str) -> Account | None:
    """The account of an email address, open or closed; however the address is written."""
    return session.scalars(select(Account).where(Account.email == email.strip().lower())).one_or_none()


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Who holds `token`; None when its session has ended or run out, or the account is closed."""
    row = session.execute(
        select(SignInSession.id, Account.id, Account.name, Account.email)
        .join(Account, Account.id == SignInSession.account_id)
        .where(
            SignInSession.token_digest == token_digest(token),
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            Account.closed_at.is_(None),
        )
    ).one_or_none()
    return None if row is None else SignedIn(*row)


def sign_ins_of(session: Session, account_id: int, now: datetime) -> list[OpenSignIn]:
    """The browsers in which the account is signed in, latest first."""
    asked = (
        select(SignInSession.id, SignInSession.started_at, SignInSession.expires_at)
        .where(
            SignInSession.account_id == account_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
        )
        .order_by(SignInSession.started_at.desc(), SignInSession.id.desc())
    )
    return [OpenSignIn(*row) for row in session.execute(asked)]


def sign_in_of(session: Session, account_id: int, sign_in_id: int) -> SignInSession | None:
    """The session of this key, ended or not, if it is the account's own."""
    return session.scalars(
        select(SignInSession).where(SignInSession.id == sign_in_id, SignInSession.account_id == account_id)
    ).one_or_none()


def account_of_ended(session: Session, token: str) -> int | None:
    """The open account whose session `token` was, although it has ended; None when nobody remembers it."""
    return session.scalar(
        select(Account.id)
        .join(SignInSession, Account.id == SignInSession.account_id)
        .where(SignInSession.token_digest == token_digest(token), Account.closed_at.is_(None))
    )


def failures(session: Session, origin: Origin, since: datetime) -> Failures:
    """The failed attempts after `since` that count against `origin`."""
    rows = session.execute(
        select(SignInAttempt.email_digest, SignInAttempt.address_digest, SignInAttempt.at)
        .where(
            SignInAttempt.at > since,
            or_(
                SignInAttempt.email_digest == origin.email_digest,
                SignInAttempt.address_digest == origin.address_digest,
            ),
        )
        .order_by(SignInAttempt.at, SignInAttempt.id)
    ).all()
    for_account = [row for row in rows if row.email_digest == origin.email_digest]
    return Failures(
        for_account=tuple(row.at for row in for_account),
        from_address=tuple(row.at for row in rows if row.address_digest == origin.address_digest),
        from_one_place=tuple(row.at for row in for_account if row.address_digest == origin.address_digest),
    )


def kept_post(session: Session, account_id: int, kept_id: int) -> KeptPost | None:
    """A post kept for this account. Nobody else's is ever found."""
    return session.scalars(
        select(KeptPost).where(KeptPost.id == kept_id, KeptPost.account_id == account_id)
    ).one_or_none()


def kept_posts(session: Session, account_id: int) -> list[KeptPost]:
    """Everything kept for this account, the newest first."""
    return list(
        session.scalars(
            select(KeptPost)
            .where(KeptPost.account_id == account_id)
            .order_by(KeptPost.kept_at.desc(), KeptPost.id.desc())
        )
    )
