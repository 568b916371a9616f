"""A workbook with charts: the rows on one sheet, and on another a small table and chart of each series.

The charts are the spreadsheet's, drawn from its cells, so that people may copy and restyle them.
"""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from npt.sheets.writing import fill_sheet

#: Rows of cells that a chart stands over, beside its table.
_TALL = 16
_NAMES = ("Month", "Figure", "Target")


@dataclass(frozen=True, slots=True)
class Trend:
    """A series of months: its name, what it is counted in, its numbers and what they should be."""

    name: str
    counted_in: str
    months: Sequence[str]
    #: None for a month that is not known, which leaves a gap
    numbers: Sequence[float | None]
    targets: Sequence[float | None]


def to_charted_xlsx(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    trends: Sequence[Trend],
    *,
    about: Sequence[str] = (),
) -> bytes:
    """The bytes of a workbook: `about` and the charts first, then the rows. CannotWrite as in `to_xlsx`."""
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        Workbook(packed, {"tmpdir": folder}) as book,
    ):
        charts = book.add_worksheet("Charts")
        figures = book.add_worksheet("Figures")
        fill_sheet(book, figures, columns, rows)
        _draw(book, charts, trends, about)
    return packed.getvalue()


def _draw(book: Workbook, sheet: Worksheet, trends: Sequence[Trend], about: Sequence[str]) -> None:
    bold = book.add_format({"bold": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for line, words in enumerate(about):
        sheet.write_string(line, 0, words, bold if line == 0 else None)
    top = len(about) + 1
    for trend in trends:
        sheet.write_string(top, 0, f"{trend.name} ({trend.counted_in})", bold)
        for place, name in enumerate(_NAMES):
            sheet.write_string(top + 1, place, name, bold)
        for line, values in enumerate(
            zip(trend.months, trend.numbers, trend.targets, strict=True), start=top + 2
        ):
            month, *numbers = values
            sheet.write_string(line, 0, month)
            for place, number in enumerate(numbers, start=1):
                if number is not None:
                    sheet.write_number(line, place, number)
        sheet.insert_chart(top, len(_NAMES) + 1, _chart(book, trend, top + 2))
        top += max(_TALL, len(trend.months) + 3)


def _chart(book: Workbook, trend: Trend, first: int) -> Any:
    chart = book.add_chart({"type": "line"})
    last = first + len(trend.months)
    for place in (1, 2):
        if place == 2 and not any(each is not None for each in trend.targets):
            continue
        column = xl_col_to_name(place)
        chart.add_series(
            {
                "name": _NAMES[place],
                "categories": f"=Charts!$A${first + 1}:$A${last}",
                "values": f"=Charts!${column}${first + 1}:${column}${last}",
                "line": {"width": 2, "dash_type": "solid" if place == 1 else "dash"},
                "marker": {"type": "circle" if place == 1 else "none"},
            }
        )
    chart.set_title({"name": trend.name, "name_font": {"size": 11}})
    chart.set_y_axis({"name": trend.counted_in, "min": 0})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 560, "height": 300})
    return chart
