"""What problems are found by."""

import sqlalchemy as sa
from alembic import op

from npt.problem_search.search_index.laying import TERMS

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "terms_due",
        sa.Column("writer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("problem_id", _KEY, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("writer", "problem_id", name=op.f("pk_terms_due")),
        sqlite_with_rowid=False,
    )
    op.drop_index("ix_problem_stage", table_name="problem")
    op.create_index("ix_problem_stage_id", "problem", ["stage", "id"])
    op.create_index("ix_matter_kind_closed_on", "matter", ["kind", "closed_on"])
    for statement in TERMS.laid[op.get_bind().dialect.name]:
        op.execute(statement)
    # Every problem that is there already is due at the next commit.
    op.execute("INSERT INTO terms_due (writer, problem_id) SELECT 0, id FROM problem")


def downgrade() -> None:
    for statement in TERMS.taken_off[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("terms_due")
    op.drop_index("ix_matter_kind_closed_on", table_name="matter")
    op.drop_index("ix_problem_stage_id", table_name="problem")
    op.create_index("ix_problem_stage", "problem", ["stage"])
