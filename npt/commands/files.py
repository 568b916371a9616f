"""`npt import` and `npt export`: the kinds of file that interfaces.md names, in and out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.orm import Session

from npt.commands.desk import MONTH, desk, today_of, unit_of
from npt.duty import exchange as duty
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation import exchange as organisation
from npt.people import exchange as people
from npt.sheets.reading import Problem, Row, count_rows, read_chunks
from npt.sheets.writing import write
from npt.staffing import exchange as staffing
from npt.store.exchange import Export, ExportOrder, Import, ImportOrder, Outcome, RowProblem
from npt.store.transaction import begin_writing
from npt.training import exchange as training

IMPORTS: dict[str, Import] = {
    **organisation.IMPORTS,
    **people.IMPORTS,
    **staffing.IMPORTS,
    **duty.IMPORTS,
    **training.IMPORTS,
}
EXPORTS: dict[str, Export] = {
    **organisation.EXPORTS,
    **people.EXPORTS,
    **staffing.EXPORTS,
    **duty.EXPORTS,
    **training.EXPORTS,
}


class ImportRefused(Refusal):
    """A file had bad lines; nothing of it was saved."""


@dataclass
class TakenIn:
    """What became of a file: counts, and everything wrong or doubtful in it, in the order of its lines."""

    outcome: Outcome
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def take_in(session: Session, kind: str, file: Path, order: ImportOrder) -> TakenIn:
    """Save the rows of `file` through its feature, inside the caller's write transaction; never commits.

    Every bad line is found, in reading and in saving; the caller rolls back when there is any.
    """
    importer = IMPORTS[kind]
    problems: list[Problem] = []
    warnings: list[Problem] = []

    def chunks() -> Iterator[Sequence[Row]]:
        for table in read_chunks(file, importer.shape):
            problems.extend(table.problems)
            warnings.extend(table.warnings)
            yield table.rows

    outcome = importer.save(session, chunks(), order)
    problems.extend(_placed(file, outcome.problems))
    warnings.extend(_placed(file, outcome.warnings))
    return TakenIn(outcome, sorted(problems, key=_line), sorted(warnings, key=_line))


def _placed(file: Path, found: Sequence[RowProblem]) -> Iterator[Problem]:
    return (Problem(str(file), problem.line, problem.column or "row", problem.message) for problem in found)


def _line(problem: Problem) -> int:
    return problem.line


@click.command(name="import")
@click.argument("kind", type=click.Choice(sorted(IMPORTS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Look at every row and report, but save nothing.")
@click.option(
    "--update", "may_update", is_flag=True, help="Let rows change records that exist with other values."
)
def import_file(kind: str, file: Path, dry_run: bool, may_update: bool) -> None:
    """Read a CSV or XLSX FILE of KIND: all or nothing; the same file twice changes nothing.

    Every bad line is reported with its place and its cure. A row that would change an existing record is
    refused unless --update is given.

    \b
    Example: npt import duty roster-november.csv --dry-run
    """
    with desk() as (session, now):
        begin_writing(session)
        with _progress(file) as advance:
            taken = take_in(
                session, kind, file, ImportOrder(may_update, now, today_of(now), progress=advance)
            )
        for warning in taken.warnings:
            click.echo(f"Warning: {warning}", err=True)
        for problem in taken.problems:
            click.echo(str(problem), err=True)
        if taken.problems:
            count = len(taken.problems)
            raise ImportRefused(
                f"{count:,} {'thing' if count == 1 else 'things'} to mend in {file.name}; nothing was saved"
            )
        if not dry_run:
            session.commit()
        outcome = taken.outcome
        click.echo(
            f"{'Would be ' if dry_run else ''}{outcome.added:,} added, {outcome.changed:,} changed, "
            f"{outcome.unchanged:,} unchanged."
        )


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while rows are dealt with; nothing where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(file.name, total=count_rows(file))
        yield lambda rows: bar.update(task, advance=rows)


@click.command()
@click.argument("kind", type=click.Choice(sorted(EXPORTS)))
@click.option("--unit", "code", metavar="CODE", help="Only this unit and what lies under it.")
@click.option("--month", type=MONTH, help="Only this month (duty, away, confirmations).")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
def export(kind: str, code: str | None, month: Month | None, file: Path) -> None:
    """Write the records of KIND to a .csv or .xlsx file, in the shape that `npt import` reads.

    \b
    Example: npt export duty --unit C --month 2026-10 --to duty.xlsx
    """
    exporter = EXPORTS[kind]
    with desk() as (session, _now):
        path = unit_of(session, code).path if code else None
        count = 0

        def rows() -> Iterator[Sequence[object]]:
            nonlocal count
            for row in exporter.rows(session, ExportOrder(path, month)):
                count += 1
                yield row

        write(file, exporter.shape.names, rows())
        click.echo(f"{count:,} rows written to {file}.")


COMMANDS = [import_file, export]
