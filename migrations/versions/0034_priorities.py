"""Priorities, those who raised them, and their answers; what contacts say of them."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "priority",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("neighbourhood_id", _KEY, nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_how", _one_of("agreed_how", "meeting", "team"), nullable=True),
        sa.Column("lead_id", _KEY, nullable=True),
        sa.Column("problem_id", _KEY, nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("refusals", sa.Integer(), server_default="0", nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "ending",
            _one_of(
                "ending",
                "accepted",
                "refused",
                "not-reached",
                "no-way",
                "nobody-to-ask",
                "died-or-erased",
                "no-longer-chosen",
            ),
            nullable=True,
        ),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.Column("recorded_by_id", _KEY, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "agreed_on IS NOT NULL OR ending IS NULL OR ending = 'no-longer-chosen'",
            name=op.f("ck_priority_never_agreed_is_never_solved"),
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_priority_has_a_wording")),
        sa.CheckConstraint(
            "(agreed_on IS NULL) = (agreed_how IS NULL)", name=op.f("ck_priority_agreed_in_some_way")
        ),
        sa.CheckConstraint(
            "(agreed_on IS NULL) = (review_due_on IS NULL)",
            name=op.f("ck_priority_agreed_is_looked_at_again"),
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (ending IS NULL)", name=op.f("ck_priority_ends_in_some_way")
        ),
        sa.CheckConstraint("agreed_on >= raised_on", name=op.f("ck_priority_agreed_after_it_is_raised")),
        sa.CheckConstraint(
            "asked_on IS NULL OR agreed_on IS NOT NULL", name=op.f("ck_priority_asked_about_once_agreed")
        ),
        sa.CheckConstraint(
            "asked_on IS NULL OR closed_on IS NULL", name=op.f("ck_priority_closed_waits_for_nobody")
        ),
        sa.CheckConstraint("closed_on >= raised_on", name=op.f("ck_priority_closes_after_it_is_raised")),
        sa.CheckConstraint("refusals >= 0", name=op.f("ck_priority_refused_never_or_more_often")),
        sa.ForeignKeyConstraint(["lead_id"], ["member.id"], name=op.f("fk_priority_lead_id")),
        sa.ForeignKeyConstraint(["neighbourhood_id"], ["unit.id"], name=op.f("fk_priority_neighbourhood_id")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_priority_problem_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_priority_recorded_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_priority_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("reference", name=op.f("uq_priority_reference")),
    )
    op.create_index("ix_priority_lead_id", "priority", ["lead_id"], unique=False)
    op.create_index("ix_priority_neighbourhood_id", "priority", ["neighbourhood_id"], unique=False)
    op.create_index("ix_priority_problem_id", "priority", ["problem_id"], unique=False)
    op.create_index("ix_priority_unit_id_closed_on", "priority", ["unit_id", "closed_on"], unique=False)
    op.create_table(
        "originator",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("priority_id", _KEY, nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.Column(
            "kind",
            _one_of("kind", "resident", "kin", "meeting", "survey", "call", "partner", "officer"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("individual_id", _KEY, nullable=True),
        sa.Column("agency_id", _KEY, nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", _KEY, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "agency_id IS NULL OR kind = 'partner'", name=op.f("ck_originator_agency_of_its_kind")
        ),
        sa.CheckConstraint(
            "individual_id IS NULL OR kind = 'kin'", name=op.f("ck_originator_key_individual_of_its_kind")
        ),
        sa.CheckConstraint(
            "individual_id IS NULL OR name IS NULL",
            name=op.f("ck_originator_key_individual_has_their_own_name"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_originator_agency_id")),
        sa.ForeignKeyConstraint(
            ["individual_id"], ["key_individual.id"], name=op.f("fk_originator_individual_id")
        ),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_originator_priority_id")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["account.id"], name=op.f("fk_originator_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originator")),
        sa.UniqueConstraint("reference", name=op.f("uq_originator_reference")),
    )
    op.create_index("ix_originator_individual_id", "originator", ["individual_id"], unique=False)
    op.create_index("ix_originator_priority_id", "originator", ["priority_id"], unique=False)
    op.create_index(
        "uq_originator_first",
        "originator",
        ["priority_id"],
        unique=True,
        sqlite_where=sa.text("is_first"),
        postgresql_where=sa.text("is_first"),
    )
    op.create_table(
        "priority_closing",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("priority_id", _KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("done", sa.String(length=500), nullable=False),
        sa.Column("asked_by_id", _KEY, nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answered",
            _one_of(
                "answered",
                "accepted",
                "refused",
                "not-reached",
                "no-way",
                "nobody-to-ask",
                "died-or-erased",
                "taken-back",
                "overtaken",
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", _KEY, nullable=True),
        sa.CheckConstraint("done <> ''", name=op.f("ck_priority_closing_says_what_was_done")),
        sa.CheckConstraint(
            "(answered IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_priority_closing_answered_at_some_instant"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_priority_closing_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_priority_closing_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_priority_closing_priority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_closing")),
        sa.UniqueConstraint("priority_id", "number", name=op.f("uq_priority_closing_priority_id_number")),
    )
    op.create_index(
        "uq_priority_closing_waiting",
        "priority_closing",
        ["priority_id"],
        unique=True,
        sqlite_where=sa.text("answered IS NULL"),
        postgresql_where=sa.text("answered IS NULL"),
    )
    op.create_table(
        "priority_look",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("priority_id", _KEY, nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("looked_by_id", _KEY, nullable=True),
        sa.CheckConstraint("words <> ''", name=op.f("ck_priority_look_says_something")),
        sa.ForeignKeyConstraint(["looked_by_id"], ["account.id"], name=op.f("fk_priority_look_looked_by_id")),
        sa.ForeignKeyConstraint(["priority_id"], ["priority.id"], name=op.f("fk_priority_look_priority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_look")),
    )
    op.create_index("ix_priority_look_priority_id", "priority_look", ["priority_id"], unique=False)
    op.create_table(
        "priority_answer",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("closing_id", _KEY, nullable=False),
        sa.Column("originator_id", _KEY, nullable=False),
        sa.Column("is_solved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("way", _one_of("way", "email", "phone", "in-person"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", _KEY, nullable=True),
        sa.CheckConstraint(
            "is_solved OR reason IS NOT NULL", name=op.f("ck_priority_answer_refuses_for_a_reason")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_priority_answer_by_id")),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["priority_closing.id"], name=op.f("fk_priority_answer_closing_id")
        ),
        sa.ForeignKeyConstraint(
            ["originator_id"], ["originator.id"], name=op.f("fk_priority_answer_originator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_answer")),
        sa.UniqueConstraint(
            "closing_id", "originator_id", name=op.f("uq_priority_answer_closing_id_originator_id")
        ),
    )
    op.create_index(
        op.f("ix_priority_answer_originator_id"), "priority_answer", ["originator_id"], unique=False
    )
    op.create_table(
        "priority_attempt",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("closing_id", _KEY, nullable=False),
        sa.Column("originator_id", _KEY, nullable=False),
        sa.Column("way", _one_of("way", "email", "phone", "in-person"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", _KEY, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_priority_attempt_by_id")),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["priority_closing.id"], name=op.f("fk_priority_attempt_closing_id")
        ),
        sa.ForeignKeyConstraint(
            ["originator_id"], ["originator.id"], name=op.f("fk_priority_attempt_originator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_attempt")),
    )
    op.create_index("ix_priority_attempt_closing_id", "priority_attempt", ["closing_id"], unique=False)
    op.create_index(
        op.f("ix_priority_attempt_originator_id"), "priority_attempt", ["originator_id"], unique=False
    )
    op.create_table(
        "priority_link",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("closing_id", _KEY, nullable=False),
        sa.Column("originator_id", _KEY, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("works_until", sa.Date(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["priority_closing.id"], name=op.f("fk_priority_link_closing_id")
        ),
        sa.ForeignKeyConstraint(
            ["originator_id"], ["originator.id"], name=op.f("fk_priority_link_originator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority_link")),
    )
    op.create_index("ix_priority_link_closing_id", "priority_link", ["closing_id"], unique=False)
    op.create_index(op.f("ix_priority_link_originator_id"), "priority_link", ["originator_id"], unique=False)
    op.add_column("community_contact", sa.Column("are_priorities_right", sa.Boolean(), nullable=True))


def downgrade() -> None:
    op.drop_column("community_contact", "are_priorities_right")
    op.drop_index(op.f("ix_priority_link_originator_id"), table_name="priority_link")
    op.drop_index("ix_priority_link_closing_id", table_name="priority_link")
    op.drop_table("priority_link")
    op.drop_index(op.f("ix_priority_attempt_originator_id"), table_name="priority_attempt")
    op.drop_index("ix_priority_attempt_closing_id", table_name="priority_attempt")
    op.drop_table("priority_attempt")
    op.drop_index(op.f("ix_priority_answer_originator_id"), table_name="priority_answer")
    op.drop_table("priority_answer")
    op.drop_index("ix_priority_look_priority_id", table_name="priority_look")
    op.drop_table("priority_look")
    op.drop_index(
        "uq_priority_closing_waiting",
        table_name="priority_closing",
        sqlite_where=sa.text("answered IS NULL"),
        postgresql_where=sa.text("answered IS NULL"),
    )
    op.drop_table("priority_closing")
    op.drop_index(
        "uq_originator_first",
        table_name="originator",
        sqlite_where=sa.text("is_first"),
        postgresql_where=sa.text("is_first"),
    )
    op.drop_index("ix_originator_priority_id", table_name="originator")
    op.drop_index("ix_originator_individual_id", table_name="originator")
    op.drop_table("originator")
    op.drop_index("ix_priority_unit_id_closed_on", table_name="priority")
    op.drop_index("ix_priority_problem_id", table_name="priority")
    op.drop_index("ix_priority_neighbourhood_id", table_name="priority")
    op.drop_index("ix_priority_lead_id", table_name="priority")
    op.drop_table("priority")
