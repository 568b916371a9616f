"""What was measured, as a table for a terminal and as one for docs/performance.md."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from npt.settings import ROOT
from tests.bench.measures import Measure, Result

_PAGE = ROOT / "docs" / "performance.md"
#: what lies between these lines of the page is replaced, and nothing else
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_HEADINGS = ("work", "against", "of", "ratio", "single pairs", "reach", "")


def as_table(results: Sequence[Result]) -> Table:
    """The results for a terminal."""
    table = Table(*_HEADINGS, title="Ratio of medians of pairs that were timed in turn")
    for result in results:
        table.add_row(*_cells(result))
    return table


def write(results: Sequence[Result], measures: Sequence[Measure], engines: str) -> Path:
    """Put the results into the page, with what they were measured on; the page, as a path in the repository.

    Rows of the page that were not measured now stay with their day, in the order of all `measures`; those of
    which there is no measure any more go. `engines` are the database engines with their versions.
    """
    before, _, rest = _PAGE.read_text(encoding="utf-8").partition(_BEGIN)
    table, found, after = rest.partition(_END)
    if not found:
        raise RuntimeError(f"{_PAGE.name} has lost the lines {_BEGIN} and {_END}: put them back")
    rows = {_key(line): line for line in table.splitlines() if line.startswith("| ")}
    today = f"{datetime.now(UTC):%-d %B %Y}"
    for result in results:
        line = _line([*_cells(result), today])
        rows[_key(line)] = line
    keys = (_key(_line([measure.work, measure.against])) for measure in measures)
    lines = [_measured_on(engines), "", _line([*_HEADINGS, "on"]), _line(["---"] * (len(_HEADINGS) + 1))]
    lines += [rows[key] for key in keys if key in rows]
    _PAGE.write_text("\n".join([before + _BEGIN, "", *lines, "", _END + after]), encoding="utf-8")
    return _PAGE.relative_to(ROOT)


def _key(line: str) -> tuple[str, ...]:
    """What tells a row of the page from the others: the work, and what it is held against."""
    return tuple(cell.strip() for cell in line.split("|")[1:3])


def _cells(result: Result) -> tuple[str, ...]:
    measure, (least, most) = result.measure, result.spread
    reach = "–" if measure.reach is None else f"≤ {measure.reach}"
    verdict = {True: "reached", False: "missed", None: ""}[result.is_reached]
    spread = f"{least:.2f} to {most:.2f}, {len(result.pairs)}"
    return measure.work, measure.against, measure.counted, f"{result.ratio:.2f}", spread, reach, verdict


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _measured_on(engines: str) -> str:
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"The last run was on {datetime.now(UTC):%-d %B %Y}, {os.cpu_count()} cores,"
        f" {gigabytes:.0f} GB of memory, Python {platform.python_version()}, {engines}."
    )
