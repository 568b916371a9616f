"""The one list of categories; contacts and what was said in them, patrols, five a day, checks of the mix."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: what every installation starts with, as it was when this was written
_CATEGORIES = (
    ("asb", "Anti-social behaviour"),
    ("noise", "Noise"),
    ("criminal-damage", "Criminal damage"),
    ("arson", "Arson"),
    ("drugs", "Drugs"),
    ("alcohol", "Alcohol"),
    ("burglary", "Burglary"),
    ("vehicle-crime", "Vehicle crime"),
    ("theft", "Theft"),
    ("robbery", "Robbery"),
    ("violence", "Violence"),
    ("hate-crime", "Hate crime"),
    ("parking", "Parking"),
    ("speeding", "Speeding"),
    ("litter", "Litter"),
    ("other", "Other"),
)
_KINDS_BEFORE = (
    "document",
    "problem",
    "campaign",
    "meeting",
    "review",
    "complaint",
    "impact",
    "board",
    "risk",
    "recommendation",
)
_ETHNICITIES = (
    *("W", "M", "A", "B", "O"),
    *("W1", "W2", "W3", "W9", "M1", "M2", "M3", "M9", "A1", "A2", "A3", "A4", "A9"),
    *("B1", "B2", "B9", "O2", "O9", "O1", "NS"),
)
_MODES = ("foot", "cycle", "vehicle", "bus", "mobile-station")
_ASKERS = ("nso", "constable", "pcso")


def upgrade() -> None:
    _let_matters_be((*_KINDS_BEFORE, "contact"))
    category = op.create_table(
        "category",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_category_has_a_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("code", name=op.f("uq_category_code")),
        sa.UniqueConstraint("name", name=op.f("uq_category_name")),
    )
    op.bulk_insert(
        category,
        [
            {"code": code, "name": name, "position": position, "version": 1}
            for position, (code, name) in enumerate(_CATEGORIES, start=1)
        ],
    )
    op.create_table(
        "community_contact",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=True),
        sa.Column("category_id", _KEY, nullable=True),
        sa.Column("ethnicity", sa.String(length=3), nullable=True),
        sa.Column("community_id", _KEY, nullable=True),
        sa.Column("is_of_none", sa.Boolean(), nullable=False),
        sa.Column("matter_id", _KEY, nullable=True),
        *_sent(),
        sa.CheckConstraint(
            _is_one_of("ethnicity", _ETHNICITIES),
            name=op.f("ck_community_contact_ethnicity_is_a_code_or_was_not_asked"),
        ),
        sa.CheckConstraint(
            "NOT is_of_none OR community_id IS NULL",
            name=op.f("ck_community_contact_is_of_a_community_or_of_none"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_community_contact_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_community_contact_community_id")
        ),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_community_contact_matter_id")),
        *_sent_by("community_contact"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_contact")),
        sa.UniqueConstraint("reference", name=op.f("uq_community_contact_reference")),
        sa.UniqueConstraint("matter_id", name=op.f("uq_community_contact_matter_id")),
    )
    for name, columns in _CONTACT_INDEXES.items():
        op.create_index(name, "community_contact", list(columns), unique=False)
    op.create_table(
        "contact_words",
        sa.Column("contact_id", _KEY, nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_contact_words_says_something")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["community_contact.id"], name=op.f("fk_contact_words_contact_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_words")),
    )
    op.create_index(op.f("ix_contact_words_written_at"), "contact_words", ["written_at"], unique=False)
    op.create_table(
        "patrol",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=30), nullable=False),
        sa.Column("spoken_to", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        *_sent(),
        sa.CheckConstraint(
            "minutes = ends_at - starts_at", name=op.f("ck_patrol_minutes_are_from_start_to_end")
        ),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 960", name=op.f("ck_patrol_ends_after_it_starts_within_16_hours")
        ),
        sa.CheckConstraint("spoken_to BETWEEN 0 AND 500", name=op.f("ck_patrol_speaks_to_none_or_more")),
        sa.CheckConstraint(_is_one_of("mode", _MODES), name=op.f("ck_patrol_mode")),
        *_sent_by("patrol"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sa.UniqueConstraint("reference", name=op.f("uq_patrol_reference")),
    )
    op.create_index("ix_patrol_unit_id_on_date", "patrol", ["unit_id", "on_date"], unique=False)
    op.create_index("ix_patrol_member_id_starts_at", "patrol", ["member_id", "starts_at"], unique=False)
    op.create_table(
        "asking_target",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("asker", sa.String(length=30), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("set_by_id", _KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("people BETWEEN 0 AND 50", name=op.f("ck_asking_target_asks_none_or_more")),
        sa.CheckConstraint(_is_one_of("asker", _ASKERS), name=op.f("ck_asking_target_asker")),
        sa.ForeignKeyConstraint(["set_by_id"], ["account.id"], name=op.f("fk_asking_target_set_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_asking_target_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asking_target")),
        sa.UniqueConstraint(
            "unit_id", "asker", "starts_on", name=op.f("uq_asking_target_unit_id_asker_starts_on")
        ),
    )
    op.create_table(
        "asked_nobody",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("signed_by_id", _KEY, nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_asked_nobody_has_a_reason")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_asked_nobody_member_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["account.id"], name=op.f("fk_asked_nobody_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_nobody")),
        sa.UniqueConstraint("member_id", "on_date", name=op.f("uq_asked_nobody_member_id_on_date")),
    )
    op.create_table(
        "mix_check",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("to_do", sa.String(length=500), nullable=False),
        sa.Column("checked_by_id", _KEY, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_mix_check_ends_after_it_starts")),
        sa.CheckConstraint("to_do <> ''", name=op.f("ck_mix_check_says_what_is_to_be_done")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["account.id"], name=op.f("fk_mix_check_checked_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mix_check_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mix_check")),
    )
    op.create_index("ix_mix_check_unit_id_last_on", "mix_check", ["unit_id", "last_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_mix_check_unit_id_last_on", table_name="mix_check")
    op.drop_table("mix_check")
    op.drop_table("asked_nobody")
    op.drop_table("asking_target")
    op.drop_index("ix_patrol_member_id_starts_at", table_name="patrol")
    op.drop_index("ix_patrol_unit_id_on_date", table_name="patrol")
    op.drop_table("patrol")
    op.drop_index(op.f("ix_contact_words_written_at"), table_name="contact_words")
    op.drop_table("contact_words")
    for name in reversed(_CONTACT_INDEXES):
        op.drop_index(name, table_name="community_contact")
    op.drop_table("community_contact")
    op.drop_table("category")
    of_contacts = "matter_id IN (SELECT id FROM matter WHERE kind = 'contact')"
    # What hung on them is the unit's, as far as it can be.
    op.execute(f"UPDATE clock SET matter_id = NULL WHERE {of_contacts}")  # noqa: S608 - our own words
    op.execute(f"UPDATE action SET matter_id = NULL WHERE {of_contacts}")  # noqa: S608 - our own words
    op.execute(f"DELETE FROM share WHERE {of_contacts}")  # noqa: S608 - our own words
    op.execute("DELETE FROM matter WHERE kind = 'contact'")
    _let_matters_be(_KINDS_BEFORE)


_CONTACT_INDEXES = {
    "ix_community_contact_unit_id_on_date": ("unit_id", "on_date", "ethnicity", "community_id", "is_of_none"),
    "ix_community_contact_member_id_at": ("member_id", "at"),
    "ix_community_contact_community_id_on_date": ("community_id", "on_date"),
    "ix_community_contact_category_id": ("category_id",),
}


def _is_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _sent() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("member_id", _KEY, nullable=True),
        sa.Column("recorded_by_id", _KEY, nullable=True),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _sent_by(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f(f"fk_{table}_member_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f(f"fk_{table}_recorded_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_id")),
    )


def _let_matters_be(kinds: tuple[str, ...]) -> None:
    law = op.f("ck_matter_kind")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(law, "matter", type_="check")
        op.create_check_constraint(law, "matter", _is_one_of("kind", kinds))
        return
    # SQLite changes no law of a table, so the table is made anew.
    op.create_table(
        "matter_remade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_matter_closes_after_it_opens")
        ),
        sa.CheckConstraint(_is_one_of("kind", kinds), name=law),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_matter_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("reference", name=op.f("uq_matter_reference")),
    )
    columns = "id, kind, reference, title, unit_id, opened_on, closed_on, version"
    op.execute(f"INSERT INTO matter_remade ({columns}) SELECT {columns} FROM matter")  # noqa: S608 - our own words
    op.drop_index("ix_matter_unit_id_kind", table_name="matter")
    op.drop_table("matter")
    op.rename_table("matter_remade", "matter")
    op.create_index("ix_matter_unit_id_kind", "matter", ["unit_id", "kind"], unique=False)
