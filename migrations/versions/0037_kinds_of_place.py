"""What kind of place a problem is at."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_KINDS = (
    "street",
    "homes",
    "shops",
    "car-park",
    "green",
    "school",
    "licensed",
    "transport",
    "business",
    "public-building",
    "other",
)


def upgrade() -> None:
    # As one statement, which SQLite can do without making the table anew.
    kinds = ", ".join(f"'{kind}'" for kind in _KINDS)
    op.execute(
        "ALTER TABLE problem ADD COLUMN place_kind VARCHAR(30)"
        f" CONSTRAINT ck_problem_place_kind CHECK (place_kind IN ({kinds}))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE problem DROP COLUMN place_kind")
