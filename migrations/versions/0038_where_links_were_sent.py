"""Where the links of those who raised priorities were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("priority_link") as table:
        table.add_column(sa.Column("sent_to", sa.String(length=254), nullable=False, server_default=""))
    # As far as is known: where they are reached now.
    op.execute(
        "UPDATE priority_link SET sent_to = coalesce((SELECT coalesce(key_individual.email, originator.email)"
        " FROM originator LEFT JOIN key_individual ON key_individual.id = originator.individual_id"
        " WHERE originator.id = priority_link.originator_id), '')"
    )
    with op.batch_alter_table("priority_link") as table:
        table.alter_column("sent_to", existing_type=sa.String(length=254), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("priority_link") as table:
        table.drop_column("sent_to")
