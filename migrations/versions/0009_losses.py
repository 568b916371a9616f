"""Abstraction recorded where it happens: reports of members, running abstractions, what was lost."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "abstraction_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "appropriate",
                "avoidable",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verdict <> 'avoidable' OR why IS NOT NULL", name=op.f("ck_abstraction_review_avoidable_says_how")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_abstraction_review_account_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_abstraction_review_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abstraction_review")),
    )
    op.create_index("ix_abstraction_review_unit_id", "abstraction_review", ["unit_id"], unique=False)
    op.create_table(
        "loss",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "surgery",
                "patrol",
                "visit",
                "action",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=True),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind <> 'other' OR words IS NOT NULL", name=op.f("ck_loss_something_else_says_what")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_loss_account_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_loss_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss")),
    )
    op.create_index("ix_loss_member_id_starts_at", "loss", ["member_id", "starts_at"], unique=False)
    op.create_table(
        "open_end",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_open_end_member_id")),
        sa.PrimaryKeyConstraint("member_id", "starts_at", name=op.f("pk_open_end")),
    )
    op.create_table(
        "abstraction_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column(
            "lost",
            sa.Enum(
                "surgery",
                "patrol",
                "visit",
                "action",
                "other",
                name="lost",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("lost_words", sa.String(length=300), nullable=True),
        sa.Column("reported_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("answered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=True),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (act_id IS NOT NULL)",
            name=op.f("ck_abstraction_report_what_is_accepted_is_recorded"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (answered_at IS NULL)",
            name=op.f("ck_abstraction_report_waits_until_it_is_answered"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR answer IS NOT NULL", name=op.f("ck_abstraction_report_a_refusal_says_why")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_abstraction_report_somebody_answered_it"),
        ),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_abstraction_report_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["act_id"], ["duty_act.id"], name=op.f("fk_abstraction_report_act_id")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_abstraction_report_answered_by")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_abstraction_report_member_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_abstraction_report_reason_id")),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["account.id"], name=op.f("fk_abstraction_report_reported_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abstraction_report")),
    )
    op.create_index("ix_abstraction_report_act_id", "abstraction_report", ["act_id"], unique=False)
    op.create_index("ix_abstraction_report_member_id", "abstraction_report", ["member_id"], unique=False)
    op.create_index(
        "ix_abstraction_report_waiting",
        "abstraction_report",
        ["member_id", "starts_at"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "reviewed_abstraction",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_reviewed_abstraction_member_id")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_reviewed_abstraction_reason_id")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["abstraction_review.id"], name=op.f("fk_reviewed_abstraction_review_id")
        ),
        sa.PrimaryKeyConstraint(
            "member_id", "starts_at", "reason_id", "review_id", name=op.f("pk_reviewed_abstraction")
        ),
    )
    op.create_index("ix_reviewed_abstraction_review_id", "reviewed_abstraction", ["review_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reviewed_abstraction_review_id", table_name="reviewed_abstraction")
    op.drop_table("reviewed_abstraction")
    op.drop_index(
        "ix_abstraction_report_waiting",
        table_name="abstraction_report",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index("ix_abstraction_report_member_id", table_name="abstraction_report")
    op.drop_index("ix_abstraction_report_act_id", table_name="abstraction_report")
    op.drop_table("abstraction_report")
    op.drop_table("open_end")
    op.drop_index("ix_loss_member_id_starts_at", table_name="loss")
    op.drop_table("loss")
    op.drop_index("ix_abstraction_review_unit_id", table_name="abstraction_review")
    op.drop_table("abstraction_review")
