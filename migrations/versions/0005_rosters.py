"""Rosters in full: acts on blocks, minimum cover, pattern assignments, calendar feeds."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster_act",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_roster_act_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roster_act_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_roster_act_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_act")),
    )
    op.create_index("ix_roster_act_unit_id_first_on", "roster_act", ["unit_id", "first_on"], unique=False)
    op.create_table(
        "pattern_assignment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("pattern_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_pattern_assignment_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_pattern_assignment_member_id")),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["pattern.id"], name=op.f("fk_pattern_assignment_pattern_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pattern_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern_assignment")),
    )
    op.create_index(
        "ix_pattern_assignment_member_id_first_on",
        "pattern_assignment",
        ["member_id", "first_on"],
        unique=False,
    )
    op.create_index(
        "ix_pattern_assignment_unit_id_last_on", "pattern_assignment", ["unit_id", "last_on"], unique=False
    )
    op.create_table(
        "roster_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("before_starts_at", sa.Integer(), nullable=True),
        sa.Column("before_ends_at", sa.Integer(), nullable=True),
        sa.Column("before_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "before_role",
            sa.Enum(
                "inspector",
                "sergeant",
                "constable",
                "pcso",
                "special",
                "volunteer",
                name="before_role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("before_is_team_named", sa.Boolean(), nullable=True),
        sa.Column("before_version", sa.Integer(), nullable=True),
        sa.Column("after_starts_at", sa.Integer(), nullable=True),
        sa.Column("after_version", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(after_starts_at IS NULL) = (after_version IS NULL)",
            name=op.f("ck_roster_change_after_is_whole_or_nothing"),
        ),
        sa.CheckConstraint(
            "(before_starts_at IS NULL) = (before_ends_at IS NULL) AND (before_starts_at IS NULL) = (before_unit_id IS NULL) AND (before_starts_at IS NULL) = (before_role IS NULL) AND (before_starts_at IS NULL) = (before_is_team_named IS NULL) AND (before_starts_at IS NULL) = (before_version IS NULL)",
            name=op.f("ck_roster_change_before_is_whole_or_nothing"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["roster_act.id"], name=op.f("fk_roster_change_act_id")),
        sa.ForeignKeyConstraint(
            ["before_unit_id"], ["unit.id"], name=op.f("fk_roster_change_before_unit_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_roster_change_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_change")),
    )
    op.create_index("ix_roster_change_act_id", "roster_change", ["act_id"], unique=False)
    op.create_index("ix_roster_change_shift_id", "roster_change", ["shift_id"], unique=False)
    op.create_table(
        "roster_away_before",
        sa.Column("change_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["roster_change.id"], name=op.f("fk_roster_away_before_change_id")
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_roster_away_before_reason_id")),
        sa.PrimaryKeyConstraint("change_id", "starts_at", name=op.f("pk_roster_away_before")),
    )


def downgrade() -> None:
    op.drop_table("roster_away_before")
    op.drop_index("ix_roster_change_shift_id", table_name="roster_change")
    op.drop_index("ix_roster_change_act_id", table_name="roster_change")
    op.drop_table("roster_change")
    op.drop_index("ix_pattern_assignment_unit_id_last_on", table_name="pattern_assignment")
    op.drop_index("ix_pattern_assignment_member_id_first_on", table_name="pattern_assignment")
    op.drop_table("pattern_assignment")
    op.drop_index("ix_roster_act_unit_id_first_on", table_name="roster_act")
    op.drop_table("roster_act")
