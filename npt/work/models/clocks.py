"""Clocks and their pauses."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.store.base import Base, Key
from npt.store.personal import Fate, Personal
from npt.store.types import WholeMinute, by_value
from npt.store.versions import VersionedTable
from npt.work.models.actions import Action
from npt.work.models.owners import Owned, one_owner
from npt.work.rules import ClockKind, Measure, Pause, Rule, Running, Until


class Clock(Owned, VersionedTable, Base):
    """How long something may take, on whom it waits, and how it stands."""

    __tablename__ = "clock"
    __table_args__ = (
        Index("ix_clock_unit_id_ended_at_due_at", "unit_id", "ended_at", "due_at"),
        Index("ix_clock_matter_id", "matter_id"),
        Index("ix_clock_action_id", "action_id"),
        one_owner(),
        CheckConstraint("amount > 0", name="lasts_some_time"),
        CheckConstraint("due_at IS NULL OR due_at >= starts_at", name="is_never_due_before_it_starts"),
        CheckConstraint("ended_at IS NULL OR ended_at >= starts_at", name="ends_after_it_starts"),
        CheckConstraint("matter_id IS NULL OR action_id IS NULL", name="is_of_one_record"),
    )

    personal = Personal(
        None,
        why="how long people wait for what was promised, and on whom they wait: public task",
        holds={"what": Fate.FREE_TEXT},
        others={"owner_member_id", "owner_account_id"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: the matter, or the action, that it is of; neither where it is the unit's
    matter_id: Mapped[int | None] = mapped_column(Key, ForeignKey("matter.id"))
    action_id: Mapped[int | None] = mapped_column(Key, ForeignKey("action.id"))
    kind: Mapped[ClockKind] = mapped_column(by_value(ClockKind, "kind"))
    #: what waits on it
    what: Mapped[str] = mapped_column(String(300))
    #: the rule as it was when the clock was set
    amount: Mapped[int]
    measure: Mapped[Measure] = mapped_column(by_value(Measure, "measure"))
    until: Mapped[Until] = mapped_column(by_value(Until, "until"))
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    #: what follows from the rule and the pauses, kept to be found by; None while it stands still
    due_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    ended_at: Mapped[datetime | None] = mapped_column(WholeMinute())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    matter: Mapped[Matter | None] = relationship(lazy="raise_on_sql")
    action: Mapped[Action | None] = relationship(lazy="raise_on_sql")
    pauses: Mapped[list["ClockPause"]] = relationship(
        lazy="raise_on_sql", order_by="ClockPause.starts_at, ClockPause.id", back_populates="clock"
    )

    @property
    def running(self) -> Running:
        """The clock with its pauses, which are loaded, as the rules take it."""
        return Running(
            Rule(self.amount, self.measure, self.until),
            self.starts_at,
            tuple(Pause(each.starts_at, each.ends_at) for each in self.pauses),
            self.ended_at,
        )


_IS_OPEN = text("ends_at IS NULL")


class ClockPause(Base):
    """A time in which a clock stands still, and why."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        Index(
            "uq_clock_pause_open",
            "clock_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_clock_pause_clock_id", "clock_id"),
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_it_starts"),
    )

    personal = Personal(
        None,
        why="why a clock stood still, so that a late answer can be judged: public task",
        holds={"reason": Fate.FREE_TEXT},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    clock_id: Mapped[int] = mapped_column(Key, ForeignKey("clock.id"))
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    #: None while it goes on
    ends_at: Mapped[datetime | None] = mapped_column(WholeMinute())
    reason: Mapped[str] = mapped_column(String(300))

    clock: Mapped[Clock] = relationship(lazy="raise_on_sql", back_populates="pauses")
