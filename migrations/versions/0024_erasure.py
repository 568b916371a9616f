"""Salts behind the journal's digests of people, and the list of who was erased."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "person_salt",
        sa.Column("person_table", sa.String(length=40), nullable=False),
        sa.Column("record_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("person_table", "record_id", name=op.f("pk_person_salt")),
    )
    op.create_table(
        "erasure",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("person_table", sa.String(length=40), nullable=False),
        sa.Column("record_id", _KEY, nullable=False),
        sa.Column("reference_digest", sa.String(length=64), nullable=False),
        sa.Column("key_mark", sa.String(length=16), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_person_table_record_id", "erasure", ["person_table", "record_id"])
    op.create_index(
        "ix_erasure_person_table_reference_digest", "erasure", ["person_table", "reference_digest"]
    )


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("person_salt")
