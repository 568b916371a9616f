"""Incidents and what a force calls a repeat location; profiles of neighbourhoods."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PARTS = ("about", "crime", "key-locations", "demand-locations", "signal-crimes")


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("category_id", _KEY, nullable=False),
        sa.Column("lat", sa.Integer(), nullable=True),
        sa.Column("lng", sa.Integer(), nullable=True),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("street", sa.String(length=120), nullable=True),
        sa.Column("spot", sa.String(length=140), nullable=True),
        sa.CheckConstraint("(lat IS NULL) = (lng IS NULL)", name=op.f("ck_incident_whole_point")),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_incident_has_a_reference")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_incident_category_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_incident_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("reference", name=op.f("uq_incident_reference")),
    )
    op.create_index(
        "ix_incident_unit_id_month_category_id",
        "incident",
        ["unit_id", "month", "category_id"],
        unique=False,
    )
    op.create_index("ix_incident_unit_id_on_date", "incident", ["unit_id", "on_date"], unique=False)
    op.create_table(
        "repeat_rule",
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("set_by_id", _KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "incidents BETWEEN 2 AND 100", name=op.f("ck_repeat_rule_incidents_from_2_to_100")
        ),
        sa.CheckConstraint("days BETWEEN 7 AND 366", name=op.f("ck_repeat_rule_days_from_7_to_366")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_repeat_rule_set_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_repeat_rule_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_repeat_rule")),
    )
    op.create_table(
        "neighbourhood_profile",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("owner_id", _KEY, nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], name=op.f("fk_neighbourhood_profile_owner_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_neighbourhood_profile_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbourhood_profile")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_neighbourhood_profile_unit_id")),
    )
    op.create_index(
        op.f("ix_neighbourhood_profile_owner_id"), "neighbourhood_profile", ["owner_id"], unique=False
    )
    op.create_table(
        "profile_part_version",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("profile_id", _KEY, nullable=False),
        sa.Column("part", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("written_by_id", _KEY, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_number", sa.Integer(), nullable=True),
        sa.Column("carried_from_id", _KEY, nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            f"part IN ({', '.join(repr(part) for part in _PARTS)})", name=op.f("ck_profile_part_version_part")
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_profile_part_version_says_something")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_profile_part_version_numbered_from_1")),
        sa.ForeignKeyConstraint(
            ["carried_from_id"],
            ["profile_part_version.id"],
            name=op.f("fk_profile_part_version_carried_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["neighbourhood_profile.id"], name=op.f("fk_profile_part_version_profile_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_profile_part_version_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_part_version")),
        sa.UniqueConstraint(
            "profile_id", "part", "number", name=op.f("uq_profile_part_version_profile_id_part_number")
        ),
    )
    op.create_index(
        op.f("ix_profile_part_version_carried_from_id"),
        "profile_part_version",
        ["carried_from_id"],
        unique=False,
    )
    op.create_table(
        "profile_review",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("profile_id", _KEY, nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["neighbourhood_profile.id"], name=op.f("fk_profile_review_profile_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["account.id"], name=op.f("fk_profile_review_reviewed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_review")),
    )
    op.create_index("ix_profile_review_profile_id", "profile_review", ["profile_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_profile_review_profile_id", table_name="profile_review")
    op.drop_table("profile_review")
    op.drop_index(op.f("ix_profile_part_version_carried_from_id"), table_name="profile_part_version")
    op.drop_table("profile_part_version")
    op.drop_index(op.f("ix_neighbourhood_profile_owner_id"), table_name="neighbourhood_profile")
    op.drop_table("neighbourhood_profile")
    op.drop_table("repeat_rule")
    op.drop_index("ix_incident_unit_id_on_date", table_name="incident")
    op.drop_index("ix_incident_unit_id_month_category_id", table_name="incident")
    op.drop_table("incident")
