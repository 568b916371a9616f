"""Planned operations: what is asked of which unit, and who is chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "football",
                "festival",
                "mutual-aid",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "committed",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("planned_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(committed_at IS NOT NULL) OR status <> 'committed'",
            name=op.f("ck_operation_committed_at_some_moment"),
        ),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_operation_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["planned_by"], ["account.id"], name=op.f("fk_operation_planned_by")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_operation_reason_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_operation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
    )
    op.create_index("ix_operation_unit_id_last_on", "operation", ["unit_id", "last_on"], unique=False)
    op.create_table(
        "operation_ask",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "sergeant",
                "constable",
                "pcso",
                "special",
                "volunteer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_operation_ask_asks_for_somebody")),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_operation_ask_operation_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_operation_ask_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_ask")),
        sa.UniqueConstraint(
            "operation_id", "unit_id", "role", name=op.f("uq_operation_ask_operation_id_unit_id_role")
        ),
    )
    op.create_index("ix_operation_ask_unit_id", "operation_ask", ["unit_id"], unique=False)
    op.create_table(
        "operation_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ask_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_operation_choice_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["act_id"], ["duty_act.id"], name=op.f("fk_operation_choice_act_id")),
        sa.ForeignKeyConstraint(["ask_id"], ["operation_ask.id"], name=op.f("fk_operation_choice_ask_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_operation_choice_member_id")),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_operation_choice_operation_id")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name=op.f("fk_operation_choice_shift_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_operation_choice_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation_choice")),
        sa.UniqueConstraint(
            "operation_id",
            "on_day",
            "shift_id",
            name=op.f("uq_operation_choice_operation_id_on_day_shift_id"),
        ),
    )
    op.create_index("ix_operation_choice_ask_id", "operation_choice", ["ask_id"], unique=False)
    op.create_index("ix_operation_choice_shift_id", "operation_choice", ["shift_id"], unique=False)
    op.create_index("ix_operation_choice_unit_id", "operation_choice", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_operation_choice_unit_id", table_name="operation_choice")
    op.drop_index("ix_operation_choice_shift_id", table_name="operation_choice")
    op.drop_index("ix_operation_choice_ask_id", table_name="operation_choice")
    op.drop_table("operation_choice")
    op.drop_index("ix_operation_ask_unit_id", table_name="operation_ask")
    op.drop_table("operation_ask")
    op.drop_index("ix_operation_unit_id_last_on", table_name="operation")
    op.drop_table("operation")
