"""Staffing in full: reasons for changes of establishment, cover of neighbourhoods, hours of volunteers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("contact", "deputy", name="kind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_contact_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_contact_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_contact_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("unit_id", "kind", "starts_on", name=op.f("uq_contact_unit_id_kind_starts_on")),
    )
    op.create_index("ix_contact_member_id", "contact", ["member_id"], unique=False)
    op.create_table(
        "given_time",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "work",
            sa.Enum(
                "patrol",
                "operation",
                "event",
                "community",
                "front-office",
                "administration",
                "training",
                "other",
                name="work",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 1440", name=op.f("ck_given_time_from_1_minute_to_24_hours")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_given_time_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_time")),
        sa.UniqueConstraint(
            "member_id", "on_date", "work", name=op.f("uq_given_time_member_id_on_date_work")
        ),
    )
    op.create_index("ix_given_time_on_date", "given_time", ["on_date"], unique=False)
    op.create_table(
        "heads_target",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
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
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('special', 'volunteer')", name=op.f("ck_heads_target_of_people_who_give_time")
        ),
        sa.CheckConstraint("heads >= 0", name=op.f("ck_heads_target_heads_never_negative")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_heads_target_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heads_target")),
        sa.UniqueConstraint("unit_id", "role", "due_on", name=op.f("uq_heads_target_unit_id_role_due_on")),
    )
    op.create_table(
        "ratio_limit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people BETWEEN 100 AND 9900", name=op.f("ck_ratio_limit_people_from_1_to_99")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ratio_limit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratio_limit")),
        sa.UniqueConstraint("unit_id", "starts_on", name=op.f("uq_ratio_limit_unit_id_starts_on")),
    )
    op.create_table(
        "establishment_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("establishment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("old_posts", sa.Integer(), nullable=True),
        sa.Column("old_ends_on", sa.Date(), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_establishment_change_has_a_reason")),
        sa.CheckConstraint(
            "old_posts IS NOT NULL OR old_ends_on IS NULL",
            name=op.f("ck_establishment_change_old_values_are_whole_or_none"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_establishment_change_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["establishment_id"], ["establishment.id"], name=op.f("fk_establishment_change_establishment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_establishment_change")),
    )
    op.create_index(
        "ix_establishment_change_establishment_id", "establishment_change", ["establishment_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_establishment_change_establishment_id", table_name="establishment_change")
    op.drop_table("establishment_change")
    op.drop_table("ratio_limit")
    op.drop_table("heads_target")
    op.drop_index("ix_given_time_on_date", table_name="given_time")
    op.drop_table("given_time")
    op.drop_index("ix_contact_member_id", table_name="contact")
    op.drop_table("contact")
