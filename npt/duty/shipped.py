"""The reasons and definitions that a new installation starts with, as rows for the migration."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select

from npt.duty.models import Definition, DefinitionReason, Reason
from npt.duty.rules import SHIPPED_DEFINITIONS, SHIPPED_REASONS, ReasonKind

#: The shipped definitions hold for every day that the product can record.
SINCE = date(1900, 1, 1)


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
    """Add the shipped rows; the tables must be empty. The database gives the keys."""
    rows = seed_rows()
    connection.execute(insert(Reason), rows.reasons)
    connection.execute(insert(Definition), rows.definitions)
    reason_ids = dict(connection.execute(select(Reason.code, Reason.id)).all())
    definition_ids = dict(connection.execute(select(Definition.code, Definition.id)).all())
    connection.execute(
        insert(DefinitionReason),
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
