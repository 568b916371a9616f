"""Measures pages, figures, saving and importing: `make bench`, or `python -m tests.bench [--write]`.

BENCH_ONLY chooses rows by their names (blanks between; the beginning of a name is enough). BENCH_MONTHS says
how many months of a nation's history to make, 12 unless said, 36 at most, and makes the history behind the
pages shorter. `--write` puts what was measured into the table of docs/performance.md.
"""

import os
import sys

import click
from rich.console import Console

from tests.bench import (
    actions,
    days,
    figures,
    heard,
    imports,
    kin,
    letters,
    lists,
    pages,
    patches,
    places,
    problem_page,
    problems,
    reviewed,
    seals,
    workers,
)
from tests.bench.measures import Measure, Result, measured
from tests.bench.place import new_place
from tests.bench.report import as_table, write

#: every row, in the order of the table
MEASURES: list[Measure] = [
    *pages.MEASURES,
    *lists.MEASURES,
    *kin.MEASURES,
    *patches.MEASURES,
    *problem_page.MEASURES,
    *places.MEASURES,
    *actions.MEASURES,
    *problems.MEASURES,
    *workers.MEASURES,
    *figures.MEASURES,
    *heard.MEASURES,
    *reviewed.MEASURES,
    *seals.MEASURES,
    *days.MEASURES,
    *imports.MEASURES,
    *letters.MEASURES,
]


#: how much of a nation's history is made unless BENCH_MONTHS says otherwise
_USUAL_MONTHS = 12


def _chosen(months: int | None) -> list[Measure]:
    wanted = tuple(os.environ.get("BENCH_ONLY", "").split())
    chosen = [
        each
        for each in MEASURES
        if each.history <= (months or _USUAL_MONTHS) and (not wanted or each.name.startswith(wanted))
    ]
    if not chosen:
        names = ", ".join(each.name for each in MEASURES)
        raise click.UsageError(f"BENCH_ONLY chooses no row: begin with the beginning of one of {names}")
    return chosen


def _months() -> int | None:
    text = os.environ.get("BENCH_MONTHS", "")
    if text and not (text.isdecimal() and 1 <= int(text) <= 36):
        raise click.UsageError(f"BENCH_MONTHS is {text!r}: give a number of months from 1 to 36")
    return int(text) if text else None


@click.command()
@click.option("--write", "is_written", is_flag=True, help="Put the table into docs/performance.md.")
def main(is_written: bool) -> None:
    """Measure, and print each figure as a ratio of medians of pairs that were timed in turn."""
    months = _months()
    chosen = _chosen(months)
    console = Console()
    results: list[Result] = []
    with new_place(months) as place:
        for number, measure in enumerate(chosen, start=1):
            with console.status(f"{number} of {len(chosen)}: {measure.work}, against {measure.against}"):
                results.append(measured(measure, place))
            console.print(results[-1].in_words, highlight=False)
        engines = place.engines
    console.print(as_table(results))
    if is_written:
        console.print(f"Written to {write(results, MEASURES, engines)}.")


if __name__ == "__main__":
    sys.exit(main())
