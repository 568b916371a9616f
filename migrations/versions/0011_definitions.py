"""Reasons and definitions managed with dates: closed from a day on, and every change of what counts kept."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("reason", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("reason", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.create_index("uq_reason_name", "reason", ["name"], unique=True)
    op.add_column(
        "definition",
        sa.Column("counts_new_reasons", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("definition", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("definition", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "definition", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.create_index("uq_definition_name", "definition", ["name"], unique=True)
    definition = sa.table(
        "definition", sa.column("code", sa.String), sa.column("counts_new_reasons", sa.Boolean)
    )
    op.execute(
        definition.update()
        .where(definition.c.code.in_(["inspectorate", "all-time-lost"]))
        .values(counts_new_reasons=True)
    )
    _create_changes()


def downgrade() -> None:
    op.drop_table("definition_change_line")
    op.drop_table("definition_change")
    op.drop_index("uq_definition_name", "definition")
    for column in ("version", "changed_at", "closed_on", "counts_new_reasons"):
        op.drop_column("definition", column)
    op.drop_index("uq_reason_name", "reason")
    for column in ("version", "closed_on"):
        op.drop_column("reason", column)


def _create_changes() -> None:
    op.create_table(
        "definition_change",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("definition_id", _KEY, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("puts_back_id", _KEY, nullable=True),
        sa.CheckConstraint("why <> ''", name=op.f("ck_definition_change_says_why")),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_definition_change_definition_id")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_definition_change_account_id")),
        sa.ForeignKeyConstraint(
            ["puts_back_id"], ["definition_change.id"], name=op.f("fk_definition_change_puts_back_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition_change")),
        sa.UniqueConstraint("puts_back_id", name=op.f("uq_definition_change_puts_back_id")),
    )
    op.create_index("ix_definition_change_definition_id", "definition_change", ["definition_id"])
    op.create_table(
        "definition_change_line",
        sa.Column("change_id", _KEY, nullable=False),
        sa.Column("reason_id", _KEY, nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["definition_change.id"], name=op.f("fk_definition_change_line_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["reason_id"], ["reason.id"], name=op.f("fk_definition_change_line_reason_id")
        ),
        sa.PrimaryKeyConstraint("change_id", "reason_id", name=op.f("pk_definition_change_line")),
    )
