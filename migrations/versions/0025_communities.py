"""Communities of neighbourhoods, what is said of them, population, specialist contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = ("ethnic", "faith", "language", "age", "housing", "business", "place", "interest")
_FLAGS = ("vulnerable", "emerging", "hard-to-reach")
_CODES = ("18+1", "16+1")


def _is_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    op.create_table(
        "community",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=True),
        sa.Column("carried_from_id", _KEY, nullable=True),
        sa.Column("carried_into_id", _KEY, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_community_has_a_name")),
        sa.CheckConstraint(_is_one_of("kind", _KINDS), name=op.f("ck_community_kind")),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_community_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["carried_from_id"], ["community.id"], name=op.f("fk_community_carried_from_id")
        ),
        sa.ForeignKeyConstraint(
            ["carried_into_id"], ["community.id"], name=op.f("fk_community_carried_into_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_community_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_community_unit_id_code")),
    )
    op.create_index(op.f("ix_community_carried_from_id"), "community", ["carried_from_id"], unique=False)
    op.create_table(
        "community_statement",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("flag", sa.String(length=30), nullable=False),
        sa.Column("is_none", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_by_id", _KEY, nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_is_one_of("flag", _FLAGS), name=op.f("ck_community_statement_flag")),
        sa.ForeignKeyConstraint(
            ["said_by_id"], ["account.id"], name=op.f("fk_community_statement_said_by_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_community_statement_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_statement")),
    )
    op.create_index(
        "ix_community_statement_unit_id_said_on", "community_statement", ["unit_id", "said_on"], unique=False
    )
    op.create_table(
        "population",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("codes", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("source <> ''", name=op.f("ck_population_has_a_source")),
        sa.CheckConstraint(_is_one_of("codes", _CODES), name=op.f("ck_population_codes")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_population_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
        sa.UniqueConstraint("unit_id", "as_at", name=op.f("uq_population_unit_id_as_at")),
    )
    op.create_table(
        "specialist_contact",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "telephone IS NOT NULL OR email IS NOT NULL", name=op.f("ck_specialist_contact_can_be_reached")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_specialist_contact_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_specialist_contact_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specialist_contact")),
    )
    op.create_index("ix_specialist_contact_unit_id", "specialist_contact", ["unit_id"], unique=False)
    op.create_table(
        "community_flag",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("community_id", _KEY, nullable=False),
        sa.Column("flag", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.Column("set_by_id", _KEY, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_community_flag_has_a_reason")),
        sa.CheckConstraint(
            "(ends_on IS NULL) = (end_reason IS NULL)",
            name=op.f("ck_community_flag_ends_on_a_day_and_for_a_reason"),
        ),
        sa.CheckConstraint(_is_one_of("flag", _FLAGS), name=op.f("ck_community_flag_flag")),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_community_flag_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_community_flag_community_id")
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_community_flag_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_flag")),
        sa.UniqueConstraint(
            "community_id", "flag", "starts_on", name=op.f("uq_community_flag_community_id_flag_starts_on")
        ),
    )
    op.create_table(
        "community_share",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("community_id", _KEY, nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "percent BETWEEN 0 AND 10000", name=op.f("ck_community_share_percent_from_0_to_100")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_community_share_community_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_share")),
        sa.UniqueConstraint("community_id", "as_at", name=op.f("uq_community_share_community_id_as_at")),
    )
    op.create_table(
        "population_count",
        sa.Column("population_id", _KEY, nullable=False),
        sa.Column("ethnicity", sa.String(length=3), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people >= 0", name=op.f("ck_population_count_people_never_negative")),
        sa.ForeignKeyConstraint(
            ["population_id"], ["population.id"], name=op.f("fk_population_count_population_id")
        ),
        sa.PrimaryKeyConstraint("population_id", "ethnicity", name=op.f("pk_population_count")),
    )
    op.create_table(
        "specialist_calling",
        sa.Column("contact_id", _KEY, nullable=False),
        sa.Column("calling", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            _is_one_of("calling", _KINDS + _FLAGS), name=op.f("ck_specialist_calling_calling")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["specialist_contact.id"], name=op.f("fk_specialist_calling_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", "calling", name=op.f("pk_specialist_calling")),
    )


def downgrade() -> None:
    op.drop_table("specialist_calling")
    op.drop_table("population_count")
    op.drop_table("community_share")
    op.drop_table("community_flag")
    op.drop_index("ix_specialist_contact_unit_id", table_name="specialist_contact")
    op.drop_table("specialist_contact")
    op.drop_table("population")
    op.drop_index("ix_community_statement_unit_id_said_on", table_name="community_statement")
    op.drop_table("community_statement")
    op.drop_index(op.f("ix_community_carried_from_id"), table_name="community")
    op.drop_table("community")
