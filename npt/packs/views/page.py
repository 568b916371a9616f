"""A pack as the HTML of a document to print: charts as pictures with words, tables that fit on a page."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import current_app

from npt.kit.months import Month
from npt.measures.queries.rows import MeasureRow
from npt.measures.rules import Measure
from npt.measures.wording import figure_in_words, made_of, target_in_words
from npt.packs.queries import Pack
from npt.reviews.rules import Reading, exceptions_first, flagged_by_chance
from npt.reviews.views.shown import chart_in_words, chart_of
from npt.reviews.wording import RULE_SET, ToldWhy, by_chance_in_words, period_in_words, told_why
from npt.seals.wording import signed_in_words, unconfirmed_in_words
from npt.store.batches import batches

#: Lines of a table that stand on one page: a table over several would be tagged as several.
_LINES = 9


class MeasurePrinted(NamedTuple):
    """A measure of the month in words, with its chart."""

    name: str
    definition: str
    owner: str
    value: str
    basis: str
    target: str
    restated: str
    whys: Sequence[ToldWhy]
    period: str
    chart: str
    chart_words: str


def page_of(pack: Pack, *, with_actions: bool) -> str:
    """The document. `with_actions`: whether its reader may see what was to be done."""
    readings = pack.read.readings
    shown: dict[str, Any] = {
        "pack": pack,
        "signed": "" if pack.seal is None else signed_in_words(pack.seal, pack.month),
        "unconfirmed": "" if pack.seal is None else unconfirmed_in_words(pack.seal),
        "exceptions": [_printed(pack, each) for each in exceptions_first(readings)],
        "measures": [_printed(pack, each) for each in readings],
        "by_chance": by_chance_in_words(*flagged_by_chance(readings)),
        "rule_set": RULE_SET,
        "comments": pack.said.said_of(None),
        "actions": [line.action for line in pack.said.actions_before] if with_actions else [],
        "months": [row.month for row in pack.rows[:13]],
        "tables": _tables(pack.rows),
    }
    return current_app.jinja_env.get_template("packs/page.html").render(shown)


def _printed(pack: Pack, reading: Reading) -> MeasurePrinted:
    measure, figure, target = reading.measure, reading.figure, reading.target.target
    return MeasurePrinted(
        measure.name,
        measure.definition,
        measure.owner,
        figure_in_words(measure, figure),
        made_of(measure, figure),
        "" if target.amount is None else target_in_words(measure, target),
        _restated(pack, reading),
        told_why(reading),
        period_in_words(reading),
        _picture(reading),
        chart_in_words(reading),
    )


def _restated(pack: Pack, reading: Reading) -> str:
    signed = pack.read.restated(reading.measure, pack.unit.path, reading.month, reading.figure)
    return "" if signed is None else f"{figure_in_words(reading.measure, signed)} was signed off"


def _picture(reading: Reading) -> str:
    """The chart as an address that holds it, since only a picture has words of its own in a PDF."""
    drawn = current_app.jinja_env.get_template("packs/chart.svg").render(chart=chart_of(reading))
    return f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}"


class Line(NamedTuple):
    """A measure in a table of months."""

    name: str
    cells: Sequence[str]


def _tables(rows: Sequence[MeasureRow]) -> list[tuple[int, int, list[Line]]]:
    """The thirteen months of every measure in parts that fit on a page: from which measure to which."""
    lines: dict[Measure, dict[Month, str]] = {}
    for row in rows:
        words = figure_in_words(row.measure, row.figure) if row.figure.is_known else "?"
        if row.signed is not None:
            words += f" (signed off: {figure_in_words(row.measure, row.signed.figure)})"
        lines.setdefault(row.measure, {})[row.month] = words
    known = [Line(measure.name, list(of.values())) for measure, of in lines.items()]
    found, first = [], 1
    for some in batches(known, _LINES):
        found.append((first, first + len(some) - 1, some))
        first += len(some)
    return found
