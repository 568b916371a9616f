"""Tables of the interface for programs: tokens, and pushes remembered by their keys."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from npt.api.rules import LONGEST_KEY, LONGEST_NAME, REMEMBERED_FOR
from npt.store.base import Base, Key
from npt.store.personal import Fate, Kept, Personal
from npt.store.types import UtcInstant

_COUNTS = text("revoked_at IS NULL")


class ApiToken(Base):
    """What a program shows to act as an account."""

    __tablename__ = "api_token"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        Index(
            "ix_api_token_account_id_name",
            "account_id",
            "name",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
    )
    personal = Personal(
        "account_id",
        why="a program acts as an account that answers for it: security",
        holds={"name": Fate.FREE_TEXT},
        goes=True,
        kept=Kept("until the account is erased, so that it can be told which programs had access"),
    )
    secret = frozenset({"token_digest"})
    is_watched = True

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    #: which program it was made for
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    #: SHA-256 of the token: whoever reads the table cannot use it
    token_digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: the last day on which a program came with it
    last_used_on: Mapped[date | None]
    #: the last day on which it opens anything; None: until it is revoked
    ends_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcInstant())


class Push(Base):
    """A push that was answered, so that the same one again has the same answer."""

    __tablename__ = "push"
    __table_args__ = (Index("ix_push_at", "at"),)
    personal = Personal(
        "account_id",
        why="the same push again has the same answer: working of the interface",
        holds={"answer": Fate.FREE_TEXT},
        nobody={"key", "request_digest"},
        goes=True,
        kept=Kept.after("at", REMEMBERED_FOR),
    )
    is_journaled = False  # what it saved is

    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    #: SHA-256 of what was asked
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    #: the body of the answer, JSON
    answer: Mapped[str] = mapped_column(Text())
    at: Mapped[datetime] = mapped_column(UtcInstant())
