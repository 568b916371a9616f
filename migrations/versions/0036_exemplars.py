"""The library of exemplars."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "exemplar",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("problem_words", sa.String(length=3000), nullable=False),
        sa.Column("solution", sa.String(length=3000), nullable=False),
        sa.Column("outcomes", sa.String(length=3000), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column(
            "focus",
            _one_of("focus", "prevention", "diversion", "enforcement", "place", "support", "partnership"),
            nullable=False,
        ),
        sa.Column("partners", sa.String(length=200), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column(
            "scale", _one_of("scale", "place", "neighbourhood", "team", "area", "force"), nullable=False
        ),
        sa.Column("marked_by_id", _KEY, nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "title <> '' AND solution <> '' AND outcomes <> ''", name=op.f("ck_exemplar_says_what_was_done")
        ),
        sa.ForeignKeyConstraint(["marked_by_id"], ["account.id"], name=op.f("fk_exemplar_marked_by_id")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_exemplar_problem_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar")),
        sa.UniqueConstraint("problem_id", name=op.f("uq_exemplar_problem_id")),
    )


def downgrade() -> None:
    op.drop_table("exemplar")
