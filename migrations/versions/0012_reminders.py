"""Reminders sent, and who wants none."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "account", sa.Column("wants_reminders", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_reminder_is_about_some_day")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("account_id", "on_date", name=op.f("uq_reminder_account_id_on_date")),
    )
    op.create_index("ix_reminder_on_date", "reminder", ["on_date"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reminder_on_date", table_name="reminder")
    op.drop_table("reminder")
    op.drop_column("account", "wants_reminders")
