"""One kind of act: what is done to a roster is kept, and taken back, as what is done to a day is.

An act on a roster from before has to tell how it left its shifts: that is how the next act on each of them
found it or, where there is none, how it stands now.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ROLES = ("inspector", "sergeant", "constable", "pcso", "special", "volunteer")
_SHIFT = ("starts_at", "ends_at", "unit_id", "role", "is_team_named")
_AWAY = ("starts_at", "ends_at", "reason_id", "note")
_Row = dict[str, Any]
_Stood = tuple[_Row, dict[int, _Row]]


def upgrade() -> None:
    _add_the_last_day()
    _make_shift_change()
    _remake_away_change(with_member=True)
    _move_acts(op.get_bind())
    op.drop_table("roster_away_before")
    op.drop_index("ix_roster_change_shift_id", table_name="roster_change")
    op.drop_index("ix_roster_change_act_id", table_name="roster_change")
    op.drop_table("roster_change")
    op.drop_index("ix_roster_act_unit_id_first_on", table_name="roster_act")
    op.drop_table("roster_act")


def downgrade() -> None:
    """What was done to rosters stays done, and cannot be taken back any more."""
    _make_roster_tables()
    op.execute("DELETE FROM away_change WHERE act_id IN (SELECT act_id FROM shift_change)")
    op.execute("CREATE TEMPORARY TABLE of_rosters AS SELECT DISTINCT act_id FROM shift_change")
    op.drop_index("ix_shift_change_shift_id", table_name="shift_change")
    op.drop_index("ix_shift_change_act_id", table_name="shift_change")
    op.drop_table("shift_change")
    op.execute("DELETE FROM duty_act WHERE id IN (SELECT act_id FROM of_rosters)")
    op.execute("DROP TABLE of_rosters")
    _remake_away_change(with_member=False)
    op.drop_index("ix_duty_act_unit_id_first_on", table_name="duty_act")
    with op.batch_alter_table("duty_act") as table:
        table.drop_constraint(op.f("ck_duty_act_ends_after_it_starts"), type_="check")
        table.drop_column("last_on")
        table.alter_column("first_on", new_column_name="on_date")
    op.create_index("ix_duty_act_unit_id_on_date", "duty_act", ["unit_id", "on_date"], unique=False)


def _add_the_last_day() -> None:
    op.drop_index("ix_duty_act_unit_id_on_date", table_name="duty_act")
    op.add_column("duty_act", sa.Column("last_on", sa.Date(), nullable=True))
    op.execute("UPDATE duty_act SET last_on = on_date")
    with op.batch_alter_table("duty_act") as table:
        table.alter_column("on_date", new_column_name="first_on")
        table.alter_column("last_on", nullable=False)
        table.create_check_constraint(op.f("ck_duty_act_ends_after_it_starts"), "last_on >= first_on")
    op.create_index("ix_duty_act_unit_id_first_on", "duty_act", ["unit_id", "first_on"], unique=False)


def _whole(table: str, when: str, names: tuple[str, ...]) -> sa.CheckConstraint:
    first, *others = (f"{when}_{name}" for name in names)
    law = " AND ".join(f"({first} IS NULL) = ({other} IS NULL)" for other in others)
    return sa.CheckConstraint(law, name=op.f(f"ck_{table}_{when}_is_whole_or_nothing"))


def _shift_columns(table: str, when: str) -> list[sa.Column[Any]]:
    law = op.f(f"ck_{table}_{when}_role")
    role = sa.Enum(*_ROLES, name=law, native_enum=False, create_constraint=True, length=30)
    return [
        sa.Column(f"{when}_starts_at", sa.Integer(), nullable=True),
        sa.Column(f"{when}_ends_at", sa.Integer(), nullable=True),
        sa.Column(f"{when}_unit_id", _KEY, nullable=True),
        sa.Column(f"{when}_role", role, nullable=True),
        sa.Column(f"{when}_is_team_named", sa.Boolean(), nullable=True),
    ]


def _make_shift_change() -> None:
    op.create_table(
        "shift_change",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("act_id", _KEY, nullable=False),
        sa.Column("shift_id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        *_shift_columns("shift_change", "before"),
        sa.Column("before_version", sa.Integer(), nullable=True),
        *_shift_columns("shift_change", "after"),
        _whole("shift_change", "before", (*_SHIFT, "version")),
        _whole("shift_change", "after", _SHIFT),
        sa.ForeignKeyConstraint(["act_id"], ["duty_act.id"], name=op.f("fk_shift_change_act_id")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_shift_change_member_id")),
        sa.ForeignKeyConstraint(["before_unit_id"], ["unit.id"], name=op.f("fk_shift_change_before_unit_id")),
        sa.ForeignKeyConstraint(["after_unit_id"], ["unit.id"], name=op.f("fk_shift_change_after_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_change")),
    )
    op.create_index("ix_shift_change_act_id", "shift_change", ["act_id"], unique=False)
    op.create_index("ix_shift_change_shift_id", "shift_change", ["shift_id"], unique=False)


def _remake_away_change(*, with_member: bool) -> None:
    """The table of changes to time away, known with its member and without the shift itself, or the reverse."""
    names = [f"{when}_{name}" for when in ("before", "after") for name in _AWAY]
    types = {"reason_id": _KEY, "note": sa.String(length=1000)}
    op.drop_index("ix_away_change_shift_id", table_name="away_change")
    op.drop_index("ix_away_change_act_id", table_name="away_change")
    op.rename_table("away_change", "away_change_before")
    if op.get_bind().dialect.name == "postgresql":  # names of constraints are one to a schema there
        op.drop_constraint(op.f("pk_away_change"), "away_change_before", type_="primary")
    key = (
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_away_change_member_id"))
        if with_member
        else sa.ForeignKeyConstraint(
            ["shift_id"], ["shift.id"], name=op.f("fk_away_change_shift_id"), ondelete="CASCADE"
        )
    )
    op.create_table(
        "away_change",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("act_id", _KEY, nullable=False),
        sa.Column("shift_id", _KEY, nullable=False),
        *([sa.Column("member_id", _KEY, nullable=False)] if with_member else []),
        *(sa.Column(name, types.get(name.partition("_")[2], sa.Integer()), nullable=True) for name in names),
        _whole("away_change", "before", _AWAY[:3]),
        _whole("away_change", "after", _AWAY[:3]),
        sa.ForeignKeyConstraint(["act_id"], ["duty_act.id"], name=op.f("fk_away_change_act_id")),
        key,
        *(
            sa.ForeignKeyConstraint(
                [f"{when}_reason_id"], ["reason.id"], name=op.f(f"fk_away_change_{when}_reason_id")
            )
            for when in ("before", "after")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away_change")),
    )
    told = ", ".join(names)
    member, found = ("member_id, ", "shift.member_id, ") if with_member else ("", "")
    op.execute(
        f"INSERT INTO away_change (id, act_id, shift_id, {member}{told})"  # noqa: S608  nothing of a user's
        f" SELECT old.id, old.act_id, old.shift_id, {found}{told}"
        " FROM away_change_before AS old JOIN shift ON shift.id = old.shift_id"
    )
    op.drop_table("away_change_before")
    op.create_index("ix_away_change_act_id", "away_change", ["act_id"], unique=False)
    op.create_index("ix_away_change_shift_id", "away_change", ["shift_id"], unique=False)
    _count_on(op.get_bind(), "away_change")


def _count_on(connection: sa.Connection, table: str) -> None:
    """Let PostgreSQL go on counting keys behind those that were copied."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608  nothing of a user's
            f" coalesce((SELECT max(id) FROM {table}), 0) + 1, false)"
        )


