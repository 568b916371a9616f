#!/usr/bin/env bash
# A CHECK that stands beside its column is left out of the migration that makes the table: Alembic 1.20.1.
#
# Guess, before looking: a table that is new is written out with all of its constraints, whether a CHECK stands in the
# table's arguments or beside the column that it is about; SQLAlchemy makes the same CREATE TABLE of both.
# Seen: both are in the CREATE TABLE; of what autogenerate writes only the one of the table's arguments. Nothing is
# said, and a later comparison of models and database sees no difference either.
# What we do: tests/house/test_migrations.py holds the laws of the migrated database against those that the models
# create, name by name, on both engines.
set -euo pipefail
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" --disable-pip-version-check --quiet install SQLAlchemy==2.1.9 alembic==1.20.1 2>/dev/null
seen="$("$place/venv/bin/python" - <<'PYTHON'
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, create_engine
from sqlalchemy.schema import CreateTable

tables = MetaData()
task = Table(
    "task",
    tables,
    Column("id", Integer, primary_key=True),
    Column("cost", Integer, CheckConstraint("cost >= 0", name="beside_its_column")),
    CheckConstraint("id > 0", name="of_the_table"),
)
engine = create_engine("sqlite://")
with engine.connect() as connection:
    context = MigrationContext.configure(connection)
    written = render_python_code(produce_migrations(context, tables).upgrade_ops)
    created = str(CreateTable(task).compile(engine))
    for name in ("of_the_table", "beside_its_column"):
        print(name, "created" if name in created else "not created", "migrated" if name in written else "left out")
    connection.exec_driver_sql("CREATE TABLE task (id INTEGER NOT NULL PRIMARY KEY, cost INTEGER)")
    print("differences", compare_metadata(context, tables))
PYTHON
)"
echo "$seen"
[ "$seen" = "of_the_table created migrated
beside_its_column created left out
differences []" ] || { echo "This has changed: look again." >&2; exit 1; }
