"""Matters, which work and files and shares will hang on; partner agencies; five more roles."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = (
    "document",
    "problem",
    "campaign",
    "meeting",
    "review",
    "complaint",
    "impact",
    "board",
    "risk",
    "recommendation",
)
_NEW_ROLES = ("callhandler", "analyst", "communications", "cohesion", "authority")
_ROLES = (
    "admin",
    "board",
    "manager",
    "inspector",
    "sergeant",
    "officer",
    "pcso",
    "partner",
    "calltaker",
    "callhandler",
    "gatekeeper",
    "analyst",
    "communications",
    "cohesion",
    "customer",
    "authority",
    "hmic",
)
_ROLES_BEFORE = tuple(role for role in _ROLES if role not in _NEW_ROLES)


def upgrade() -> None:
    _let_roles_be(_ROLES)
    op.create_table(
        "matter",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_matter_closes_after_it_opens")
        ),
        sa.CheckConstraint(_is_one_of("kind", _KINDS), name=op.f("ck_matter_kind")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_matter_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
        sa.UniqueConstraint("reference", name=op.f("uq_matter_reference")),
    )
    op.create_index("ix_matter_unit_id_kind", "matter", ["unit_id", "kind"], unique=False)
    op.create_table(
        "agency",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_agency_closes_after_it_opens")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", name=op.f("uq_agency_code")),
    )
    op.create_table(
        "agency_succession",
        sa.Column("predecessor_id", _KEY, nullable=False),
        sa.Column("successor_id", _KEY, nullable=False),
        sa.CheckConstraint(
            "predecessor_id <> successor_id", name=op.f("ck_agency_succession_never_its_own_successor")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["agency.id"], name=op.f("fk_agency_succession_predecessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["agency.id"], name=op.f("fk_agency_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_agency_succession")),
    )


def downgrade() -> None:
    op.drop_table("agency_succession")
    op.drop_table("agency")
    op.drop_index("ix_matter_unit_id_kind", table_name="matter")
    op.drop_table("matter")
    op.execute(sa.text(f"DELETE FROM role_grant WHERE {_is_one_of('role', _NEW_ROLES)}"))  # noqa: S608  our own words
    _let_roles_be(_ROLES_BEFORE)


def _is_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _let_roles_be(roles: tuple[str, ...]) -> None:
    law = op.f("ck_role_grant_role")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(law, "role_grant", type_="check")
        op.create_check_constraint(law, "role_grant", _is_one_of("role", roles))
        return
    # SQLite changes no law of a table, so the table is made anew.
    op.create_table(
        "role_grant_remade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.CheckConstraint(_is_one_of("role", roles), name=law),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account_id", "unit_id", "role", name=op.f("uq_role_grant_account_id_unit_id_role")
        ),
    )
    op.execute(
        "INSERT INTO role_grant_remade (id, account_id, unit_id, role)"
        " SELECT id, account_id, unit_id, role FROM role_grant"
    )
    op.drop_index("ix_role_grant_unit_id", table_name="role_grant")
    op.drop_table("role_grant")
    op.rename_table("role_grant_remade", "role_grant")
    op.create_index("ix_role_grant_unit_id", "role_grant", ["unit_id"], unique=False)
