"""References that records get by their keys, beside those that files give them."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session


def free_reference(
    session: Session, column: InstrumentedAttribute[str], wanted: str, *where: ColumnElement[Any]
) -> str:
    """`wanted`, or "P-108-2" where a file has given "P-108" to another record.

    `where`: among which records a reference stands once, if not among all. A statement for each that is
    taken.
    """
    found, number = wanted, 1
    while session.scalar(select(column).where(column == found, *where)) is not None:
        number += 1
        found = f"{wanted}-{number}"
    return found
