"""Key individuals: who can speak for part of a neighbourhood, what they agreed to, and that they were met."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SECTORS = (
    "resident",
    "business",
    "school",
    "faith",
    "health",
    "voluntary",
    "youth",
    "elderly",
    "statutory",
    "other",
)
_WAYS = ("call", "text", "email", "letter", "visit")
_BASES = ("public-task", "consent")
_STAGES = ("proposed", "active", "left", "merged")
_REASONS = ("moved", "role-ended", "asked", "not-reached", "not-needed", "died", "other")
_KINDS = ("visit", "call", "meeting", "survey", "message")
_TOPICS = ("news", "meetings", "surveys", "alerts")


def _is_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    op.create_table(
        "key_individual",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=True),
        sa.Column("sector", sa.String(length=30), nullable=False),
        sa.Column("ethnicity", sa.String(length=3), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("preferred", sa.String(length=30), nullable=True),
        sa.Column("best_time", sa.String(length=100), nullable=True),
        sa.Column("language", sa.String(length=100), nullable=True),
        sa.Column("basis", sa.String(length=30), nullable=False),
        sa.Column("basis_on", sa.Date(), nullable=False),
        sa.Column("basis_by_id", _KEY, nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", _KEY, nullable=True),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_because", sa.String(length=30), nullable=True),
        sa.Column("merged_into_id", _KEY, nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by_id", _KEY, nullable=True),
        sa.Column("last_met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_since", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_is_one_of("sector", _SECTORS), name=op.f("ck_key_individual_sector")),
        sa.CheckConstraint(_is_one_of("preferred", _WAYS), name=op.f("ck_key_individual_preferred")),
        sa.CheckConstraint(_is_one_of("basis", _BASES), name=op.f("ck_key_individual_basis")),
        sa.CheckConstraint(_is_one_of("stage", _STAGES), name=op.f("ck_key_individual_stage")),
        sa.CheckConstraint(_is_one_of("left_because", _REASONS), name=op.f("ck_key_individual_left_because")),
        sa.CheckConstraint(
            "(stage = 'left') = (left_on IS NOT NULL)", name=op.f("ck_key_individual_left_on_a_day")
        ),
        sa.CheckConstraint(
            "(stage = 'merged') = (merged_into_id IS NOT NULL)",
            name=op.f("ck_key_individual_merged_into_another"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_key_individual_has_a_name")),
        sa.CheckConstraint(
            "stage <> 'active' OR active_on IS NOT NULL", name=op.f("ck_key_individual_active_from_a_day")
        ),
        sa.CheckConstraint(
            "stage <> 'proposed' OR active_on IS NULL",
            name=op.f("ck_key_individual_proposed_is_not_active_yet"),
        ),
        sa.CheckConstraint(
            "(left_on IS NULL) = (left_because IS NULL)", name=op.f("ck_key_individual_left_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["basis_by_id"], ["account.id"], name=op.f("fk_key_individual_basis_by_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["key_individual.id"], name=op.f("fk_key_individual_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_key_individual_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["account.id"], name=op.f("fk_key_individual_reviewed_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_key_individual_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_individual")),
        sa.UniqueConstraint("reference", name=op.f("uq_key_individual_reference")),
    )
    op.create_index("ix_key_individual_merged_into_id", "key_individual", ["merged_into_id"], unique=False)
    op.create_index("ix_key_individual_quiet_since", "key_individual", ["quiet_since", "id"], unique=False)
    op.create_index(
        "ix_key_individual_sector_stage_unit_id",
        "key_individual",
        ["sector", "stage", "unit_id"],
        unique=False,
    )
    op.create_index("ix_key_individual_unit_id_stage", "key_individual", ["unit_id", "stage"], unique=False)
    op.create_table(
        "encounter",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("individual_id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=True),
        sa.Column("said", sa.String(length=2000), nullable=True),
        sa.Column("told", sa.String(length=2000), nullable=True),
        sa.CheckConstraint(_is_one_of("kind", _KINDS), name=op.f("ck_encounter_kind")),
        sa.ForeignKeyConstraint(
            ["individual_id"], ["key_individual.id"], name=op.f("fk_encounter_individual_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_encounter_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encounter")),
    )
    op.create_index("ix_encounter_individual_id_at", "encounter", ["individual_id", "at"], unique=False)
    op.create_index("ix_encounter_record", "encounter", ["record"], unique=False)
    op.create_index("ix_encounter_unit_id_at", "encounter", ["unit_id", "at"], unique=False)
    op.create_table(
        "key_individual_community",
        sa.Column("individual_id", _KEY, nullable=False),
        sa.Column("community_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_key_individual_community_community_id")
        ),
        sa.ForeignKeyConstraint(
            ["individual_id"], ["key_individual.id"], name=op.f("fk_key_individual_community_individual_id")
        ),
        sa.PrimaryKeyConstraint("individual_id", "community_id", name=op.f("pk_key_individual_community")),
    )
    op.create_index(
        "ix_key_individual_community_community_id", "key_individual_community", ["community_id"], unique=False
    )
    op.create_table(
        "key_individual_consent",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("individual_id", _KEY, nullable=False),
        sa.Column("topic", sa.String(length=30), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", _KEY, nullable=True),
        sa.Column("is_by_themselves", sa.Boolean(), nullable=False),
        sa.CheckConstraint(_is_one_of("topic", _TOPICS), name=op.f("ck_key_individual_consent_topic")),
        sa.ForeignKeyConstraint(
            ["individual_id"], ["key_individual.id"], name=op.f("fk_key_individual_consent_individual_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_key_individual_consent_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_individual_consent")),
    )
    op.create_index(
        "ix_key_individual_consent_individual_id", "key_individual_consent", ["individual_id"], unique=False
    )
    op.create_table(
        "key_individual_move",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("individual_id", _KEY, nullable=False),
        sa.Column("from_unit_id", _KEY, nullable=False),
        sa.Column("to_unit_id", _KEY, nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_unit_id"], ["unit.id"], name=op.f("fk_key_individual_move_from_unit_id")
        ),
        sa.ForeignKeyConstraint(
            ["individual_id"], ["key_individual.id"], name=op.f("fk_key_individual_move_individual_id")
        ),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_key_individual_move_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_individual_move")),
        sa.UniqueConstraint(
            "individual_id", "moved_on", name=op.f("uq_key_individual_move_individual_id_moved_on")
        ),
    )
    op.create_index(
        "ix_key_individual_move_from_unit_id", "key_individual_move", ["from_unit_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_key_individual_move_from_unit_id", table_name="key_individual_move")
    op.drop_table("key_individual_move")
    op.drop_index("ix_key_individual_consent_individual_id", table_name="key_individual_consent")
    op.drop_table("key_individual_consent")
    op.drop_index("ix_key_individual_community_community_id", table_name="key_individual_community")
    op.drop_table("key_individual_community")
    op.drop_index("ix_encounter_unit_id_at", table_name="encounter")
    op.drop_index("ix_encounter_record", table_name="encounter")
    op.drop_index("ix_encounter_individual_id_at", table_name="encounter")
    op.drop_table("encounter")
    op.drop_index("ix_key_individual_unit_id_stage", table_name="key_individual")
    op.drop_index("ix_key_individual_sector_stage_unit_id", table_name="key_individual")
    op.drop_index("ix_key_individual_quiet_since", table_name="key_individual")
    op.drop_index("ix_key_individual_merged_into_id", table_name="key_individual")
    op.drop_table("key_individual")
