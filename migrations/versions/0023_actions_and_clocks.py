"""The one register of actions; clocks and their pauses."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATES = ("planned", "under-way", "done", "dropped")
_STAGES = ("scanning", "analysis", "response", "assessment")
_KINDS = ("reply", "call-back", "complaint", "meeting", "priority", "gatekeeper", "review", "other")
_MEASURES = ("hours", "days", "working-days", "months")
_UNTIL = ("time", "day")
_OPEN = sa.text("ends_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=2000), nullable=True),
        sa.Column("cost_pence", sa.Integer(), nullable=True),
        sa.Column("funding", sa.String(length=200), nullable=True),
        sa.Column("is_for_residents", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=True),
        sa.Column("set_by", _KEY, nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        *_owner("action"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_on IS NOT NULL) = (state IN ('done', 'dropped'))",
            name=op.f("ck_action_has_its_day_once_it_is_ended"),
        ),
        sa.CheckConstraint(
            "cost_pence BETWEEN 0 AND 1000000000", name=op.f("ck_action_costs_nothing_or_more")
        ),
        _is_one_of("action", "state", _STATES),
        _is_one_of("action", "stage", _STAGES),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_action_matter_id")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_action_set_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_action_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("matter_id", "reference", name=op.f("uq_action_matter_id_reference")),
    )
    for owner in ("member", "account", "agency"):
        column = f"owner_{owner}_id"
        op.create_index(f"ix_action_{column}", "action", [column, "state", "due_on"], unique=False)
    op.create_index("ix_action_unit_id_state_due_on", "action", ["unit_id", "state", "due_on"], unique=False)
    op.create_table(
        "action_move",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("action_id", _KEY, nullable=False),
        sa.Column("state_before", sa.String(length=30), nullable=False),
        sa.Column("state_after", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("account_id", _KEY, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state_before <> state_after", name=op.f("ck_action_move_changes_the_state")),
        _is_one_of("action_move", "state_before", _STATES),
        _is_one_of("action_move", "state_after", _STATES),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_action_move_account_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_move_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_move")),
    )
    op.create_index("ix_action_move_action_id", "action_move", ["action_id"], unique=False)
    op.create_table(
        "clock",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("matter_id", _KEY, nullable=True),
        sa.Column("action_id", _KEY, nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("until", sa.String(length=30), nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        *_owner("clock"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_clock_lasts_some_time")),
        sa.CheckConstraint(
            "due_at IS NULL OR due_at >= starts_at", name=op.f("ck_clock_is_never_due_before_it_starts")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= starts_at", name=op.f("ck_clock_ends_after_it_starts")
        ),
        sa.CheckConstraint("matter_id IS NULL OR action_id IS NULL", name=op.f("ck_clock_is_of_one_record")),
        _is_one_of("clock", "kind", _KINDS),
        _is_one_of("clock", "measure", _MEASURES),
        _is_one_of("clock", "until", _UNTIL),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_clock_action_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_clock_matter_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_clock_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index("ix_clock_action_id", "clock", ["action_id"], unique=False)
    op.create_index("ix_clock_matter_id", "clock", ["matter_id"], unique=False)
    op.create_index(
        "ix_clock_unit_id_ended_at_due_at", "clock", ["unit_id", "ended_at", "due_at"], unique=False
    )
    op.create_table(
        "clock_pause",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("clock_id", _KEY, nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_clock_pause_ends_after_it_starts")
        ),
        sa.ForeignKeyConstraint(["clock_id"], ["clock.id"], name=op.f("fk_clock_pause_clock_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_pause")),
    )
    op.create_index("ix_clock_pause_clock_id", "clock_pause", ["clock_id"], unique=False)
    op.create_index(
        "uq_clock_pause_open",
        "clock_pause",
        ["clock_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    op.drop_table("clock_pause")
    op.drop_table("clock")
    op.drop_table("action_move")
    op.drop_table("action")


def _owner(table: str) -> tuple[sa.Column[int] | sa.Constraint, ...]:
    """The columns of an owner, and the law that there is one."""
    return (
        *(sa.Column(f"owner_{owner}_id", _KEY, nullable=True) for owner in ("member", "account", "agency")),
        *(
            sa.ForeignKeyConstraint(
                [f"owner_{owner}_id"], [f"{owner}.id"], name=op.f(f"fk_{table}_owner_{owner}_id")
            )
            for owner in ("member", "account", "agency")
        ),
        sa.CheckConstraint(
            "(CASE WHEN owner_member_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN owner_account_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN owner_agency_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f(f"ck_{table}_has_one_owner"),
        ),
    )


def _is_one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(repr(value) for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{table}_{column}"))
