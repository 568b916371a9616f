"""Tables of shifts, time away in them, confirmed days, patterns."""

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Table,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.shifts.models.reasons import Reason
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import UtcInstant, WholeMinute, by_value


class Shift(Base):
    """A rostered duty of a member. It belongs, whole, to the local date on which it starts.

    `unit_id` and `role` are those of the posting it is attributed to, kept with the shift so that a month's
    sums are one range of an index; they follow when postings change. Where the roster named the team,
    only the role does.
    """

    __tablename__ = "shift"
    __table_args__ = (
        UniqueConstraint("member_id", "starts_at"),
        Index("ix_shift_unit_id_on_date_role_minutes", "unit_id", "on_date", "role", "minutes"),
        CheckConstraint("minutes = ends_at - starts_at", name="minutes_are_from_start_to_end"),
        CheckConstraint("minutes > 0", name="ends_after_it_starts"),
        CheckConstraint("minutes <= 1440", name="lasts_24_hours_at_most"),
    )
    personal = Personal("member_id", why="who was on duty when, which every rate is divided by: public task")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"))
    on_date: Mapped[date]
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    ends_at: Mapped[datetime] = mapped_column(WholeMinute())
    minutes: Mapped[int]
    #: the roster itself named the team, so a change of posting does not move the shift
    is_team_named: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)

    member: Mapped[Member] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    away: Mapped[list["Away"]] = relationship(
        back_populates="shift", lazy="raise_on_sql", order_by="Away.starts_at", passive_deletes="all"
    )

    __mapper_args__ = {"version_id_col": version}


class Away(Base):
    """Part or all of a shift in which the member was absent or abstracted, and why."""

    __tablename__ = "away"
    __table_args__ = (
        UniqueConstraint("shift_id", "starts_at"),
        CheckConstraint("minutes = ends_at - starts_at", name="minutes_are_from_start_to_end"),
        CheckConstraint("minutes > 0", name="ends_after_it_starts"),
        # None by reason: SQLite would begin with it, and read the whole history for one month of a unit.
    )
    personal = Personal(
        "shift_id",
        why="who was taken off neighbourhood duty, or absent, and for what: public task, employment",
        holds={"note": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    shift_id: Mapped[int] = mapped_column(Key, ForeignKey("shift.id"))
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    ends_at: Mapped[datetime] = mapped_column(WholeMinute())
    minutes: Mapped[int]
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"))
    note: Mapped[str | None] = mapped_column(String(1000))
    version: Mapped[int] = mapped_column(default=1)

    shift: Mapped[Shift] = relationship(back_populates="away", lazy="raise_on_sql")
    reason: Mapped[Reason] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class Confirmation(Base):
    """A supervisor's word that a unit's day is complete: what is recorded is all there was."""

    __tablename__ = "confirmation"
    __table_args__ = (
        UniqueConstraint("unit_id", "on_date"),
        CheckConstraint(
            "(account_id IS NULL) <> (member_id IS NULL)", name="by_an_account_or_by_a_member_of_the_file"
        ),
    )
    personal = Personal(
        None,
        why="a supervisor answers for a day being complete: public task",
        others={"account_id", "member_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    on_date: Mapped[date]
    #: who confirmed it here; None when it came in a file, which names a member
    account_id: Mapped[int | None] = mapped_column(Key, ForeignKey("account.id"))
    member_id: Mapped[int | None] = mapped_column(Key, ForeignKey("member.id"))
    confirmed_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: shifts of the day that were added, changed or removed since, or whose time away was
    changes_since: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Pattern(Base):
    """A repeating roster: a cycle of days, some with a shift, some without."""

    __tablename__ = "pattern"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("cycle_days BETWEEN 1 AND 84", name="a_cycle_of_1_to_84_days"),
    )
    personal = nobody("name")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: the unit in which the pattern may be used, with everything under it
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(80))
    cycle_days: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    days: Mapped[list["PatternDay"]] = relationship(
        lazy="raise_on_sql", order_by="PatternDay.day_number", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class PatternDay(Base):
    """One working day of a pattern; days of the cycle without a row are days off."""

    __tablename__ = "pattern_day"
    __table_args__ = (CheckConstraint("day_number >= 1", name="days_count_from_1"),)

    pattern_id: Mapped[int] = mapped_column(Key, ForeignKey("pattern.id"), primary_key=True)
    day_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: local time; an end at or before the start is on the next day
    starts: Mapped[time] = mapped_column(Time())
    ends: Mapped[time] = mapped_column(Time())


#: The tables that a day's entries and imports write by statements of many rows.
SHIFTS: Table = Base.metadata.tables["shift"]
AWAY: Table = Base.metadata.tables["away"]
CONFIRMATIONS: Table = Base.metadata.tables["confirmation"]
