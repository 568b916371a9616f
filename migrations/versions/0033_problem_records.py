"""Problem records: their stages, and what happened to them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0031"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "problem",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=False),
        sa.Column("category_id", _KEY, nullable=False),
        sa.Column(
            "stage",
            _one_of("stage", "scanning", "analysis", "response", "assessment", "closed"),
            nullable=False,
        ),
        sa.Column("is_unproved", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("lat", sa.Integer(), nullable=True),
        sa.Column("lng", sa.Integer(), nullable=True),
        sa.Column("radius", sa.Integer(), nullable=False),
        sa.Column(
            "noticed",
            _one_of(
                "noticed", "resident", "kin", "meeting", "survey", "call", "partner", "officer", "figures"
            ),
            nullable=False,
        ),
        sa.Column("harmed", sa.String(length=500), nullable=False),
        sa.Column("sent_as", sa.String(length=40), nullable=True),
        sa.Column("recorded_by_id", _KEY, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            _one_of(
                "outcome",
                "eliminated",
                "reduced",
                "less-serious",
                "dealt-with-better",
                "passed-on",
                "no-change",
                "worse",
            ),
            nullable=True,
        ),
        sa.Column(
            "bearing",
            _one_of("bearing", "shown", "not-shown", "not-judged"),
            nullable=True,
        ),
        sa.Column("owner_member_id", _KEY, nullable=True),
        sa.Column("owner_account_id", _KEY, nullable=True),
        sa.Column("owner_agency_id", _KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("place <> ''", name=op.f("ck_problem_is_somewhere")),
        sa.CheckConstraint(
            "stage <> 'closed' OR outcome IS NOT NULL OR is_unproved",
            name=op.f("ck_problem_closes_with_an_outcome"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN owner_member_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN owner_account_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN owner_agency_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_problem_has_one_owner"),
        ),
        sa.CheckConstraint("(lat IS NULL) = (lng IS NULL)", name=op.f("ck_problem_whole_point")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (bearing IS NULL)", name=op.f("ck_problem_outcome_is_judged")
        ),
        sa.CheckConstraint("radius BETWEEN 25 AND 5000", name=op.f("ck_problem_reaches_from_25_m_to_5_km")),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_problem_category_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_problem_matter_id")),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["account.id"], name=op.f("fk_problem_owner_account_id")
        ),
        sa.ForeignKeyConstraint(["owner_agency_id"], ["agency.id"], name=op.f("fk_problem_owner_agency_id")),
        sa.ForeignKeyConstraint(["owner_member_id"], ["member.id"], name=op.f("fk_problem_owner_member_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_problem_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint("matter_id", name=op.f("uq_problem_matter_id")),
        sa.UniqueConstraint("sent_as", name=op.f("uq_problem_sent_as")),
    )
    op.create_index("ix_problem_category_id_stage", "problem", ["category_id", "stage"], unique=False)
    op.create_index("ix_problem_owner_account_id", "problem", ["owner_account_id", "stage"], unique=False)
    op.create_index("ix_problem_owner_agency_id", "problem", ["owner_agency_id", "stage"], unique=False)
    op.create_index("ix_problem_owner_member_id", "problem", ["owner_member_id", "stage"], unique=False)
    op.create_index("ix_problem_stage", "problem", ["stage"], unique=False)
    op.create_table(
        "problem_analysis",
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("victim", sa.String(length=6000), nullable=True),
        sa.Column("guardian", sa.String(length=6000), nullable=True),
        sa.Column("offender", sa.String(length=6000), nullable=True),
        sa.Column("handler", sa.String(length=6000), nullable=True),
        sa.Column("location", sa.String(length=6000), nullable=True),
        sa.Column("manager", sa.String(length=6000), nullable=True),
        sa.Column("tried_before", sa.String(length=6000), nullable=True),
        sa.Column("similar_seen_on", sa.Date(), nullable=True),
        sa.Column("is_involved", sa.Boolean(), nullable=True),
        sa.Column("involved_how", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_analysis_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem_analysis")),
    )
    op.create_table(
        "problem_assessment",
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column(
            "was_done",
            _one_of("was_done", "as-planned", "partly", "not"),
            nullable=True,
        ),
        sa.Column("was_done_how", sa.String(length=6000), nullable=True),
        sa.Column("after_from", sa.Date(), nullable=True),
        sa.Column("after_to", sa.Date(), nullable=True),
        sa.Column("after_count", sa.Integer(), nullable=True),
        sa.Column("not_measured_why", sa.String(length=500), nullable=True),
        sa.Column("elsewhere_before", sa.Integer(), nullable=True),
        sa.Column("elsewhere_after", sa.Integer(), nullable=True),
        sa.Column("buffer_before", sa.Integer(), nullable=True),
        sa.Column("buffer_after", sa.Integer(), nullable=True),
        sa.Column("buffer_elsewhere_before", sa.Integer(), nullable=True),
        sa.Column("buffer_elsewhere_after", sa.Integer(), nullable=True),
        sa.Column("displacement", sa.String(length=6000), nullable=True),
        sa.Column("cost_pence", sa.Integer(), nullable=True),
        sa.Column("cost_words", sa.String(length=500), nullable=True),
        sa.Column("lessons", sa.String(length=6000), nullable=True),
        sa.Column("is_involved", sa.Boolean(), nullable=True),
        sa.Column("involved_how", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(after_to IS NULL) = (after_from IS NULL)",
            name=op.f("ck_problem_assessment_after_from_and_until"),
        ),
        sa.CheckConstraint(
            "after_count BETWEEN 0 AND 10000000", name=op.f("ck_problem_assessment_counts_none_or_more_after")
        ),
        sa.CheckConstraint(
            "after_to >= after_from", name=op.f("ck_problem_assessment_after_until_it_begins_or_later")
        ),
        sa.CheckConstraint(
            "buffer_after BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_assessment_buffer_after_is_none_or_more"),
        ),
        sa.CheckConstraint(
            "buffer_before BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_assessment_buffer_before_is_none_or_more"),
        ),
        sa.CheckConstraint(
            "buffer_elsewhere_after BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_assessment_buffer_elsewhere_after_is_none_or_more"),
        ),
        sa.CheckConstraint(
            "buffer_elsewhere_before BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_assessment_buffer_elsewhere_before_is_none_or_more"),
        ),
        sa.CheckConstraint(
            "cost_pence BETWEEN 0 AND 1000000000", name=op.f("ck_problem_assessment_costs_nothing_or_more")
        ),
        sa.CheckConstraint(
            "elsewhere_after BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_assessment_elsewhere_after_is_none_or_more"),
        ),
        sa.CheckConstraint(
            "elsewhere_before BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_assessment_elsewhere_before_is_none_or_more"),
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_problem_assessment_problem_id")
        ),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem_assessment")),
    )
    op.create_table(
        "problem_evidence",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("attachment_id", _KEY, nullable=False),
        sa.Column(
            "stage",
            _one_of("stage", "scanning", "analysis", "response", "assessment", "closed"),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_problem_evidence_says_something")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_problem_evidence_attachment_id")
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_evidence_problem_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_evidence")),
        sa.UniqueConstraint("attachment_id", name=op.f("uq_problem_evidence_attachment_id")),
    )
    op.create_index("ix_problem_evidence_problem_id", "problem_evidence", ["problem_id"], unique=False)
    op.create_table(
        "problem_hypothesis",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("supports", sa.String(length=6000), nullable=True),
        sa.Column("weakens", sa.String(length=6000), nullable=True),
        sa.CheckConstraint("words <> ''", name=op.f("ck_problem_hypothesis_says_something")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_problem_hypothesis_problem_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_hypothesis")),
    )
    op.create_index("ix_problem_hypothesis_problem_id", "problem_hypothesis", ["problem_id"], unique=False)
    op.create_table(
        "problem_link",
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("other_id", _KEY, nullable=False),
        sa.Column(
            "kind",
            _one_of("kind", "duplicate", "related"),
            nullable=False,
        ),
        sa.Column("noted_by_id", _KEY, nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("problem_id <> other_id", name=op.f("ck_problem_link_leads_to_another_problem")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["account.id"], name=op.f("fk_problem_link_noted_by_id")),
        sa.ForeignKeyConstraint(["other_id"], ["problem.id"], name=op.f("fk_problem_link_other_id")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_link_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", "other_id", name=op.f("pk_problem_link")),
    )
    op.create_index("ix_problem_link_other_id", "problem_link", ["other_id"], unique=False)
    op.create_table(
        "problem_move",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column(
            "stage_before",
            _one_of("stage_before", "scanning", "analysis", "response", "assessment", "closed"),
            nullable=False,
        ),
        sa.Column(
            "stage_after",
            _one_of("stage_after", "scanning", "analysis", "response", "assessment", "closed"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stage_before <> stage_after", name=op.f("ck_problem_move_changes_the_stage")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_problem_move_account_id")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_move_problem_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_move")),
    )
    op.create_index("ix_problem_move_problem_id", "problem_move", ["problem_id"], unique=False)
    op.create_table(
        "problem_response",
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("objective", sa.String(length=500), nullable=True),
        sa.Column(
            "measure",
            _one_of("measure", "incidents", "counts"),
            nullable=True,
        ),
        sa.Column("measure_words", sa.String(length=200), nullable=True),
        sa.Column("noticed_from", sa.Date(), nullable=True),
        sa.Column("noticed_to", sa.Date(), nullable=True),
        sa.Column("baseline_from", sa.Date(), nullable=True),
        sa.Column("baseline_to", sa.Date(), nullable=True),
        sa.Column("baseline_count", sa.Integer(), nullable=True),
        sa.Column(
            "use",
            _one_of("use", "continue", "use-elsewhere", "none"),
            nullable=True,
        ),
        sa.Column("elsewhere_unit_id", _KEY, nullable=True),
        sa.Column("elsewhere_words", sa.String(length=200), nullable=True),
        sa.Column("is_involved", sa.Boolean(), nullable=True),
        sa.Column("involved_how", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(baseline_to IS NULL) = (baseline_from IS NULL)",
            name=op.f("ck_problem_response_baseline_from_and_until"),
        ),
        sa.CheckConstraint(
            "(noticed_to IS NULL) = (noticed_from IS NULL)",
            name=op.f("ck_problem_response_noticed_from_and_until"),
        ),
        sa.CheckConstraint(
            "baseline_count BETWEEN 0 AND 10000000",
            name=op.f("ck_problem_response_counts_none_or_more_before"),
        ),
        sa.CheckConstraint(
            "baseline_to < noticed_from OR baseline_from > noticed_to",
            name=op.f("ck_problem_response_baseline_is_not_what_was_noticed"),
        ),
        sa.CheckConstraint(
            "baseline_to >= baseline_from", name=op.f("ck_problem_response_baseline_until_it_begins_or_later")
        ),
        sa.CheckConstraint(
            "noticed_to >= noticed_from", name=op.f("ck_problem_response_noticed_until_it_begins_or_later")
        ),
        sa.ForeignKeyConstraint(
            ["elsewhere_unit_id"], ["unit.id"], name=op.f("fk_problem_response_elsewhere_unit_id")
        ),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_response_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem_response")),
    )
    op.create_index(
        op.f("ix_problem_response_elsewhere_unit_id"), "problem_response", ["elsewhere_unit_id"], unique=False
    )
    op.create_table(
        "problem_scanning",
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("one_source_reason", sa.String(length=500), nullable=True),
        sa.Column("why_this_one", sa.String(length=6000), nullable=True),
        sa.Column("is_involved", sa.Boolean(), nullable=True),
        sa.Column("involved_how", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_scanning_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem_scanning")),
    )
    op.create_table(
        "problem_score",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("scanning", sa.Integer(), nullable=False),
        sa.Column("analysis", sa.Integer(), nullable=False),
        sa.Column("response", sa.Integer(), nullable=False),
        sa.Column("assessment", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=6000), nullable=True),
        sa.Column("scored_by_id", _KEY, nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("analysis BETWEEN 0 AND 5", name=op.f("ck_problem_score_analysis_from_0_to_5")),
        sa.CheckConstraint(
            "assessment BETWEEN 0 AND 5", name=op.f("ck_problem_score_assessment_from_0_to_5")
        ),
        sa.CheckConstraint("response BETWEEN 0 AND 5", name=op.f("ck_problem_score_response_from_0_to_5")),
        sa.CheckConstraint("scanning BETWEEN 0 AND 5", name=op.f("ck_problem_score_scanning_from_0_to_5")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_score_problem_id")),
        sa.ForeignKeyConstraint(["scored_by_id"], ["account.id"], name=op.f("fk_problem_score_scored_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_score")),
    )
    op.create_index("ix_problem_score_problem_id", "problem_score", ["problem_id"], unique=False)
    op.create_table(
        "problem_sensitive",
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column("people", sa.String(length=6000), nullable=True),
        sa.Column("tactics", sa.String(length=6000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_sensitive_problem_id")),
        sa.PrimaryKeyConstraint("problem_id", name=op.f("pk_problem_sensitive")),
    )
    op.create_table(
        "problem_source",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("problem_id", _KEY, nullable=False),
        sa.Column(
            "kind",
            _one_of("kind", "incidents", "calls", "residents", "kin", "partner", "survey", "patrol", "other"),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.CheckConstraint("words <> ''", name=op.f("ck_problem_source_says_something")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_source_problem_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_source")),
    )
    op.create_index("ix_problem_source_problem_id", "problem_source", ["problem_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_problem_source_problem_id", table_name="problem_source")
    op.drop_table("problem_source")
    op.drop_table("problem_sensitive")
    op.drop_index("ix_problem_score_problem_id", table_name="problem_score")
    op.drop_table("problem_score")
    op.drop_table("problem_scanning")
    op.drop_index(op.f("ix_problem_response_elsewhere_unit_id"), table_name="problem_response")
    op.drop_table("problem_response")
    op.drop_index("ix_problem_move_problem_id", table_name="problem_move")
    op.drop_table("problem_move")
    op.drop_index("ix_problem_link_other_id", table_name="problem_link")
    op.drop_table("problem_link")
    op.drop_index("ix_problem_hypothesis_problem_id", table_name="problem_hypothesis")
    op.drop_table("problem_hypothesis")
    op.drop_index("ix_problem_evidence_problem_id", table_name="problem_evidence")
    op.drop_table("problem_evidence")
    op.drop_table("problem_assessment")
    op.drop_table("problem_analysis")
    op.drop_index("ix_problem_stage", table_name="problem")
    op.drop_index("ix_problem_owner_member_id", table_name="problem")
    op.drop_index("ix_problem_owner_agency_id", table_name="problem")
    op.drop_index("ix_problem_owner_account_id", table_name="problem")
    op.drop_index("ix_problem_category_id_stage", table_name="problem")
    op.drop_table("problem")
