"""Somebody who is erased: a member with an account, a shift, and words on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from npt.accounts.models import KeptPost, SignInSession
from npt.api.actions import make_token
from npt.data_protection.actions import forget
from npt.data_protection.queries import person_named
from npt.data_protection.rules import (
    Outcome,
)
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.actions import link_account_to_member
from npt.shifts.actions import AwayEntry, record_away
from npt.shifts.models import Loss
from npt.shifts.rules import LossKind
from npt.store.transaction import writing
from tests import make

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
NAME, NUMBER, EMAIL = "Quentin Xylander", "XQ4711", "q.xylander@demo.example"


@contextmanager
def changing(session: Session) -> Iterator[None]:
    """A transaction of its own, whatever was read before."""
    session.rollback()
    with writing(session):
        yield


def who_left(session: Session) -> int:
    """A member who left in October, with an account of the same name, a shift, time away and words on it."""
    with changing(session):
        posting = make.posting(session)
        member = posting.member
        member.number, member.name, member.email = NUMBER, NAME, EMAIL
        account = make.account(session, email=EMAIL)
        account.name = NAME
        link_account_to_member(session, account, member)
        shift = make.shift(session, member=member, starts="2026-10-16T14:00", ends="2026-10-16T22:00")
        unit = session.get_one(Unit, shift.unit_id)
        other = make.account(session)
        record_away(
            session,
            stamp=Stamp(other.id, NOW),
            unit=unit,
            day=shift.on_date,
            entries=[AwayEntry(shift.id, shift.starts_at, shift.starts_at + timedelta(hours=2))],
            reason="response",
            note=f"{NAME} was sick",
            expected={shift.id: shift.version},
        )
        session.add(
            Loss(
                member_id=member.id,
                starts_at=shift.starts_at,
                kind=LossKind.OTHER,
                words="visit by Quentin",
                account_id=other.id,
                noted_at=NOW,
            )
        )
        make_token(session, account, "xylander's tool", now=NOW)
        session.add_all(
            [
                SignInSession(account_id=account.id, token_digest="x", started_at=NOW, expires_at=NOW),
                KeptPost(account_id=account.id, address=f"/members/{NUMBER}", body="note=x", kept_at=NOW),
            ]
        )
        posting.ends_on = date(2026, 10, 31)
    return member.id


def erase(session: Session, reference: str = NUMBER, *, also_current: bool = False) -> Outcome:
    """Erase somebody, as the command does."""
    with changing(session):
        found = person_named(session, reference)
        return forget(session, found, today=TODAY, now=NOW, also_current=also_current)


def everything(session: Session) -> str:
    """All that is in the database, as text."""
    names = session.scalars(
        text(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if session.get_bind().dialect.name == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
    ).all()
    rows = [str(row) for name in names for row in session.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608  names of the engine
    return "\n".join(rows)
