"""A pack as rows and as a workbook with charts."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from npt.measures.exchange import measure_columns, measure_lines
from npt.measures.queries.rows import MeasureRow
from npt.measures.rules import number_of
from npt.packs.queries import Pack
from npt.sheets.charts import Trend, to_charted_xlsx
from npt.sheets.writing import to_csv


def pack_csv(pack: Pack) -> bytes:
    """Every figure of the thirteen months, a row each."""
    return to_csv(measure_columns(pack.rows), measure_lines(pack.rows))


def pack_xlsx(pack: Pack) -> bytes:
    """The same rows on a sheet, and on another a table and a chart of every measure."""
    return to_charted_xlsx(
        measure_columns(pack.rows), measure_lines(pack.rows), list(_trends(pack.rows)), about=_about(pack)
    )


def _about(pack: Pack) -> list[str]:
    """What stands above the charts."""
    lines = [f"{pack.unit.name}: {pack.month.title}", f"Definition of abstraction: {pack.definition}"]
    if pack.seal is not None:
        lines.append(f"Signed off, edition {pack.seal.edition}")
        if pack.seal.reason:
            lines.append(f"{pack.seal.unconfirmed_days} team-days not confirmed. Reason: {pack.seal.reason}")
    return lines


def _trends(rows: Sequence[MeasureRow]) -> Iterator[Trend]:
    for measure, several in groupby(rows, key=lambda row: row.measure):
        of = list(several)
        numbers = [number_of(measure, row.figure) for row in of]
        goals = [row.target.target.amount for row in of]
        yield Trend(
            measure.name,
            measure.counted_in.value,
            [str(row.month) for row in of],
            [None if number is None else float(number) for number in numbers],
            [None if goal is None else float(goal) for goal in goals],
        )
