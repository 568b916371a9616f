"""What was sent with a single-use key, so that a changed form sent again is told."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "submission", sa.Column("sent_digest", sa.String(length=64), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("submission", "sent_digest")
