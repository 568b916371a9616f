"""Time away is found by its shift: an index by reason led SQLite through the whole history for one month."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_away_reason_id", table_name="away")


def downgrade() -> None:
    op.create_index("ix_away_reason_id", "away", ["reason_id"], unique=False)
