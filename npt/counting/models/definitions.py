"""Tables of the definitions that count reasons, and of their changes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import UtcInstant


class Definition(Base):
    """A named way of counting: which reasons count towards the abstraction rate, and over what."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("code"), Index("uq_definition_name", "name", unique=True))
    personal = nobody("code", "name", "explanation")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    explanation: Mapped[str] = mapped_column(String(300))
    #: absence is counted as lost and the rate is over rostered minutes
    puts_absence_back: Mapped[bool]
    #: a reason of abstraction that is added counts without being asked about
    counts_new_reasons: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: the last day whose month may be counted by it
    closed_on: Mapped[date | None]
    #: when what counts was last changed, or the definition made; None while it is as installed
    changed_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    __mapper_args__ = {"version_id_col": version}


class DefinitionReason(Base):
    """From `starts_on`, until a later row says otherwise, the reason counts (or not) under the definition."""

    __tablename__ = "definition_reason"

    definition_id: Mapped[int] = mapped_column(Key, ForeignKey("definition.id"), primary_key=True)
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"), primary_key=True)
    starts_on: Mapped[date] = mapped_column(Date(), primary_key=True)
    counts: Mapped[bool]


class DefinitionChange(Base):
    """One change of what counts under a definition from a day on: who made it, when, and why."""

    __tablename__ = "definition_change"
    __table_args__ = (
        UniqueConstraint("puts_back_id"),
        CheckConstraint("why <> ''", name="says_why"),
        Index("ix_definition_change_definition_id", "definition_id"),
    )
    personal = Personal(
        None,
        why="who changed what counts, and why: public task",
        holds={"why": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    definition_id: Mapped[int] = mapped_column(Key, ForeignKey("definition.id"))
    starts_on: Mapped[date]
    #: None: the command line
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcInstant())
    why: Mapped[str] = mapped_column(String(300))
    #: the change that this one put back
    puts_back_id: Mapped[int | None] = mapped_column(Key, ForeignKey("definition_change.id"))

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")
    lines: Mapped[list["DefinitionChangeLine"]] = relationship(
        lazy="raise_on_sql", order_by="DefinitionChangeLine.reason_id"
    )


class DefinitionChangeLine(Base):
    """What the definition said of a reason from the day of the change on, before and after it.

    None: nothing of its own from that day on, so that what it said before went on.
    """

    __tablename__ = "definition_change_line"

    change_id: Mapped[int] = mapped_column(Key, ForeignKey("definition_change.id"), primary_key=True)
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"), primary_key=True)
    counted: Mapped[bool | None]
    counts: Mapped[bool | None]
