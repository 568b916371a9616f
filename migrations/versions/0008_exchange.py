"""Exchange with a duty system: profiles, tokens, keys of pushes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(length=100), nullable=False),
        sa.Column("date_format", sa.String(length=100), nullable=False),
        sa.Column("may_update", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_profile_version_versions_count_from_1")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_version")),
        sa.UniqueConstraint("name", "number", name=op.f("uq_profile_version_name_number")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_on", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_api_token_token_digest")),
    )
    op.create_index(
        "ix_api_token_account_id_name",
        "api_token",
        ["account_id", "name"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "profile_term",
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "sort",
            sa.Enum(
                "column",
                "ignored",
                "reason",
                "team",
                name="sort",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("theirs", sa.String(length=100), nullable=False),
        sa.Column("ours", sa.String(length=30), nullable=True),
        sa.CheckConstraint(
            "(ours IS NULL) = (sort = 'ignored')",
            name=op.f("ck_profile_term_only_what_is_ignored_has_no_word_here"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["profile_version.id"], name=op.f("fk_profile_term_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "sort", "kind", "theirs", name=op.f("pk_profile_term")),
    )
    op.create_table(
        "push",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_push_account_id")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_push")),
    )
    op.create_index("ix_push_at", "push", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_push_at", table_name="push")
    op.drop_table("push")
    op.drop_table("profile_term")
    op.drop_index(
        "ix_api_token_account_id_name",
        table_name="api_token",
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.drop_table("api_token")
    op.drop_table("profile_version")
