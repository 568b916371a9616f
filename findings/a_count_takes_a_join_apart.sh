#!/usr/bin/env bash
# To count the rows of a statement by changing its columns takes its join apart: SQLAlchemy 2.1.9.
#
# Guess, before looking: with_only_columns(count(), maintain_column_froms=True) leaves the FROM of a statement as it
# stands, joins included; that is what the documentation says the option is for.
# Seen: where the statement says select_from(a).outerjoin(b) and selects a column of b, b becomes a FROM of its own
# beside the join, and the statement cannot be compiled any more: InvalidRequestError. Without the option it counts.
# What we do: npt/store/paging.py counts the rows of the whole statement as a subquery.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --disable-pip-version-check --quiet install SQLAlchemy==2.1.9 2>/dev/null
seen="$("$place/venv/bin/python" - <<'PYTHON'
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, select
from sqlalchemy.exc import InvalidRequestError

tables = MetaData()
shift = Table("shift", tables, Column("id", Integer), Column("team_id", Integer))
team = Table("team", tables, Column("id", Integer), Column("name", Integer))
engine = create_engine("sqlite://")
tables.create_all(engine)
asked = select(shift.c.id, team.c.name).select_from(shift).outerjoin(team, team.c.id == shift.c.team_id)
with engine.connect() as connection:
    print("rows", connection.execute(asked).all())
    print("counted", connection.scalar(asked.with_only_columns(func.count())))
    try:
        print("kept", connection.scalar(asked.with_only_columns(func.count(), maintain_column_froms=True)))
    except InvalidRequestError as error:
        print("kept", type(error).__name__)
    print("whole", connection.scalar(select(func.count()).select_from(asked.subquery())))
PYTHON
)"
echo "$seen"
[ "$seen" = "rows []
counted 0
kept InvalidRequestError
whole 0" ] || { echo "This has changed: look again." >&2; exit 1; }
