"""How the database itself notes whose sums no longer hold: triggers on all that a sum is made of.

A sum is made of shifts, time away, confirmed days, and the days on which a definition changes, which part a
month. Whatever is added, changed or removed there, by whatever statement, the unit and month it belonged to
before and the one it belongs to now are noted as due. Nobody who writes has to think of it or can forget it.
"""

#: What a sum is made of: the columns of each table that matter to it.
_COLUMNS = {
    "shift": "unit_id, role, on_date, minutes",
    "away": "shift_id, minutes, reason_id",
    "confirmation": "unit_id, on_date",
    "definition_reason": "starts_on",
}
#: The unit and month that a row of each table belongs to, as it is before a change or after it.
_TOUCHED_BY_ROW = {
    "shift": "SELECT 0, {row}.unit_id, date({row}.on_date, 'start of month')",
    "away": "SELECT 0, unit_id, date(on_date, 'start of month') FROM shift WHERE id = {row}.shift_id",
    "confirmation": "SELECT 0, {row}.unit_id, date({row}.on_date, 'start of month')",
    "definition_reason": (
        "SELECT DISTINCT 0, unit_id, date(starts_on, 'start of month') FROM duty_sum"
        " WHERE date(starts_on, 'start of month') = date({row}.starts_on, 'start of month')"
    ),
}
#: The same of all rows of a statement at once.
_TOUCHED_BY_STATEMENT = {
    "shift": "SELECT unit_id, on_date FROM {rows}",
    "away": "SELECT shift.unit_id, shift.on_date FROM {rows} JOIN shift ON shift.id = {rows}.shift_id",
    "confirmation": "SELECT unit_id, on_date FROM {rows}",
    "definition_reason": (
        "SELECT duty_sum.unit_id, duty_sum.starts_on FROM {rows} JOIN duty_sum"
        " ON date_trunc('month', duty_sum.starts_on::timestamp)"
        " = date_trunc('month', {rows}.starts_on::timestamp)"
    ),
}


def _sqlite_triggers(table: str) -> dict[str, str]:
    """The triggers on a table by their names: row by row, which costs SQLite next to nothing."""

    def note(row: str) -> str:
        touched = _TOUCHED_BY_ROW[table].format(row=row)
        return f"INSERT OR IGNORE INTO sum_due (writer, unit_id, month) {touched};"

    moments = {
        "added": ("INSERT", note("NEW")),
        "changed": (f"UPDATE OF {_COLUMNS[table]}", note("OLD") + note("NEW")),
        "removed": ("DELETE", note("OLD")),
    }
    return {
        f"{table}_{moment}_makes_sums_due": (
            f"CREATE TRIGGER {table}_{moment}_makes_sums_due AFTER {when} ON {table} FOR EACH ROW"
            f" BEGIN {notes} END"
        )
        for moment, (when, notes) in moments.items()
    }


def _postgresql_triggers(table: str) -> list[str]:
    """A function, and a trigger for each moment: once a statement, however many rows it writes."""

    def note(rows: str) -> str:
        touched = _TOUCHED_BY_STATEMENT[table].format(rows=rows)
        writer, month = "pg_current_xact_id()::text::bigint", "date_trunc('month', day::timestamp)::date"
        units = (
            f"SELECT DISTINCT {writer}, unit_id, {month}"  # noqa: S608  made of nothing from outside
            f" FROM ({touched}) AS touched (unit_id, day)"
        )
        return f"INSERT INTO sum_due (writer, unit_id, month) {units} ON CONFLICT DO NOTHING;"

    function = f"sums_due_of_{table}"
    moments = {
        "added": ("INSERT", "NEW TABLE AS rows_after"),
        "changed": ("UPDATE", "OLD TABLE AS rows_before NEW TABLE AS rows_after"),
        "removed": ("DELETE", "OLD TABLE AS rows_before"),
    }
    return [
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP <> 'INSERT' THEN {note('rows_before')} END IF;"
        f" IF TG_OP <> 'DELETE' THEN {note('rows_after')} END IF;"
        " RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER {table}_{moment}_makes_sums_due AFTER {when} ON {table}"
            f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for moment, (when, rows) in moments.items()
        ),
    ]


#: By dialect, the statements that put the triggers on the tables, in order.
SUMS_DUE_TRIGGERS: dict[str, list[str]] = {
    "sqlite": [statement for table in _COLUMNS for statement in _sqlite_triggers(table).values()],
    "postgresql": [statement for table in _COLUMNS for statement in _postgresql_triggers(table)],
}
#: By dialect, the statements that take them off again.
SUMS_DUE_TRIGGERS_AWAY: dict[str, list[str]] = {
    "sqlite": [f"DROP TRIGGER {name}" for table in _COLUMNS for name in _sqlite_triggers(table)],
    "postgresql": [f"DROP FUNCTION sums_due_of_{table}() CASCADE" for table in _COLUMNS],
}
