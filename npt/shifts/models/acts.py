"""Tables of what was done to shifts and to time away in one go, so that it can be taken back in one go.

An act on a team's day changes time away only, and keeps what it did to it. An act on a roster keeps each
shift that it touched, whole, with all the time away in it: nothing may have changed there since.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.people.rules import PolicingRole
from npt.store.base import Base, Key
from npt.store.dated import FixedTerm
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, WholeMinute, by_value


class Act(FixedTerm, Base):
    """One thing done to a unit's day or roster. Its days are the first and the last that it changed."""

    __tablename__ = "duty_act"
    __table_args__ = (Index("ix_duty_act_unit_id_first_on", "unit_id", "first_on"),)
    personal = Personal(
        None,
        why="what was done can be told and undone, and somebody answers for it: public task",
        holds={"summary": Fate.FREE_TEXT},
        others={"account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    done_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: in words, to tell of and to offer to undo: "Event recorded for Ann Lee, 14:00 to 18:00"
    summary: Mapped[str] = mapped_column(String(200))
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    shift_changes: Mapped[list["ShiftChange"]] = relationship(lazy="raise_on_sql", order_by="ShiftChange.id")
    away_changes: Mapped[list["AwayChange"]] = relationship(lazy="raise_on_sql", order_by="AwayChange.id")


class ShiftChange(Base):
    """One shift before and after an act on a roster; nothing before: added; nothing after: removed."""

    __tablename__ = "shift_change"
    __table_args__ = (
        Index("ix_shift_change_act_id", "act_id"),
        Index("ix_shift_change_shift_id", "shift_id"),
        CheckConstraint(
            "(before_starts_at IS NULL) = (before_ends_at IS NULL)"
            " AND (before_starts_at IS NULL) = (before_unit_id IS NULL)"
            " AND (before_starts_at IS NULL) = (before_role IS NULL)"
            " AND (before_starts_at IS NULL) = (before_is_team_named IS NULL)"
            " AND (before_starts_at IS NULL) = (before_version IS NULL)",
            name="before_is_whole_or_nothing",
        ),
        CheckConstraint(
            "(after_starts_at IS NULL) = (after_ends_at IS NULL)"
            " AND (after_starts_at IS NULL) = (after_unit_id IS NULL)"
            " AND (after_starts_at IS NULL) = (after_role IS NULL)"
            " AND (after_starts_at IS NULL) = (after_is_team_named IS NULL)",
            name="after_is_whole_or_nothing",
        ),
    )
    personal = Personal("member_id", why="an act on a roster can be undone: public task")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    act_id: Mapped[int] = mapped_column(Key, ForeignKey("duty_act.id"))
    #: no foreign key: a shift that was removed has to be known by its key to come back under it
    shift_id: Mapped[int] = mapped_column(Key)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    before_starts_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    before_ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    before_unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    before_role: Mapped[PolicingRole | None] = mapped_column(by_value(PolicingRole, "before_role"))
    before_is_team_named: Mapped[bool | None]
    #: a shift that comes back has a later version than anybody saw
    before_version: Mapped[int | None]
    after_starts_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    after_ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    after_unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    after_role: Mapped[PolicingRole | None] = mapped_column(by_value(PolicingRole, "after_role"))
    after_is_team_named: Mapped[bool | None]


class AwayChange(Base):
    """Time away of one shift before and after an act; nothing before: added; nothing after: removed.

    The same before and after: it stood in a shift that an act on a roster touched.
    """

    __tablename__ = "away_change"
    __table_args__ = (
        Index("ix_away_change_act_id", "act_id"),
        Index("ix_away_change_shift_id", "shift_id"),
        CheckConstraint(
            "(before_starts_at IS NULL) = (before_ends_at IS NULL) "
            "AND (before_starts_at IS NULL) = (before_reason_id IS NULL)",
            name="before_is_whole_or_nothing",
        ),
        CheckConstraint(
            "(after_starts_at IS NULL) = (after_ends_at IS NULL) "
            "AND (after_starts_at IS NULL) = (after_reason_id IS NULL)",
            name="after_is_whole_or_nothing",
        ),
    )
    personal = Personal(
        "member_id",
        why="an act on a day can be undone: public task",
        holds={"before_note": Fate.FREE_TEXT, "after_note": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    act_id: Mapped[int] = mapped_column(Key, ForeignKey("duty_act.id"))
    #: no foreign key, as in `ShiftChange`; whose shift it was tells it from another under the same key
    shift_id: Mapped[int] = mapped_column(Key)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    before_starts_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    before_ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    before_reason_id: Mapped[int | None] = mapped_column(Key, ForeignKey("reason.id"))
    before_note: Mapped[str | None] = mapped_column(String(1000))
    after_starts_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    after_ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    after_reason_id: Mapped[int | None] = mapped_column(Key, ForeignKey("reason.id"))
    after_note: Mapped[str | None] = mapped_column(String(1000))


#: The tables that an act writes by statements of many rows.
SHIFT_CHANGES: Table = Base.metadata.tables["shift_change"]
AWAY_CHANGES: Table = Base.metadata.tables["away_change"]