def _rows(connection: sa.Connection, asked: str) -> list[_Row]:
    return [dict(row) for row in connection.execute(sa.text(asked)).mappings()]


def _move_acts(connection: sa.Connection) -> None:
    """Keep the acts on rosters as acts behind those on days, with what each did and left."""
    behind = connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM duty_act")) or 0
    connection.execute(
        sa.text(
            "INSERT INTO duty_act (id, unit_id, first_on, last_on, account_id, done_at, summary, undone_at)"
            " SELECT id + :behind, unit_id, first_on, last_on, account_id, done_at, summary, undone_at"
            " FROM roster_act ORDER BY id"
        ),
        {"behind": behind},
    )
    changes = _rows(
        connection,
        "SELECT roster_change.*, roster_act.unit_id FROM roster_change"
        " JOIN roster_act ON roster_act.id = roster_change.act_id ORDER BY roster_change.id",
    )
    away = _by_key(_rows(connection, "SELECT * FROM roster_away_before"), "change_id")
    there = _by_key(
        _rows(connection, "SELECT * FROM away WHERE shift_id IN (SELECT shift_id FROM roster_change)"),
        "shift_id",
    )
    #: by the key of a shift and its version, how it stood then and the time away in it, as far as is known
    stood: dict[tuple[int, int], _Stood] = {
        (row["id"], row["version"]): (row, there.get(row["id"], {}))
        for row in _rows(connection, "SELECT * FROM shift WHERE id IN (SELECT shift_id FROM roster_change)")
    }
    for change in changes:
        if change["before_version"] is not None:
            was = {name: change[f"before_{name}"] for name in _SHIFT}
            stood[change["shift_id"], change["before_version"]] = was, away.get(change["id"], {})
    for change in changes:
        _move(connection, change, behind, away.get(change["id"], {}), stood)
    for table in ("duty_act", "shift_change", "away_change"):
        _count_on(connection, table)


