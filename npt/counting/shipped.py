"""The reasons and definitions that a new installation starts with, as rows for the migration."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Boolean, Connection, Date, Integer, String, column, insert, select, table

from npt.counting.rules import SHIPPED_DEFINITIONS, SINCE
from npt.shifts.rules import SHIPPED_REASONS, ReasonKind
from npt.store.types import by_value


@dataclass(frozen=True)
class SeedRows:
    """Plain rows without keys; `counting` pairs the code of a definition with that of a reason and says if it
    counts."""

    reasons: list[dict[str, object]]
    definitions: list[dict[str, object]]
    counting: list[tuple[str, str, bool]]


def seed_rows() -> SeedRows:
    """The shipped reasons, definitions, and which abstraction reasons count under which."""
    return SeedRows(
        reasons=[
            {
                "code": reason.code,
                "name": reason.name,
                "kind": reason.kind,
                "needs_note": reason.needs_note,
                "is_planned": reason.is_planned,
                "is_force_wide": reason.is_force_wide,
                "position": position,
            }
            for position, reason in enumerate(SHIPPED_REASONS, start=1)
        ],
        definitions=[
            {
                "code": definition.code,
                "name": definition.name,
                "explanation": definition.explanation,
                "puts_absence_back": definition.puts_absence_back,
            }
            for definition in SHIPPED_DEFINITIONS
        ],
        counting=[
            (definition.code, reason.code, reason.code in definition.counting_reasons)
            for definition in SHIPPED_DEFINITIONS
            for reason in SHIPPED_REASONS
            if reason.kind is ReasonKind.ABSTRACTION
        ],
    )


def seed(connection: Connection) -> None:
    """Add the shipped rows; the tables must be empty. The database gives the keys.

    The tables are described as the first migration makes them: later ones add columns.
    """
    rows = seed_rows()
    connection.execute(insert(_REASON), rows.reasons)
    connection.execute(insert(_DEFINITION), rows.definitions)
    reason_ids = dict(connection.execute(select(_REASON.c.code, _REASON.c.id)).all())
    definition_ids = dict(connection.execute(select(_DEFINITION.c.code, _DEFINITION.c.id)).all())
    connection.execute(
        insert(_DEFINITION_REASON),
        [
            {
                "definition_id": definition_ids[definition],
                "reason_id": reason_ids[reason],
                "starts_on": SINCE,
                "counts": counts,
            }
            for definition, reason, counts in rows.counting
        ],
    )


_REASON = table(
    "reason",
    column("id", BigInteger),
    column("code", String),
    column("name", String),
    column("kind", by_value(ReasonKind, "kind")),
    column("needs_note", Boolean),
    column("is_planned", Boolean),
    column("is_force_wide", Boolean),
    column("position", Integer),
)
_DEFINITION = table(
    "definition",
    column("id", BigInteger),
    column("code", String),
    column("name", String),
    column("explanation", String),
    column("puts_absence_back", Boolean),
)
_DEFINITION_REASON = table(
    "definition_reason",
    column("definition_id", BigInteger),
    column("reason_id", BigInteger),
    column("starts_on", Date),
    column("counts", Boolean),
)
