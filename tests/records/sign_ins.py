"""Signing in without a page, for the tests of accounts."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.accounts import actions
from npt.accounts.actions import Hasher
from npt.accounts.models import SignInSession
from npt.accounts.rules import WrongCredentials
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
                hasher=hasher,
            )
        except Refusal:
            session.commit()
            raise


def fail(
    session: Session, times: int, *, email: str = EMAIL, address: str = "192.0.2.7", now: datetime = NOW
) -> None:
    """So many failures to sign in."""
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            sign_in(session, email=email, password="not the password", address=address, now=now)


def count(session: Session, table: type[object]) -> int:
    """How many rows the table has."""
    return session.scalar(select(func.count()).select_from(table)) or 0
