"""Tables of planned operations: the operation, what it asks of which unit, and who is chosen."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from npt.operations.rules import OperationDay, OperationKind, OperationStatus, operation_days
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.shifts.models import Reason
from npt.store.base import Base, Key
from npt.store.dated import FixedTerm
from npt.store.personal import Fate, Personal
from npt.store.types import UtcInstant, WholeMinute, by_value
from npt.store.versions import VersionedTable


class Operation(FixedTerm, VersionedTable, Base):
    """A planned operation of a unit, on each day from `first_on` to `last_on`, from `starts` to `ends`."""

    __tablename__ = "operation"
    __table_args__ = (
        Index("ix_operation_unit_id_last_on", "unit_id", "last_on"),
        CheckConstraint(
            "(committed_at IS NOT NULL) OR status <> 'committed'", name="committed_at_some_moment"
        ),
    )
    personal = Personal(
        None,
        why="what is planned, and by whom: public task",
        holds={"name": Fate.FREE_TEXT, "note": Fate.FREE_TEXT},
        others={"planned_by"},
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    #: the unit that plans it; what it asks lies at or under this unit
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[OperationKind] = mapped_column(by_value(OperationKind, "kind"))
    #: local times; an end at or before the start is on the next day
    starts: Mapped[time] = mapped_column(Time())
    ends: Mapped[time] = mapped_column(Time())
    #: what is recorded for those who are taken: a reason of abstraction
    reason_id: Mapped[int] = mapped_column(Key, ForeignKey("reason.id"))
    note: Mapped[str | None] = mapped_column(String(1000))
    status: Mapped[OperationStatus] = mapped_column(by_value(OperationStatus, "status"))
    planned_by: Mapped[int] = mapped_column(Key, ForeignKey("account.id"))
    #: the last change of the operation, of what it asks or of who is chosen: any of them is a new version
    changed_at: Mapped[datetime] = mapped_column(UtcInstant())
    #: when the abstraction was recorded; it stays when the operation is cancelled
    committed_at: Mapped[datetime | None] = mapped_column(UtcInstant())
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcInstant())

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    reason: Mapped[Reason] = relationship(lazy="raise_on_sql")
    asks: Mapped[list["Ask"]] = relationship(
        lazy="raise_on_sql", order_by="Ask.id", back_populates="operation", passive_deletes="all"
    )

    @property
    def days(self) -> tuple[OperationDay, ...]:
        """The days of the operation with their times, in order."""
        return operation_days(self.first_on, self.last_on, self.starts, self.ends)


class Ask(Base):
    """How many members of a role a unit is asked for, on each day of the operation."""

    __tablename__ = "operation_ask"
    __table_args__ = (
        UniqueConstraint("operation_id", "unit_id", "role"),
        Index("ix_operation_ask_unit_id", "unit_id"),
        CheckConstraint("number >= 1", name="asks_for_somebody"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    operation_id: Mapped[int] = mapped_column(Key, ForeignKey("operation.id"))
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"))
    number: Mapped[int]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
    operation: Mapped[Operation] = relationship(lazy="raise_on_sql", back_populates="asks")


class Choice(Base):
    """A member chosen for one day of an operation, from one shift: for how long, and what recorded it."""

    __tablename__ = "operation_choice"
    __table_args__ = (
        UniqueConstraint("operation_id", "on_day", "shift_id"),
        Index("ix_operation_choice_ask_id", "ask_id"),
        Index("ix_operation_choice_unit_id", "unit_id"),
        Index("ix_operation_choice_shift_id", "shift_id"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
    )
    personal = Personal("member_id", why="who is taken off for an operation: public task")

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    operation_id: Mapped[int] = mapped_column(Key, ForeignKey("operation.id"))
    ask_id: Mapped[int] = mapped_column(Key, ForeignKey("operation_ask.id"))
    #: the day of the operation
    on_day: Mapped[date]
    member_id: Mapped[int] = mapped_column(Key, ForeignKey("member.id"))
    #: the team that the shift belonged to
    unit_id: Mapped[int] = mapped_column(Key, ForeignKey("unit.id"))
    #: None once the shift was removed from the roster
    shift_id: Mapped[int | None] = mapped_column(Key, ForeignKey("shift.id", ondelete="SET NULL"))
    starts_at: Mapped[datetime] = mapped_column(WholeMinute())
    ends_at: Mapped[datetime] = mapped_column(WholeMinute())
    #: what recorded the abstraction; None while it is only chosen
    act_id: Mapped[int | None] = mapped_column(Key, ForeignKey("duty_act.id"))
