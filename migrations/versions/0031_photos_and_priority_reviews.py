"""Photos of named contacts, and reviews of the priority classes of neighbourhoods."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "member_photo",
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("set_by_id", _KEY, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_photo_member_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_member_photo_set_by_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_photo")),
    )
    op.create_table(
        "member_picture",
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_picture_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_picture")),
    )
    op.create_table(
        "priority_review",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("priority_class", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by_id", _KEY, nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_priority_review_has_a_reason")),
        sa.CheckConstraint(
            "priority_class BETWEEN 1 AND 4", name=op.f("ck_priority_review_class_from_1_to_4")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["account.id"], name=op.f("fk_priority_review_reviewed_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_priority_review_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_review")),
    )
    op.create_index(
        "ix_priority_review_unit_id_reviewed_on", "priority_review", ["unit_id", "reviewed_on"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_priority_review_unit_id_reviewed_on", table_name="priority_review")
    op.drop_table("priority_review")
    op.drop_table("member_picture")
    op.drop_table("member_photo")
