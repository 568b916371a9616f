"""Months signed off, which nothing reopens."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: What a seal says for good; the words of its reason alone may come to name somebody who was erased.
_SEALED = (
    "unit_id, month_on, edition, definition, definition_name, puts_absence_back, counting, unconfirmed_days,"
    " hash, signed_by_id, signed_at"
)
#: table, what is refused
_REFUSED = (
    ("seal", "changed", f"UPDATE OF {_SEALED}"),
    ("seal", "removed", "DELETE"),
    ("sealed_figure", "changed", "UPDATE"),
    ("sealed_figure", "removed", "DELETE"),
    ("sealed_records", "changed", "UPDATE"),
    ("sealed_records", "removed", "DELETE"),
)


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(length=30), nullable=False),
        sa.Column("definition_name", sa.String(length=80), nullable=False),
        sa.Column("puts_absence_back", sa.Boolean(), nullable=False),
        sa.Column("counting", sa.Text(), nullable=False),
        sa.Column("unconfirmed_days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signed_by_id", _KEY, nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_seal_counts_editions_from_one")),
        sa.CheckConstraint("unconfirmed_days >= 0", name=op.f("ck_seal_counts_days")),
        sa.CheckConstraint(
            "(unconfirmed_days = 0 AND edition = 1) OR (reason IS NOT NULL AND reason <> '')",
            name=op.f("ck_seal_says_why_all_the_same"),
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["account.id"], name=op.f("fk_seal_signed_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_seal_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("unit_id", "month_on", "edition", name=op.f("uq_seal_unit_id_month_on_edition")),
    )
    op.create_table(
        "sealed_figure",
        sa.Column("seal_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("counted_in", sa.String(length=30), nullable=False),
        sa.Column("better", sa.String(length=30), nullable=False),
        sa.Column("is_recomputable", sa.Boolean(), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("why_unknown", sa.Text(), nullable=False),
        sa.Column("confirmed_shifts", sa.Integer(), nullable=True),
        sa.Column("shifts", sa.Integer(), nullable=True),
        sa.Column("mean", sa.String(length=40), nullable=True),
        sa.Column("low", sa.String(length=40), nullable=True),
        sa.Column("high", sa.String(length=40), nullable=True),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("why_no_limits", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_sealed_figure_seal_id")),
        sa.PrimaryKeyConstraint("seal_id", "code", name=op.f("pk_sealed_figure")),
    )
    op.create_table(
        "sealed_records",
        sa.Column("seal_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_sealed_records_seal_id")),
        sa.PrimaryKeyConstraint("seal_id", "code", "kind", name=op.f("pk_sealed_records")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """
            CREATE FUNCTION refuse_to_alter_a_seal() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'a_seal_is_never_altered' USING ERRCODE = 'check_violation';
            END $$
            """
        )
    for table, word, event in _REFUSED:
        body = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_to_alter_a_seal()"
            if op.get_bind().dialect.name == "postgresql"
            else "FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a_seal_is_never_altered'); END"
        )
        op.execute(f"CREATE TRIGGER {table}_is_never_{word} BEFORE {event} ON {table} {body}")


def downgrade() -> None:
    is_server = op.get_bind().dialect.name == "postgresql"
    for table, word, _event in _REFUSED:
        op.execute(f"DROP TRIGGER {table}_is_never_{word}" + (f" ON {table}" if is_server else ""))
    if is_server:
        op.execute("DROP FUNCTION refuse_to_alter_a_seal()")
    op.drop_table("sealed_records")
    op.drop_table("sealed_figure")
    op.drop_table("seal")
