"""What never overlaps, kept apart by the database itself: triggers on SQLite, an exclusion constraint on
PostgreSQL. Both raise one name, which `npt.store.constraints` turns into the refusal that actions say for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    """By dialect, the statements that lay something on the tables, and those that take it off again."""

    laid: Mapping[str, Sequence[str]]
    taken_off: Mapping[str, Sequence[str]]


def sqlite_trigger(name: str, when: str, condition: str, raises: str) -> str:
    """The statement that makes SQLite raise a name where the condition, a query, finds anything."""
    return (
        f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW WHEN EXISTS ({condition}) "
        f"BEGIN SELECT RAISE(ABORT, '{raises}'); END"
    )


def apart(name: str, table: str, *, of: str, longest: int | None = None) -> Invariant:
    """That no two rows of `table` with one value of `of`, a key, share time from `starts_at` to `ends_at`.

    A violation raises `name`. Both times are whole numbers, as of minutes. `longest`: how many a row lasts at
    most, which keeps each look of SQLite to a few entries of an index of `of` and `starts_at`.
    """
    nearby = "" if longest is None else f" AND starts_at > NEW.starts_at - {longest}"
    return _apart(
        name,
        table,
        of,
        ("starts_at", "ends_at"),
        in_the_way=f"starts_at < NEW.ends_at{nearby} AND ends_at > NEW.starts_at",
        range_="int4range(starts_at, ends_at)",
    )


def days_apart(name: str, table: str, *, of: str) -> Invariant:
    """That no two rows of `table` with one value of `of`, a key, share a day from `starts_on` to `ends_on`.

    A violation raises `name`. Both days are included; without a last one a row holds until further notice.
    """
    return _apart(
        name,
        table,
        of,
        ("starts_on", "ends_on"),
        in_the_way="(NEW.ends_on IS NULL OR starts_on <= NEW.ends_on)"
        " AND (ends_on IS NULL OR ends_on >= NEW.starts_on)",
        range_="daterange(starts_on, ends_on, '[]')",
    )


def _apart(
    name: str, table: str, of: str, ends: tuple[str, str], *, in_the_way: str, range_: str
) -> Invariant:
    found = f"SELECT 1 FROM {table} WHERE {of} = NEW.{of} AND {in_the_way}"  # noqa: S608  names of our own
    added, changed = f"{table}_added_apart", f"{table}_changed_apart"
    columns = ", ".join((of, *ends))
    return Invariant(
        {
            "sqlite": [
                sqlite_trigger(added, f"INSERT ON {table}", found, name),
                sqlite_trigger(changed, f"UPDATE OF {columns} ON {table}", f"{found} AND id <> OLD.id", name),
            ],
            # A range of one number stands for "= WITH", which a GiST index only has with the extension
            # btree_gist.
            "postgresql": [
                f"ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist"
                f" (int8range({of}, {of}, '[]') WITH &&, {range_} WITH &&)"
            ],
        },
        {
            "sqlite": [f"DROP TRIGGER {added}", f"DROP TRIGGER {changed}"],
            "postgresql": [f"ALTER TABLE {table} DROP CONSTRAINT {name}"],
        },
    )
