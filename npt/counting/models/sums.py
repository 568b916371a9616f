"""Tables of the roll-up: sums that stand ready for every unit, role and month."""

from datetime import date

from sqlalchemy import (
    BigInteger,
    Table,
)
from sqlalchemy.orm import Mapped, mapped_column

from npt.people.rules import PolicingRole
from npt.store.base import Base, Key
from npt.store.types import by_value


class DutySum(Base):
    """The shifts of a unit and role on the days from `starts_on` to `ends_on`, added up.

    The days lie in one month and no definition changes during them. A sum that has become nothing stays as 0.
    There are no foreign keys: their checks would lock units in an order of their own.
    """

    __tablename__ = "duty_sum"
    __table_args__ = ({"sqlite_with_rowid": False},)
    is_journaled = False  # nothing of its own: it follows from the shifts, which are

    unit_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    #: with everything under the unit; without it, the unit's own. What a team has is whole
    is_whole: Mapped[bool] = mapped_column(primary_key=True)
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"), primary_key=True)
    ends_on: Mapped[date]
    #: whole minutes
    rostered: Mapped[int]
    shifts: Mapped[int]
    #: of days that a supervisor confirmed for the unit
    confirmed_shifts: Mapped[int]


class AwaySum(Base):
    """The minutes away for one reason in the shifts of a `DutySum`, which has the same key without it."""

    __tablename__ = "away_sum"
    __table_args__ = ({"sqlite_with_rowid": False},)
    is_journaled = False

    unit_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    is_whole: Mapped[bool] = mapped_column(primary_key=True)
    role: Mapped[PolicingRole] = mapped_column(by_value(PolicingRole, "role"), primary_key=True)
    reason_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    minutes: Mapped[int]


class SumDue(Base):
    """A unit and month whose sums have to be added up again before the transaction ends.

    Triggers write it, whoever changes a shift, time away or a confirmation. `writer` is the number of the
    transaction, so that two of them never wait for each other here; 0 on SQLite, which has one at a time.
    """

    __tablename__ = "sum_due"
    __table_args__ = ({"sqlite_with_rowid": False},)
    is_journaled = False

    writer: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    #: the first day of the month
    month: Mapped[date] = mapped_column(primary_key=True)


#: The tables of the roll-up, written by statements alone.
DUTY_SUMS: Table = Base.metadata.tables["duty_sum"]
AWAY_SUMS: Table = Base.metadata.tables["away_sum"]
SUMS_DUE: Table = Base.metadata.tables["sum_due"]
