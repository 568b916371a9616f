"""The roll-up: sums of duty by unit, role and month, recomputed in the transaction that saves.

What is recorded already is added up here: the units' own shifts first, then, level by level, what a unit has
with everything under it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

from npt.counting.rollup.triggers import SUMS_DUE_TRIGGERS, SUMS_DUE_TRIGGERS_AWAY

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROLES = ("inspector", "sergeant", "constable", "pcso", "special", "volunteer")


def upgrade() -> None:
    _create_tables()
    _add_up()
    for statement in SUMS_DUE_TRIGGERS[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in SUMS_DUE_TRIGGERS_AWAY[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)
    op.drop_table("sum_due")
    op.drop_table("away_sum")
    op.drop_table("duty_sum")


def _create_tables() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    role = sa.Enum(*_ROLES, name="role", native_enum=False, create_constraint=True, length=30)
    op.create_table(
        "duty_sum",
        sa.Column("unit_id", key, autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("role", role, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("rostered", sa.Integer(), nullable=False),
        sa.Column("shifts", sa.Integer(), nullable=False),
        sa.Column("confirmed_shifts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "starts_on", "is_whole", "role", name=op.f("pk_duty_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "away_sum",
        sa.Column("unit_id", key, autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("role", role, nullable=False),
        sa.Column("reason_id", key, autoincrement=False, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "unit_id", "starts_on", "is_whole", "role", "reason_id", name=op.f("pk_away_sum")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sum_due",
        sa.Column("writer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", key, autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("writer", "unit_id", "month", name=op.f("pk_sum_due")),
        sqlite_with_rowid=False,
    )


# By way of the units, so that each month is one range of the index of shifts for each of them.
_OF_SHIFTS = (
    "FROM unit JOIN shift ON shift.unit_id = unit.id AND shift.on_date BETWEEN :starts_on AND :ends_on"
)
_OWN = (
    "INSERT INTO duty_sum"
    " (unit_id, starts_on, is_whole, role, ends_on, rostered, shifts, confirmed_shifts)"
    " SELECT unit.id, :starts_on, unit.level = 'team', shift.role, :ends_on,"
    f" sum(shift.minutes), count(*), count(confirmation.id) {_OF_SHIFTS}"
    " LEFT JOIN confirmation"
    " ON confirmation.unit_id = shift.unit_id AND confirmation.on_date = shift.on_date"
    " GROUP BY unit.id, unit.level, shift.role",
    "INSERT INTO away_sum (unit_id, starts_on, is_whole, role, reason_id, minutes)"
    " SELECT unit.id, :starts_on, unit.level = 'team', shift.role, away.reason_id, sum(away.minutes)"
    f" {_OF_SHIFTS} JOIN away ON away.shift_id = shift.id"
    " GROUP BY unit.id, unit.level, shift.role, away.reason_id",
)
# A unit has its own shifts, and all that the units right under it have.
_OF_PARTS = (
    "FROM unit JOIN unit AS part ON part.id = unit.id OR part.parent_id = unit.id"
    " JOIN {table} AS summed ON summed.unit_id = part.id AND summed.starts_on = :starts_on"
    " AND summed.is_whole = (part.id <> unit.id) WHERE unit.level = :level"
)
_WHOLE = (
    "INSERT INTO duty_sum"
    " (unit_id, starts_on, is_whole, role, ends_on, rostered, shifts, confirmed_shifts)"
    " SELECT unit.id, :starts_on, TRUE, summed.role, :ends_on,"
    " sum(summed.rostered), sum(summed.shifts), sum(summed.confirmed_shifts)"
    f" {_OF_PARTS.format(table='duty_sum')} GROUP BY unit.id, summed.role",
    "INSERT INTO away_sum (unit_id, starts_on, is_whole, role, reason_id, minutes)"
    " SELECT unit.id, :starts_on, TRUE, summed.role, summed.reason_id, sum(summed.minutes)"
    f" {_OF_PARTS.format(table='away_sum')} GROUP BY unit.id, summed.role, summed.reason_id",
)


def _add_up() -> None:
    days = (sa.bindparam("starts_on", type_=sa.Date()), sa.bindparam("ends_on", type_=sa.Date()))
    for starts_on, ends_on in _periods():
        period = {"starts_on": starts_on, "ends_on": ends_on}
        for statement in _OWN:
            op.get_bind().execute(sa.text(statement).bindparams(*days), period)
        for level in ("area", "bcu", "force"):
            for statement in _WHOLE:
                wanted = [day for day in days if f":{day.key}" in statement]
                op.get_bind().execute(sa.text(statement).bindparams(*wanted), {**period, "level": level})


def _periods() -> Iterator[tuple[date, date]]:
    """The months that have shifts, parted where a definition changes."""
    day = sa.Column("day", sa.Date())
    asked = "SELECT DISTINCT on_date AS day FROM shift"
    with_shifts = op.get_bind().scalars(sa.text(asked).columns(day)).all()
    asked = "SELECT DISTINCT starts_on AS day FROM definition_reason"
    changes = set(op.get_bind().scalars(sa.text(asked).columns(day)))
    for first in sorted({found.replace(day=1) for found in with_shifts}):
        following = (first + timedelta(days=31)).replace(day=1)
        beginnings = [first, *sorted(change for change in changes if first < change < following), following]
        for starts_on, after in pairwise(beginnings):
            yield starts_on, after - timedelta(days=1)
