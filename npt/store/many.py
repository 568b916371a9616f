"""Many rows into a table by one statement, as bare as the driver takes them.

SQLAlchemy looks at every value of every row that it is given; for a file of a million rows that takes longer
than writing them. Here the values are those that the columns store, and nothing turns them.
"""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from npt.store.transaction import note_changes

#: A value as it is stored: a day as ISO text, an instant of whole minutes as its number.
Stored = int | str | bool | None


def insert_stored(
    session: Session, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Stored, ...]]
) -> None:
    """Add the rows, the values in the order of the columns named; the database fills in what is not named.

    On PostgreSQL a column travels as one array: its triggers then run once. IntegrityError as from any other
    statement. The journal does not see it: see `npt.journal.many`.
    """
    if not rows:
        return
    connection = session.connection()
    note_changes(session)
    if connection.dialect.name == "postgresql":
        # The same parameters in another order: a list for each column.
        connection.exec_driver_sql(_from_arrays(table, names), tuple(map(list, zip(*rows, strict=True))))
    else:
        connection.exec_driver_sql(_row_by_row(table, names), list(rows))


@cache
def _row_by_row(table: Table, names: tuple[str, ...]) -> str:
    places = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({places})"  # noqa: S608  names of our own


@cache
def _from_arrays(table: Table, names: tuple[str, ...]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
    types = [table.c[name].type.compile(dialect) for name in names]
    # Text that is too long is refused by its column; a cast to the column's own type would cut it short.
    arrays = ", ".join(f"%s::{'TEXT' if kind.startswith('VARCHAR') else kind}[]" for kind in types)
    return f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM unnest({arrays})"  # noqa: S608  as above
