"""Neighbourhood specialist officers with the PCSOs they line-manage, and student officer attachments."""

import sqlalchemy as sa
from alembic import op

from npt.people.invariants import SPECIALIST_INVARIANTS

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = ("substantive", "temporary", "attachment")
_ROLES = ("inspector", "sergeant", "constable", "pcso", "special", "volunteer")
_OF_STUDENTS = {
    "ck_posting_student_officers_are_constables": "kind <> 'student' OR role = 'constable'",
    "ck_posting_student_officers_move_on": "kind <> 'student' OR ends_on IS NOT NULL",
}


def upgrade() -> None:
    _let_postings_be_of((*_KINDS, "student"), _OF_STUDENTS, {})
    op.create_table(
        "specialist",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("posting_id", _KEY, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("is_payment_due", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_specialist_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_specialist_posting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specialist")),
        sa.UniqueConstraint("posting_id", "starts_on", name=op.f("uq_specialist_posting_id_starts_on")),
    )
    op.create_table(
        "line_management",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("specialist_id", _KEY, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_line_management_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_line_management_member_id")),
        sa.ForeignKeyConstraint(
            ["specialist_id"], ["specialist.id"], name=op.f("fk_line_management_specialist_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_management")),
        sa.UniqueConstraint("member_id", "starts_on", name=op.f("uq_line_management_member_id_starts_on")),
    )
    op.create_index("ix_line_management_specialist_id", "line_management", ["specialist_id"], unique=False)
    for invariant in SPECIALIST_INVARIANTS:
        for statement in invariant.laid[op.get_bind().dialect.name]:
            op.get_bind().exec_driver_sql(statement)
    op.create_table(
        "student_rule",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_student_rule_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_student_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_rule")),
        sa.UniqueConstraint("unit_id", "starts_on", name=op.f("uq_student_rule_unit_id_starts_on")),
    )


def downgrade() -> None:
    op.drop_table("student_rule")
    op.drop_index("ix_line_management_specialist_id", table_name="line_management")
    op.drop_table("line_management")
    op.drop_table("specialist")
    # What there was before a student officer attachment: an attachment.
    op.execute("UPDATE posting SET kind = 'attachment' WHERE kind = 'student'")
    _let_postings_be_of(_KINDS, {}, _OF_STUDENTS)


def _let_postings_be_of(kinds: tuple[str, ...], new_laws: dict[str, str], old_laws: dict[str, str]) -> None:
    """Let postings be of these kinds, under these further laws in place of old ones."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    if op.get_bind().dialect.name == "sqlite":  # it changes no law of a table, so the table is made anew
        _remake_postings(kinds, new_laws)
        return
    for name in ("ck_posting_kind", *old_laws):
        op.drop_constraint(op.f(name), "posting", type_="check")
    for name, law in {"ck_posting_kind": f"kind IN ({listed})", **new_laws}.items():
        op.create_check_constraint(op.f(name), "posting", law)


def _remake_postings(kinds: tuple[str, ...], laws: dict[str, str]) -> None:
    op.create_table(
        "posting_remade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", _named("role", _ROLES), nullable=False),
        sa.Column("fte", sa.Integer(), nullable=False),
        sa.Column("kind", _named("kind", kinds), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_posting_ends_after_it_starts")
        ),
        sa.CheckConstraint("fte > 0 AND fte <= 100", name=op.f("ck_posting_fte_above_0_up_to_1")),
        *(sa.CheckConstraint(law, name=op.f(name)) for name, law in laws.items()),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_posting_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_posting_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint(
            "member_id",
            "unit_id",
            "role",
            "kind",
            "starts_on",
            name=op.f("uq_posting_member_id_unit_id_role_kind_starts_on"),
        ),
    )
    op.execute(
        "INSERT INTO posting_remade (id, member_id, unit_id, role, fte, kind, starts_on, ends_on, version)"
        " SELECT id, member_id, unit_id, role, fte, kind, starts_on, ends_on, version FROM posting"
    )
    op.drop_index("ix_posting_unit_id_starts_on", table_name="posting")
    op.drop_table("posting")
    op.rename_table("posting_remade", "posting")
    op.create_index("ix_posting_unit_id_starts_on", "posting", ["unit_id", "starts_on"], unique=False)


def _named(name: str, values: tuple[str, ...]) -> sa.Enum:
    law = op.f(f"ck_posting_{name}")
    return sa.Enum(*values, name=law, native_enum=False, create_constraint=True, length=30)
