"""The month that a pack is of: the review, what was signed of it, and the rows of every measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.months import Month, thirteen_months_to
from npt.measures.queries.asked import Asked
from npt.measures.queries.rows import MeasureRow, rows_of
from npt.organisation.models import Unit
from npt.reviews.queries import MonthRead, Reviewed, month_read, reviewed
from npt.seals.models import Seal
from npt.seals.queries import edition_of


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a pack shows."""

    unit: Unit
    month: Month
    definition: str
    read: MonthRead
    said: Reviewed
    #: the latest edition; None for a month that is not signed off
    seal: Seal | None
    #: every measure of the unit in thirteen months, as the API answers them
    rows: Sequence[MeasureRow]


def pack_of(session: Session, unit: Unit, month: Month, today: date) -> Pack:
    """The pack of a unit's month. A fixed number of statements."""
    definition = default_definition(session)
    first = thirteen_months_to(month)[0]
    read = month_read(session, unit, month, definition=definition, today=today)
    rows = rows_of(session, Asked((unit,), first, month, definition, today), figures=read.figures)
    return Pack(
        unit,
        month,
        definition.name,
        read,
        reviewed(session, unit, month, today=today),
        edition_of(session, unit, month),
        [row for row in rows if unit.level in row.measure.levels],
    )
