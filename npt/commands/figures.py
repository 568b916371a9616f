"""`npt rates`, `npt headroom` and `npt staffing`: the figures of the pages of the same names, for scripts."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from npt.commands.desk import DAY, MONTH, desk, today_of, unit_of
from npt.commands.speech import harmless, say
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation.rules import Level
from npt.performance import exchange as performance
from npt.performance.figures_code import figures_code
from npt.performance.queries import headrooms_under, rates_under
from npt.performance.rules import Breakdown
from npt.staffing import exchange as staffing_files
from npt.staffing.queries import specialist_counts, staffing_of
from npt.staffing.wording import specialists_in_words, students_in_words

FORMATS = click.Choice(["table", "json", "csv"])
#: characters of a line where nobody watches
WIDE = 400


class MonthsBackwards(Refusal):
    """The last month asked for is before the first."""


@click.command()
@click.option("--unit", "code", required=True, metavar="CODE", help="The unit.")
@click.option("--month", type=MONTH, required=True, help="The month, or the first of several.")
@click.option("--to", "last", type=MONTH, help="The last month.")
@click.option(
    "--each", type=click.Choice(["bcu", "area", "team"]), help="Each unit of that level at or under it."
)
@click.option("--definition", default="local-2008", show_default=True, metavar="CODE", help="Definition.")
@click.option("--with", "beside", metavar="CODE", help="Another definition to compare with.")
@click.option("--code", "is_code", is_flag=True, help="Print the code of these figures, not the rows.")
@click.option(
    "--by", type=click.Choice([part.value for part in Breakdown]), default="group", show_default=True
)
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def rates(
    code: str,
    month: Month,
    last: Month | None,
    each: str | None,
    definition: str,
    beside: str | None,
    is_code: bool,
    by: str,
    form: str,
) -> None:
    """Abstraction rates of a unit, or of each unit of a level at or under it, month by month.

    \b
    Example: npt rates --unit C --month 2026-10 --each team --format csv
             npt rates --unit C --month 2026-10 --definition local-2008 --with inspectorate
    """
    if last is not None and last < month:
        raise MonthsBackwards(f"--to {last} is before --month {month}: give the earlier month first")
    with desk() as (session, _now):
        rows = rates_under(
            session,
            unit=unit_of(session, code),
            first=month,
            last=last or month,
            each=Level(each) if each else None,
            codes=(definition, beside) if beside else (definition,),
            by=Breakdown(by),
        )
        if is_code:
            say(figures_code(rows))
        elif form == "json":
            say(json.dumps(performance.rates_as_json(rows), indent=2))
        else:
            show_rows(performance.rate_columns(rows), performance.rate_lines(rows), form)


@click.command()
@click.option("--unit", "code", required=True, metavar="CODE", help="The unit.")
@click.option("--month", type=MONTH, help="The month. [default: this month]")
@click.option(
    "--each", type=click.Choice(["bcu", "area", "team"]), help="Each unit of that level at or under it."
)
@click.option("--definition", default="local-2008", show_default=True, metavar="CODE", help="Definition.")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def headroom(code: str, month: Month | None, each: str | None, definition: str, form: str) -> None:
    """What a month still allows a unit, or each unit of a level, and when it would go over target.

    \b
    Example: npt headroom --unit C --month 2026-11 --each team --format json
    """
    with desk() as (session, now):
        today = today_of(now)
        rooms = headrooms_under(
            session,
            unit=unit_of(session, code),
            month=month or Month.of(today),
            today=today,
            each=Level(each) if each else None,
            definition=definition,
        )
        if form == "json":
            say(json.dumps(performance.headrooms_as_json(rooms), indent=2))
        else:
            show_rows(performance.HEADROOM_COLUMNS, performance.headroom_lines(rooms), form)


@click.command()
@click.option("--unit", "code", required=True, metavar="CODE", help="The unit.")
@click.option("--as-at", "as_at", type=DAY, help="The day. [default: today]")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def staffing(code: str, as_at: date | None, form: str) -> None:
    """Strength, establishment, vacancy and supervisory ratio of a unit and of each unit directly under it.

    The table also tells the unit's neighbourhood specialist officers (NSOs), and its student officers with
    whether they count in strength.

    \b
    Example: npt staffing --unit C --as-at 2026-11-01 --format json
    """
    with desk() as (session, now):
        unit, day = unit_of(session, code), as_at or today_of(now)
        found = staffing_of(session, unit, day, with_children=True)
        if form == "json":
            say(json.dumps(staffing_files.staffing_as_json(found), indent=2))
        else:
            show_rows(staffing_files.STAFFING_COLUMNS, staffing_files.staffing_lines(found), form)
        if form == "table":
            say(specialists_in_words(specialist_counts(session, unit, day, with_children=False)))
            if students := students_in_words(found.students):
                say(students)


def show_rows(columns: Sequence[str], lines: Sequence[Sequence[object]], form: str) -> None:
    """Print rows under their columns as a table, or as CSV."""
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else cell for cell in line] for line in lines)
        say(text.getvalue(), nl=False)
        return
    # A column that says nothing here (the reason, unless asked for) is left out, not filled with "not known".
    told = [
        place for place, name in enumerate(columns) if name != "reason" or any(line[place] for line in lines)
    ]
    table = Table(*(columns[place] for place in told), box=None, pad_edge=False)
    for line in lines:
        table.add_row(*("not known" if line[place] is None else harmless(str(line[place])) for place in told))
    console = Console(markup=False)
    if not console.is_terminal:
        console.width = WIDE  # a pipe has no edge to cut at
    console.print(table)


COMMANDS = [rates, headroom, staffing]
