"""The one list of categories."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0025"
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


def upgrade() -> None:
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


def downgrade() -> None:
    op.drop_table("category")
