"""Minimum cover by unit, role and time band; members' own calendar addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cover_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "pcso",
                "constable",
                "sergeant",
                "inspector",
                "special",
                "officer",
                "patrol",
                "supervisor",
                "anybody",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("weekdays", sa.Integer(), nullable=False),
        sa.Column("band_starts", sa.Time(), nullable=False),
        sa.Column("band_ends", sa.Time(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 99", name=op.f("ck_cover_rule_a_minimum_of_1_to_99")),
        sa.CheckConstraint(
            "weekdays BETWEEN 1 AND 127", name=op.f("ck_cover_rule_at_least_one_day_of_the_week")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_cover_rule_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cover_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_rule")),
    )
    op.create_index("ix_cover_rule_unit_id_starts_on", "cover_rule", ["unit_id", "starts_on"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feed_token_digest")),
    )
    op.create_index(
        "ix_calendar_feed_account_id",
        "calendar_feed",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_calendar_feed_account_id", table_name="calendar_feed")
    op.drop_table("calendar_feed")
    op.drop_index("ix_cover_rule_unit_id_starts_on", table_name="cover_rule")
    op.drop_table("cover_rule")
