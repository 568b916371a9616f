"""Boundaries of units, postcodes and streets."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: text that is compared byte by byte on every engine
_BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "boundary",
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("corners", sa.Integer(), nullable=False),
        sa.Column("is_inherited", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_boundary_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_boundary")),
    )
    op.create_table(
        "boundary_shape",
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("shape", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["boundary.unit_id"], name=op.f("fk_boundary_shape_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_boundary_shape")),
    )
    op.create_table(
        "boundary_cell",
        sa.Column("cell", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["boundary.unit_id"], name=op.f("fk_boundary_cell_unit_id")),
        sa.PrimaryKeyConstraint("cell", "unit_id", name=op.f("pk_boundary_cell")),
    )
    op.create_index("ix_boundary_cell_unit_id", "boundary_cell", ["unit_id"], unique=False)
    op.create_table(
        "postcode",
        sa.Column("postcode", _BYTES, nullable=False),
        sa.Column("lat", sa.Integer(), nullable=False),
        sa.Column("lng", sa.Integer(), nullable=False),
        sa.Column("terminated_on", sa.Date(), nullable=True),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.CheckConstraint("quality BETWEEN 1 AND 8", name=op.f("ck_postcode_has_a_position")),
        sa.PrimaryKeyConstraint("postcode", name=op.f("pk_postcode")),
    )
    op.create_table(
        "street",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("search_key", _BYTES, nullable=False),
        sa.Column("lat", sa.Integer(), nullable=False),
        sa.Column("lng", sa.Integer(), nullable=False),
        sa.Column("neighbourhood_id", _KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["neighbourhood_id"], ["unit.id"], name=op.f("fk_street_neighbourhood_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_street")),
        sa.UniqueConstraint("name", "lat", "lng", name=op.f("uq_street_name_lat_lng")),
    )
    op.create_index("ix_street_neighbourhood_id", "street", ["neighbourhood_id"], unique=False)
    op.create_index("ix_street_search_key", "street", ["search_key"], unique=False)


def downgrade() -> None:
    for table in ("street", "postcode", "boundary_cell", "boundary_shape", "boundary"):
        op.drop_table(table)
