"""Training: programmes, modules, registration, completion, verification."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "training_programme",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("register_within", sa.Integer(), nullable=False),
        sa.Column("stalls_after", sa.Integer(), nullable=False),
        sa.Column("months_valid", sa.Integer(), nullable=True),
        sa.Column("has_external", sa.Boolean(), nullable=False),
        sa.Column("needed_from", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "months_valid IS NULL OR months_valid > 0",
            name=op.f("ck_training_programme_months_valid_above_0"),
        ),
        sa.CheckConstraint(
            "register_within >= 0", name=op.f("ck_training_programme_days_to_register_never_negative")
        ),
        sa.CheckConstraint("stalls_after > 0", name=op.f("ck_training_programme_days_to_stall_above_0")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_training_programme_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_programme")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_training_programme_unit_id_code")),
    )
    op.create_table(
        "training_module",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_training_module_numbers_begin_at_1")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["training_programme.id"], name=op.f("fk_training_module_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_module")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_training_module_programme_id_number")),
    )
    op.create_table(
        "training_programme_role",
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["programme_id"], ["training_programme.id"], name=op.f("fk_training_programme_role_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "role", name=op.f("pk_training_programme_role")),
    )
    op.create_table(
        "training_registration",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("programme_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(granted_on IS NULL) = (granted_by IS NULL)",
            name=op.f("ck_training_registration_granted_on_a_day_and_by_somebody"),
        ),
        sa.CheckConstraint(
            "asked_by_id IS NULL OR asked_on IS NOT NULL",
            name=op.f("ck_training_registration_asked_by_only_when_asked"),
        ),
        sa.CheckConstraint(
            "asked_on IS NULL OR asked_on >= registered_on",
            name=op.f("ck_training_registration_asked_after_registered"),
        ),
        sa.CheckConstraint(
            "granted_on IS NULL OR (asked_on IS NOT NULL AND granted_on >= asked_on)",
            name=op.f("ck_training_registration_granted_after_asked"),
        ),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= registered_on",
            name=op.f("ck_training_registration_withdrawn_after_registered"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_training_registration_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_training_registration_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["training_programme.id"], name=op.f("fk_training_registration_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_registration")),
        sa.UniqueConstraint(
            "member_id",
            "programme_id",
            "registered_on",
            name=op.f("uq_training_registration_member_id_programme_id_registered_on"),
        ),
    )
    op.create_index(
        "ix_training_registration_programme_id", "training_registration", ["programme_id"], unique=False
    )
    op.create_table(
        "training_completion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("registration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("module_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "verified_by_member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(verified_on IS NULL AND verified_by_id IS NULL AND verified_by_member_id IS NULL) OR (verified_on IS NOT NULL AND (verified_by_id IS NULL) <> (verified_by_member_id IS NULL))",
            name=op.f("ck_training_completion_verified_by_an_account_or_a_member"),
        ),
        sa.CheckConstraint(
            "verified_on IS NULL OR verified_on >= completed_on",
            name=op.f("ck_training_completion_verified_after_completed"),
        ),
        sa.ForeignKeyConstraint(
            ["module_id"], ["training_module.id"], name=op.f("fk_training_completion_module_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["training_registration.id"],
            name=op.f("fk_training_completion_registration_id"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"], ["account.id"], name=op.f("fk_training_completion_verified_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_member_id"],
            ["member.id"],
            name=op.f("fk_training_completion_verified_by_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_completion")),
        sa.UniqueConstraint(
            "registration_id", "module_id", name=op.f("uq_training_completion_registration_id_module_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("training_completion")
    op.drop_index("ix_training_registration_programme_id", table_name="training_registration")
    op.drop_table("training_registration")
    op.drop_table("training_programme_role")
    op.drop_table("training_module")
    op.drop_table("training_programme")
