"""The table of reasons for being away."""

from datetime import date

from sqlalchemy import (
    Index,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from npt.shifts.rules import ReasonKind
from npt.store.base import Base, Key
from npt.store.personal import nobody
from npt.store.types import by_value


class Reason(Base):
    """Why a member is away during a shift: an absence (off duty) or an abstraction (on duty elsewhere)."""

    __tablename__ = "reason"
    __table_args__ = (UniqueConstraint("code"), Index("uq_reason_name", "name", unique=True))
    personal = nobody("code", "name")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[ReasonKind] = mapped_column(by_value(ReasonKind, "kind"))
    needs_note: Mapped[bool]
    is_planned: Mapped[bool]
    is_force_wide: Mapped[bool]
    #: order in lists: the commonest first
    position: Mapped[int]
    #: the last day for which it may be recorded; what is recorded stays
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    __mapper_args__ = {"version_id_col": version}


REASONS: Table = Base.metadata.tables["reason"]
