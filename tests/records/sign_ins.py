"""Signing in without a page, for the tests of accounts."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.accounts import actions
from npt.accounts.actions import Hasher
from npt.accounts.models import SignInAttempt, SignInSession
from npt.accounts.rules import Browser, WrongCredentials, origin_of
from npt.kit.refusals import Refusal
from npt.store.transaction import writing
from tests import make
from tests.hashing import CHEAP

NOW = datetime(2026, 11, 16, 9, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECRET = "a key for tests, which protects nothing"
EMAIL = "sergeant@demo.example"


def sign_in(
    session: Session,
    *,
    email: str = EMAIL,
    password: str = make.PASSWORD,
    address: str = "192.0.2.7",
    now: datetime = NOW,
    browser: Browser | None = None,
    hasher: Hasher = CHEAP,
) -> tuple[SignInSession, str]:
    """Sign in, committing what a refusal leaves behind, as the page does."""
    session.rollback()
    with writing(session):
        try:
            return actions.sign_in(
                session,
                email=email,
                password=password,
                address=address,
                now=now,
                secret=SECRET,
                browser=browser,
                hasher=hasher,
            )
        except Refusal:
            session.commit()
            raise


def fail(
    session: Session,
    times: int,
    *,
    email: str = EMAIL,
    address: str = "192.0.2.7",
    now: datetime = NOW,
    browser: Browser | None = None,
) -> None:
    """So many failures to sign in."""
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            sign_in(
                session, email=email, password="not the password", address=address, now=now, browser=browser
            )


def failed_before(
    session: Session, places: Iterable[tuple[str, str]], *, each: int, now: datetime = NOW
) -> None:
    """So many failures for each of these accounts at these network addresses, without the work of each."""
    session.rollback()
    with writing(session):
        for email, address in places:
            origin = origin_of(email, address, secret=SECRET)
            session.add_all(
                SignInAttempt(email_digest=origin.email_digest, address_digest=origin.address_digest, at=now)
                for _ in range(each)
            )


def known_browser(name: str = "desk", email: str = EMAIL) -> Browser:
    """A browser in which somebody has signed in to the account before."""
    return Browser(name).having_seen(origin_of(email, None, secret=SECRET).email_digest)


def count(session: Session, table: type[object]) -> int:
    """How many rows the table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0
