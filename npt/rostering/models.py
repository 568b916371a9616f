"""Tables of the roster: who works by which pattern, the minimum cover units want, members' own calendars."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.rostering.rules import CoverRole
from npt.shifts.models import Pattern
from npt.store.base import Base, Key
from npt.store.dated import Dated, FixedTerm
from npt.store.personal import Personal
from npt.store.types import UtcInstant, by_value


class PatternAssignment(FixedTerm, Base):
    """A member works by a pattern; `anchor` is a day 1 of its cycle.

    No two assignments of a member share a day; the action that keeps them holds the member meanwhile.
    """

    __tablename__ = "pattern_assignment"
    __table_args__ = (
        Index("ix_pattern_assignment_member_id_first_on", "member_id", "first_on"),
        Index("ix_pattern_assignment_unit_id_last_on", "unit_id", "last_on"),
    )
    personal = Personal("member_id", why="who works by which pattern: public task, employment")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    pattern_id: Mapped[int] = mapped_column(Key, ForeignKey("pattern.id"))
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    #: the unit on whose roster it was laid
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    anchor: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    pattern: Mapped[Pattern] = relationship(lazy="raise_on_sql")
    member: Mapped[Member] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


class CoverRule(Dated, Base):
    """A minimum that a unit wants on duty, itself and everything under it together, in a band of some days.

    It is dated by the days on which a band begins.
    No two of a unit ask for the same role at the same minute; the action that keeps them holds the unit
    meanwhile.
    """

    __tablename__ = "cover_rule"
    __table_args__ = (
        Index("ix_cover_rule_unit_id_starts_on", "unit_id", "starts_on"),
        CheckConstraint("number BETWEEN 1 AND 99", name="a_minimum_of_1_to_99"),
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="at_least_one_day_of_the_week"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[CoverRole] = mapped_column(by_value(CoverRole, "role"))
    #: 1 for Monday, 2 for Tuesday, 4 for Wednesday and so on, added up
    weekdays: Mapped[int]
    #: local time; an end at or before the start is on the next day
    band_starts: Mapped[time] = mapped_column(Time())
    band_ends: Mapped[time] = mapped_column(Time())
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": version}


_COUNTS = text("revoked_at IS NULL")


class CalendarFeed(Base):
    """The secret address of a member's own calendar, for the account that asked for it."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("token_digest"),
        Index(
            "ix_calendar_feed_account_id",
            "account_id",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
    )
    personal = Personal(
        "account_id", why="a person's own shifts in their own calendar: their own use", goes=True
    )
    secret = frozenset({"token_digest"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    #: SHA-256 of the token in the address: whoever reads the table cannot use it
    token_digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcInstant())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcInstant())
