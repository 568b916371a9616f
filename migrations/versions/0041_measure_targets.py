"""Targets of measures."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "measure_target",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("set_by_id", _KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_measure_target_target_never_negative")),
        sa.CheckConstraint("measure <> ''", name=op.f("ck_measure_target_is_of_a_measure")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_measure_target_set_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_measure_target_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_target")),
        sa.UniqueConstraint(
            "unit_id", "measure", "starts_on", name=op.f("uq_measure_target_unit_id_measure_starts_on")
        ),
    )


def downgrade() -> None:
    op.drop_table("measure_target")
