"""Tables of the force's structure. A unit never moves: it closes on a date and its successors open."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.accounts.models import Account
from npt.kit.spans import Span, lasts
from npt.organisation.rules import LONGEST_REASON, Level
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal, nobody
from npt.store.types import PathText, UtcInstant, by_value
from npt.store.versions import VersionedTable


class Unit(VersionedTable, Base):
    """A node of the force's structure: force, BCU, area, team or neighbourhood, with the dates it stood."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("code"),
        Index("ix_unit_path", "path", unique=True),
        Index("ix_unit_parent_id", "parent_id"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_it_opens"),
        CheckConstraint(
            "priority_class IS NULL OR (level = 'neighbourhood' AND priority_class BETWEEN 1 AND 4)",
            name="priority_class_of_a_neighbourhood",
        ),
        CheckConstraint("(parent_id IS NULL) = (level = 'force')", name="only_a_force_has_no_parent"),
    )
    personal = nobody("code", "name", "path")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    level: Mapped[Level] = mapped_column(by_value(Level, "level"))
    parent_id: Mapped[int | None] = mapped_column(Key, ForeignKey("unit.id"))
    #: codes from the force down, each followed by "/": "BEDS/C/C1/"; a subtree is one range of it
    path: Mapped[str] = mapped_column(PathText())
    opened_on: Mapped[date]
    #: the last day on which the unit stood
    closed_on: Mapped[date | None]
    priority_class: Mapped[int | None]

    parent: Mapped["Unit | None"] = relationship(remote_side=[id], lazy="raise_on_sql")

    @property
    def span(self) -> Span:
        """The days on which the unit stands."""
        return Span(self.opened_on, self.closed_on)

    def stands_on(self, day: date) -> bool:
        """Whether the unit is open on `day`."""
        return self.opened_on <= day and lasts(self.closed_on, day)


class Succession(Base):
    """A closed unit and one of those that took over from it (a merge: many to one, a split: one to many)."""

    __tablename__ = "succession"
    __table_args__ = (CheckConstraint("predecessor_id <> successor_id", name="never_its_own_successor"),)

    predecessor_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), primary_key=True)
    successor_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"), primary_key=True)


class PriorityReview(Base):
    """That somebody looked at the priority class of a neighbourhood, what it is from then on, and why."""

    __tablename__ = "priority_review"
    __table_args__ = (
        Index("ix_priority_review_unit_id_reviewed_on", "unit_id", "reviewed_on"),
        CheckConstraint("priority_class BETWEEN 1 AND 4", name="class_from_1_to_4"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
    )
    personal = Personal(
        None,
        why="who reviewed the priority class of a neighbourhood, and why it has it: public task",
        holds={"reason": Fate.FREE_TEXT},
        others={"reviewed_by_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    priority_class: Mapped[int]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    #: the local day of `reviewed_at`
    reviewed_on: Mapped[date]
    reviewed_by_id: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    reviewed_at: Mapped[datetime] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    reviewed_by: Mapped[Account] = relationship(lazy="raise_on_sql")
