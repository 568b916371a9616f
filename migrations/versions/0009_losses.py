"""Abstraction recorded where it happens: reports of members, running abstractions, what was lost."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
