"""Groups of agencies, partner accounts with their vetting, what is shared with whom and until when."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_VETTING = ("none", "nppv1", "nppv2-abbreviated", "nppv2-full", "nppv3")
_LEVELS = ("exists", "summary", "full")
_BASES = (
    "crime-and-disorder",
    "law-enforcement",
    "public-task",
    "consent",
    "vital-interests",
    "safeguarding",
    "offenders",
    "required",
    "nothing-personal",
)
_ENDS = ("withdrawn", "agency closed", "ran out", "not confirmed in time")
_LASTS = sa.text("ended_at IS NULL")


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _is_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    op.create_table(
        "agency_group",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_group")),
        sa.UniqueConstraint("code", name=op.f("uq_agency_group_code")),
    )
    op.create_table(
        "group_membership",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("agency_id", _KEY, nullable=False),
        sa.Column("group_id", _KEY, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_group_membership_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_group_membership_agency_id")),
        sa.ForeignKeyConstraint(["group_id"], ["agency_group.id"], name=op.f("fk_group_membership_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_membership")),
        sa.UniqueConstraint(
            "agency_id",
            "group_id",
            "starts_on",
            name=op.f("uq_group_membership_agency_id_group_id_starts_on"),
        ),
    )
    op.create_index("ix_group_membership_group_id", "group_membership", ["group_id"], unique=False)
    op.create_table(
        "partner_account",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("agency_id", _KEY, nullable=False),
        sa.Column("vetting", sa.String(length=30), nullable=False),
        sa.Column("vetted_until", sa.Date(), nullable=True),
        sa.Column("began_at", _instant(), nullable=False),
        sa.Column("ended_at", _instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(vetting = 'none') = (vetted_until IS NULL)",
            name=op.f("ck_partner_account_vetting_has_a_last_day"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= began_at", name=op.f("ck_partner_account_ends_after_it_begins")
        ),
        sa.CheckConstraint(_is_one_of("vetting", _VETTING), name=op.f("ck_partner_account_vetting")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_partner_account_account_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_partner_account_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_account")),
    )
    op.create_index("ix_partner_account_agency_id", "partner_account", ["agency_id"], unique=False)
    op.create_index(
        "uq_partner_account_one_agency",
        "partner_account",
        ["account_id"],
        unique=True,
        sqlite_where=_LASTS,
        postgresql_where=_LASTS,
    )
    op.create_table(
        "share",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=False),
        sa.Column("agency_id", _KEY, nullable=True),
        sa.Column("level", sa.String(length=30), nullable=True),
        sa.Column("resident_name", sa.String(length=200), nullable=True),
        sa.Column("resident_email", sa.String(length=254), nullable=True),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("basis", sa.String(length=30), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("granted_at", _instant(), nullable=False),
        sa.Column("granted_by", _KEY, nullable=True),
        sa.Column("confirm_by", _instant(), nullable=True),
        sa.Column("ended_at", _instant(), nullable=True),
        sa.Column("end_reason", sa.String(length=30), nullable=True),
        sa.Column("ends_at", _instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(agency_id IS NULL) <> (resident_email IS NULL)",
            name=op.f("ck_share_is_with_an_agency_or_a_resident"),
        ),
        sa.CheckConstraint(
            "(agency_id IS NULL) = (level IS NULL)", name=op.f("ck_share_an_agency_has_a_level")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_share_what_ended_says_why")
        ),
        sa.CheckConstraint("ends_at >= granted_at", name=op.f("ck_share_ends_after_it_begins")),
        sa.CheckConstraint(_is_one_of("level", _LEVELS), name=op.f("ck_share_level")),
        sa.CheckConstraint(_is_one_of("basis", _BASES), name=op.f("ck_share_basis")),
        sa.CheckConstraint(_is_one_of("end_reason", _ENDS), name=op.f("ck_share_end_reason")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_share_matter_id")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_share_agency_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_share_granted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
    )
    op.create_index("ix_share_matter_id", "share", ["matter_id"], unique=False)
    op.create_index("ix_share_agency_id_ends_at", "share", ["agency_id", "ends_at"], unique=False)
    for name, column in (
        ("uq_share_with_an_agency", "agency_id"),
        ("uq_share_with_a_resident", "resident_email"),
    ):
        op.create_index(
            name,
            "share",
            ["matter_id", column],
            unique=True,
            sqlite_where=_LASTS,
            postgresql_where=_LASTS,
        )
    op.create_table(
        "share_answer",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("share_id", _KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_answer_share_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_answer")),
    )
    op.create_index("ix_share_answer_share_id", "share_answer", ["share_id"], unique=False)


def downgrade() -> None:
    for table in ("share_answer", "share", "partner_account", "group_membership", "agency_group"):
        op.drop_table(table)
