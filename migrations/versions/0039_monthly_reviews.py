"""Monthly reviews, what is said in them, and limits that are drawn anew."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "limits_rebase",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_limits_rebase_says_why")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_limits_rebase_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_limits_rebase_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limits_rebase")),
    )
    op.create_index("ix_limits_rebase_unit_id_measure", "limits_rebase", ["unit_id", "measure"])
    op.create_table(
        "monthly_review",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("month_begins_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_monthly_review_matter_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_monthly_review_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_review")),
        sa.UniqueConstraint("matter_id", name=op.f("uq_monthly_review_matter_id")),
        sa.UniqueConstraint(
            "unit_id", "month_begins_on", name=op.f("uq_monthly_review_unit_id_month_begins_on")
        ),
    )
    op.create_table(
        "review_comment",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("review_id", _KEY, nullable=False),
        sa.Column("measure", sa.String(length=60), nullable=True),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_review_comment_says_something")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_review_comment_account_id")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["monthly_review.id"], name=op.f("fk_review_comment_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index("ix_review_comment_review_id", "review_comment", ["review_id"])


def downgrade() -> None:
    op.drop_table("review_comment")
    op.drop_table("monthly_review")
    op.drop_table("limits_rebase")
