"""The same figures under two definitions."""

from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.performance.queries.month import MonthPage
from npt.performance.queries.rates import counted_in, definition_named, rates, row_in
from npt.performance.queries.signed import signed_rates
from npt.performance.rules import Breakdown, RateRow


def beside(session: Session, page: MonthPage, code: str) -> tuple[DatedDefinition, tuple[RateRow, ...]]:
    """The definition of a code, and the rows of a month page as it counts them, in the same order.

    UnknownDefinition for a code that is not there, or not for that month.
    """
    definition = definition_named(session, code, page.month)
    units = [page.unit, *(child.unit for child in page.children)]
    first = page.rows[0].month
    sums = counted_in(session, units, first, page.month, definition)
    signed = signed_rates(session, units, first, page.month, code)
    of = {unit.code: unit for unit in units}
    return definition, tuple(
        row_in(sums, of[row.unit], row.group, row.month, definition.code, signed=signed) for row in page.rows
    )


def rates_under(
    session: Session,
    *,
    unit: Unit,
    first: Month,
    last: Month,
    each: Level | None = None,
    codes: tuple[str, ...],
    by: Breakdown = Breakdown.GROUP,
) -> list[RateRow]:
    """The rows of `rates` under each of the definitions of `codes`, those of a figure beside one another."""
    rows = [
        row
        for code in dict.fromkeys(codes)
        for row in rates(session, unit=unit, first=first, last=last, each=each, definition=code, by=by)
    ]
    if len(codes) == 1:
        return rows
    return sorted(rows, key=lambda row: (row.unit, row.group, row.month, row.reason or ""))
