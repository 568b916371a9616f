"""Tables of the roster: what was done to a block, how each shift stood before, who works by which pattern.

And the minimum cover that units want, and the addresses of members' own calendars.
"""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.rules import PolicingRole
from npt.rostering.rules import CoverRole
from npt.shifts.models import Pattern
from npt.store.base import Base, Key
from npt.store.dated import Dated, FixedTerm
from npt.store.types import UtcInstant, WholeMinute, by_value


class RosterAct(FixedTerm, Base):
    """One thing done to a block of a unit's roster, so that it can be taken back in one go.

    Its days are the first and the last of which a shift changed.
    """

    __tablename__ = "roster_act"
    __table_args__ = (Index("ix_roster_act_unit_id_first_on", "unit_id", "first_on"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    done_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: in words, for the line that offers to undo it: "Times set to 07:00 to 15:00: 3 shifts added"
    summary: Mapped[str] = mapped_column(String(200))
    undone_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    changes: Mapped[list["RosterChange"]] = relationship(lazy="raise_on_sql", order_by="RosterChange.id")


class RosterChange(Base):
    """One shift before and after a roster act; nothing before: added; nothing after: removed."""

    __tablename__ = "roster_change"
    __table_args__ = (
        Index("ix_roster_change_act_id", "act_id"),
        Index("ix_roster_change_shift_id", "shift_id"),
        CheckConstraint(
            "(before_starts_at IS NULL) = (before_ends_at IS NULL)"
            " AND (before_starts_at IS NULL) = (before_unit_id IS NULL)"
            " AND (before_starts_at IS NULL) = (before_role IS NULL)"
            " AND (before_starts_at IS NULL) = (before_is_team_named IS NULL)"
            " AND (before_starts_at IS NULL) = (before_version IS NULL)",
            name="before_is_whole_or_nothing",
        ),
        CheckConstraint(
            "(after_starts_at IS NULL) = (after_version IS NULL)", name="after_is_whole_or_nothing"
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    act_id: Mapped[int] = mapped_column(Key, ForeignKey("roster_act.id"))
    #: no foreign key: a shift that was removed has to be known by its key to come back under it
    shift_id: Mapped[int] = mapped_column(Key)
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    before_starts_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    before_ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    before_unit_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    before_role: Mapped[PolicingRole | None] = mapped_column(by_value(PolicingRole, "before_role"))
    before_is_team_named: Mapped[bool | None]
    before_version: Mapped[int | None]
    after_starts_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    #: which version of the shift the act left behind: any later one was made by somebody else
    after_version: Mapped[int | None]

    member: Mapped[Member] = relationship(lazy="raise_on_sql")
    away: Mapped[list["RosterAwayBefore"]] = relationship(
        lazy="raise_on_sql", order_by="RosterAwayBefore.starts_at"
    )


class RosterAwayBefore(Base):
    """Time away that was recorded in the shift before the act."""

    __tablename__ = "roster_away_before"
    personal = frozenset({"note"})

    change_id: Mapped[int] = mapped_column(Key, ForeignKey("roster_change.id"), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(WholeMinute(), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(WholeMinute())
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"))
    note: Mapped[str | None] = mapped_column(String(1000))


class PatternAssignment(FixedTerm, Base):
    """A member works by a pattern; `anchor` is a day 1 of its cycle.

    No two assignments of a member share a day; the action that keeps them holds the member meanwhile.
    """

    __tablename__ = "pattern_assignment"
    __table_args__ = (
        Index("ix_pattern_assignment_member_id_first_on", "member_id", "first_on"),
        Index("ix_pattern_assignment_unit_id_last_on", "unit_id", "last_on"),
    )

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
    secret = frozenset({"token_digest"})

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    account_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    #: SHA-256 of the token in the address: whoever reads the table cannot use it
    token_digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcInstant())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcInstant())
