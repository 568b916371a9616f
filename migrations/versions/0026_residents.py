"""Residents who were invited to look are people of their own; a letter's history goes with the letter."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LASTS = sa.text("ended_at IS NULL")
_LAW = "ck_share_is_with_an_agency_or_a_resident"


def _is_on_a_server() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    if not _is_on_a_server():
        op.execute("PRAGMA secure_delete = ON")  # names would stay readable where they stood
    op.create_table(
        "resident",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident")),
    )
    op.create_index("ix_resident_email", "resident", ["email"])
    op.execute(
        "INSERT INTO resident (id, name, email, version)"
        " SELECT id, resident_name, resident_email, 1 FROM share WHERE resident_email IS NOT NULL"
    )
    # Who was forgotten before is on no list of erasures; that they are erased is said as it is of others.
    op.execute(
        "INSERT INTO person_salt (person_table, record_id) SELECT 'resident', id FROM resident WHERE name = '(erased)'"
    )
    op.execute("UPDATE resident SET name = 'Erased resident ' || id WHERE name = '(erased)'")
    if _is_on_a_server():
        op.execute(
            "SELECT setval(pg_get_serial_sequence('resident', 'id'), max(id)) FROM resident HAVING max(id) IS NOT NULL"
        )
    _drop_indexes_of_shares("uq_share_with_a_resident")
    with op.batch_alter_table("share") as table:
        table.add_column(sa.Column("resident_id", _KEY, nullable=True))
        table.create_foreign_key(op.f("fk_share_resident_id"), "resident", ["resident_id"], ["id"])
        table.drop_constraint(op.f(_LAW), type_="check")
    op.execute("UPDATE share SET resident_id = id WHERE resident_email IS NOT NULL")
    with op.batch_alter_table("share") as table:
        table.drop_column("resident_name")
        table.drop_column("resident_email")
        table.create_check_constraint(op.f(_LAW), "(agency_id IS NULL) <> (resident_id IS NULL)")
    _make_indexes_of_shares()
    op.create_index("ix_share_resident_id", "share", ["resident_id"])
    op.execute(
        "UPDATE partner_account SET version = version + 1, ended_at ="
        " (SELECT CASE WHEN closed_at < began_at THEN began_at ELSE closed_at END FROM account"
        " WHERE account.id = account_id)"
        " WHERE ended_at IS NULL AND account_id IN (SELECT account.id FROM account JOIN person_salt"
        " ON person_table = 'account' AND record_id = account.id WHERE salt IS NULL AND closed_at IS NOT NULL)"
    )
    _let_events_go_with_letters(ondelete="CASCADE")


def downgrade() -> None:
    _let_events_go_with_letters(ondelete=None)
    op.drop_index("ix_share_resident_id", table_name="share")
    _drop_indexes_of_shares()
    with op.batch_alter_table("share") as table:
        table.add_column(sa.Column("resident_name", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("resident_email", sa.String(length=254), nullable=True))
        table.drop_constraint(op.f(_LAW), type_="check")
    for column in ("name", "email"):
        op.execute(
            f"UPDATE share SET resident_{column} ="  # noqa: S608  nothing of a user's
            f" (SELECT {column} FROM resident WHERE resident.id = resident_id)"
        )
    with op.batch_alter_table("share") as table:
        table.drop_constraint(op.f("fk_share_resident_id"), type_="foreignkey")
        table.drop_column("resident_id")
        table.create_check_constraint(op.f(_LAW), "(agency_id IS NULL) <> (resident_email IS NULL)")
    _make_indexes_of_shares()
    op.create_index(
        "uq_share_with_a_resident",
        "share",
        ["matter_id", "resident_email"],
        unique=True,
        sqlite_where=_LASTS,
        postgresql_where=_LASTS,
    )
    op.drop_table("resident")
    op.execute("DELETE FROM person_salt WHERE person_table = 'resident'")


def _drop_indexes_of_shares(*others: str) -> None:
    for name in ("ix_share_matter_id", "ix_share_agency_id_ends_at", "uq_share_with_an_agency", *others):
        op.drop_index(name, table_name="share")


def _make_indexes_of_shares() -> None:
    op.create_index("ix_share_matter_id", "share", ["matter_id"])
    op.create_index("ix_share_agency_id_ends_at", "share", ["agency_id", "ends_at"])
    op.create_index(
        "uq_share_with_an_agency",
        "share",
        ["matter_id", "agency_id"],
        unique=True,
        sqlite_where=_LASTS,
        postgresql_where=_LASTS,
    )


def _let_events_go_with_letters(*, ondelete: str | None) -> None:
    name = op.f("fk_letter_event_letter_id")
    with op.batch_alter_table("letter_event") as table:
        table.drop_constraint(name, type_="foreignkey")
        table.create_foreign_key(name, "letter", ["letter_id"], ["id"], ondelete=ondelete)
