"""Abstraction recorded where it happens: reports of members, running abstractions, what was lost."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