def _by_key(rows: list[_Row], key: str) -> dict[int, dict[int, _Row]]:
    """Times away by the key of what they lie in, then by their starts."""
    found: dict[int, dict[int, _Row]] = {}
    for row in rows:
        found.setdefault(row[key], {})[row["starts_at"]] = row
    return found


def _move(
    connection: sa.Connection,
    change: _Row,
    behind: int,
    away: dict[int, _Row],
    stood: dict[tuple[int, int], _Stood],
) -> None:
    of = {"act_id": change["act_id"] + behind} | {name: change[name] for name in ("shift_id", "member_id")}
    left: _Stood = ({}, {})
    if change["after_version"] is not None:
        # Where nobody knows how it was left, somebody has changed it since: no shift ever stands like this.
        starts = change["after_starts_at"]
        never = (starts, starts, change["unit_id"], _ROLES[0], False)
        unknown: _Stood = (dict(zip(_SHIFT, never, strict=True)), {})
        left = stood.get((change["shift_id"], change["after_version"]), unknown)
    before = {f"before_{name}": change[f"before_{name}"] for name in (*_SHIFT, "version")}
    after = {f"after_{name}": left[0].get(name) for name in _SHIFT}
    _insert(connection, "shift_change", of | before | after)
    for starts in sorted({*away, *left[1]}):
        pair = {"before": away.get(starts, {}), "after": left[1].get(starts, {})}
        values = {f"{when}_{name}": kept.get(name) for when, kept in pair.items() for name in _AWAY}
        _insert(connection, "away_change", of | values)


def _insert(connection: sa.Connection, table: str, row: _Row) -> None:
    values = ", ".join(f":{name}" for name in row)
    statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"  # noqa: S608  nothing of a user's
    connection.execute(sa.text(statement), row)


def _make_roster_tables() -> None:
    op.create_table(
        "roster_act",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("unit_id", _KEY, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("account_id", _KEY, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_roster_act_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_roster_act_account_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_roster_act_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_act")),
    )
    op.create_index("ix_roster_act_unit_id_first_on", "roster_act", ["unit_id", "first_on"], unique=False)
    role = sa.Enum(*_ROLES, name="before_role", native_enum=False, create_constraint=True, length=30)
    op.create_table(
        "roster_change",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("act_id", _KEY, nullable=False),
        sa.Column("shift_id", _KEY, nullable=False),
        sa.Column("member_id", _KEY, nullable=False),
        sa.Column("before_starts_at", sa.Integer(), nullable=True),
        sa.Column("before_ends_at", sa.Integer(), nullable=True),
        sa.Column("before_unit_id", _KEY, nullable=True),
        sa.Column("before_role", role, nullable=True),
        sa.Column("before_is_team_named", sa.Boolean(), nullable=True),
        sa.Column("before_version", sa.Integer(), nullable=True),
        sa.Column("after_starts_at", sa.Integer(), nullable=True),
        sa.Column("after_version", sa.Integer(), nullable=True),
        _whole("roster_change", "after", ("starts_at", "version")),
        _whole("roster_change", "before", (*_SHIFT, "version")),
        sa.ForeignKeyConstraint(["act_id"], ["roster_act.id"], name=op.f("fk_roster_change_act_id")),
        sa.ForeignKeyConstraint(
            ["before_unit_id"], ["unit.id"], name=op.f("fk_roster_change_before_unit_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_roster_change_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_change")),
    )
    op.create_index("ix_roster_change_act_id", "roster_change", ["act_id"], unique=False)
    op.create_index("ix_roster_change_shift_id", "roster_change", ["shift_id"], unique=False)
    op.create_table(
        "roster_away_before",
        sa.Column("change_id", _KEY, nullable=False),
        sa.Column("starts_at", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Integer(), nullable=False),
        sa.Column("reason_id", _KEY, nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["roster_change.id"], name=op.f("fk_roster_away_before_change_id")
        ),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name=op.f("fk_roster_away_before_reason_id")),
        sa.PrimaryKeyConstraint("change_id", "starts_at", name=op.f("pk_roster_away_before")),
    )
