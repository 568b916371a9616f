"""The roll-up: sums of duty by unit, role and month, recomputed in the transaction that saves."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
