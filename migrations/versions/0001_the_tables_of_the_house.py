"""The tables of the house.

The statements that SQLAlchemy cannot say (triggers, exclusion constraints) and the rows that a new installation
starts with come from the features that own them.
"""

import sqlalchemy as sa
from alembic import op

from npt.counting.shipped import seed
from npt.journal.rules import JOURNAL_TRIGGERS, JOURNAL_TRIGGERS_AWAY
from npt.shifts.invariants import DUTY_INVARIANTS, DUTY_INVARIANTS_DROPS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "definition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("puts_absence_back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("code", name=op.f("uq_definition_code")),
    )
    op.create_table(
        "journal_entry",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("record_type", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("record_count", sa.Integer(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal_entry")),
    )
    op.create_index("ix_journal_entry_account_id", "journal_entry", ["account_id"], unique=False)
    op.create_index(
        "ix_journal_entry_record_type_record_id", "journal_entry", ["record_type", "record_id"], unique=False
    )
    op.create_table(
        "member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("number", name=op.f("uq_member_number")),
    )
    op.create_table(
        "reason",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "absence", "abstraction", name="kind", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("needs_note", sa.Boolean(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("is_force_wide", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
        sa.UniqueConstraint("code", name=op.f("uq_reason_code")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email_digest", sa.String(length=64), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(
        "ix_sign_in_attempt_address_digest_at", "sign_in_attempt", ["address_digest", "at"], unique=False
    )
    op.create_index(
        "ix_sign_in_attempt_email_digest_at", "sign_in_attempt", ["email_digest", "at"], unique=False
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "force",
                "bcu",
                "area",
                "team",
                "neighbourhood",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("path", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("priority_class", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (level = 'force')", name=op.f("ck_unit_only_a_force_has_no_parent")
        ),
        sa.CheckConstraint(
            "priority_class IS NULL OR (level = 'neighbourhood' AND priority_class BETWEEN 1 AND 4)",
            name=op.f("ck_unit_priority_class_of_a_neighbourhood"),
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_unit_closes_after_it_opens")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"], unique=False)
    op.create_index("ix_unit_path", "unit", ["path"], unique=True)
    op.create_table(
        "confirmation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (member_id IS NULL)",
            name=op.f("ck_confirmation_by_an_account_or_by_a_member_of_the_file"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_confirmation_account_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_confirmation_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_confirmation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("unit_id", "on_date", name=op.f("uq_confirmation_unit_id_on_date")),
    )
    op.create_table(
        "definition_reason",
        sa.Column("definition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_definition_reason_definition_id")
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_definition_reason_reason_id")),
        sa.PrimaryKeyConstraint("definition_id", "reason_id", "starts_on", name=op.f("pk_definition_reason")),
    )
    op.create_table(
        "duty_act",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_duty_act_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_duty_act_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_act")),
    )
    op.create_index("ix_duty_act_unit_id_on_date", "duty_act", ["unit_id", "on_date"], unique=False)
    op.create_table(
        "establishment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "sergeant",
                "constable",
                "pcso",
                "special",
                "volunteer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_establishment_ends_after_it_starts")
        ),
        sa.CheckConstraint("posts >= 0", name=op.f("ck_establishment_posts_never_negative")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_establishment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_establishment")),
        sa.UniqueConstraint(
            "unit_id", "role", "starts_on", name=op.f("uq_establishment_unit_id_role_starts_on")
        ),
    )
    op.create_index(
        "ix_establishment_unit_id_starts_on", "establishment", ["unit_id", "starts_on"], unique=False
    )
    op.create_table(
        "holder",
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_holder_account_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_holder_member_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_holder")),
        sa.UniqueConstraint("member_id", name=op.f("uq_holder_member_id")),
    )
    op.create_table(
        "kept_post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_kept_post_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_post")),
    )
    op.create_index("ix_kept_post_account_id", "kept_post", ["account_id"], unique=False)
    op.create_table(
        "pattern",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("cycle_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("cycle_days BETWEEN 1 AND 84", name=op.f("ck_pattern_a_cycle_of_1_to_84_days")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pattern_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_pattern_unit_id_name")),
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "sergeant",
                "constable",
                "pcso",
                "special",
                "volunteer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("fte", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "substantive",
                "temporary",
                "attachment",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_posting_ends_after_it_starts")
        ),
        sa.CheckConstraint("fte > 0 AND fte <= 100", name=op.f("ck_posting_fte_above_0_up_to_1")),
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
    op.create_index("ix_posting_unit_id_starts_on", "posting", ["unit_id", "starts_on"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "admin",
                "board",
                "manager",
                "inspector",
                "sergeant",
                "officer",
                "pcso",
                "partner",
                "calltaker",
                "gatekeeper",
                "customer",
                "hmic",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "account_id", "unit_id", "role", name=op.f("uq_role_grant_account_id_unit_id_role")
        ),
    )
    op.create_index("ix_role_grant_unit_id", "role_grant", ["unit_id"], unique=False)
    op.create_table(
        "shift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "inspector",
                "sergeant",
                "constable",
                "pcso",
                "special",
                "volunteer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("is_team_named", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes <= 1440", name=op.f("ck_shift_lasts_24_hours_at_most")),
        sa.CheckConstraint(
            "minutes = ends_at - starts_at", name=op.f("ck_shift_minutes_are_from_start_to_end")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_shift_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_shift_member_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_shift_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
        sa.UniqueConstraint("member_id", "starts_at", name=op.f("uq_shift_member_id_starts_at")),
    )
    op.create_index(
        "ix_shift_unit_id_on_date_role_minutes",
        "shift",
        ["unit_id", "on_date", "role", "minutes"],
        unique=False,
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_sign_in_session_token_digest")),
    )
    op.create_index("ix_sign_in_session_account_id", "sign_in_session", ["account_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("location", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_submission_account_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_submission")),
    )
    op.create_index("ix_submission_at", "submission", ["at"], unique=False)
    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("successor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "predecessor_id <> successor_id", name=op.f("ck_succession_never_its_own_successor")
        ),
        sa.ForeignKeyConstraint(["predecessor_id"], ["unit.id"], name=op.f("fk_succession_predecessor_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_succession_successor_id")),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_succession")),
    )
    op.create_table(
        "away",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes = ends_at - starts_at", name=op.f("ck_away_minutes_are_from_start_to_end")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_away_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_away_reason_id")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_away_shift_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
        sa.UniqueConstraint("shift_id", "starts_at", name=op.f("uq_away_shift_id_starts_at")),
    )
    op.create_index("ix_away_reason_id", "away", ["reason_id"], unique=False)
    op.create_table(
        "away_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shift_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("before_starts_at", sa.Integer(), nullable=True),
        sa.Column("before_ends_at", sa.Integer(), nullable=True),
        sa.Column("before_reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("before_note", sa.String(length=1000), nullable=True),
        sa.Column("after_starts_at", sa.Integer(), nullable=True),
        sa.Column("after_ends_at", sa.Integer(), nullable=True),
        sa.Column("after_reason_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("after_note", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "(after_starts_at IS NULL) = (after_ends_at IS NULL) AND (after_starts_at IS NULL) = (after_reason_id IS NULL)",
            name=op.f("ck_away_change_after_is_whole_or_nothing"),
        ),
        sa.CheckConstraint(
            "(before_starts_at IS NULL) = (before_ends_at IS NULL) AND (before_starts_at IS NULL) = (before_reason_id IS NULL)",
            name=op.f("ck_away_change_before_is_whole_or_nothing"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["duty_act.id"], name=op.f("fk_away_change_act_id")),
        sa.ForeignKeyConstraint(
            ["after_reason_id"], ["reason.id"], name=op.f("fk_away_change_after_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["before_reason_id"], ["reason.id"], name=op.f("fk_away_change_before_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name=op.f("fk_away_change_shift_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away_change")),
    )
    op.create_index("ix_away_change_act_id", "away_change", ["act_id"], unique=False)
    op.create_index("ix_away_change_shift_id", "away_change", ["shift_id"], unique=False)
    op.create_table(
        "pattern_day",
        sa.Column("pattern_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.CheckConstraint("day_number >= 1", name=op.f("ck_pattern_day_days_count_from_1")),
        sa.ForeignKeyConstraint(["pattern_id"], ["pattern.id"], name=op.f("fk_pattern_day_pattern_id")),
        sa.PrimaryKeyConstraint("pattern_id", "day_number", name=op.f("pk_pattern_day")),
    )
    dialect = op.get_bind().dialect.name
    for statement in (*JOURNAL_TRIGGERS[dialect], *DUTY_INVARIANTS[dialect]):
        op.get_bind().exec_driver_sql(statement)
    seed(op.get_bind())


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in (*DUTY_INVARIANTS_DROPS[dialect], *JOURNAL_TRIGGERS_AWAY[dialect]):
        op.get_bind().exec_driver_sql(statement)
    op.drop_table("pattern_day")
    op.drop_index("ix_away_change_shift_id", table_name="away_change")
    op.drop_index("ix_away_change_act_id", table_name="away_change")
    op.drop_table("away_change")
    op.drop_index("ix_away_reason_id", table_name="away")
    op.drop_table("away")
    op.drop_table("succession")
    op.drop_index("ix_submission_at", table_name="submission")
    op.drop_table("submission")
    op.drop_index("ix_sign_in_session_account_id", table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index("ix_shift_unit_id_on_date_role_minutes", table_name="shift")
    op.drop_table("shift")
    op.drop_index("ix_role_grant_unit_id", table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index("ix_posting_unit_id_starts_on", table_name="posting")
    op.drop_table("posting")
    op.drop_table("pattern")
    op.drop_index("ix_kept_post_account_id", table_name="kept_post")
    op.drop_table("kept_post")
    op.drop_table("holder")
    op.drop_index("ix_establishment_unit_id_starts_on", table_name="establishment")
    op.drop_table("establishment")
    op.drop_index("ix_duty_act_unit_id_on_date", table_name="duty_act")
    op.drop_table("duty_act")
    op.drop_table("definition_reason")
    op.drop_table("confirmation")
    op.drop_index("ix_unit_path", table_name="unit")
    op.drop_index("ix_unit_parent_id", table_name="unit")
    op.drop_table("unit")
    op.drop_index("ix_sign_in_attempt_email_digest_at", table_name="sign_in_attempt")
    op.drop_index("ix_sign_in_attempt_address_digest_at", table_name="sign_in_attempt")
    op.drop_table("sign_in_attempt")
    op.drop_table("reason")
    op.drop_table("member")
    op.drop_index("ix_journal_entry_record_type_record_id", table_name="journal_entry")
    op.drop_index("ix_journal_entry_account_id", table_name="journal_entry")
    op.drop_table("journal_entry")
    op.drop_table("definition")
    op.drop_table("account")
