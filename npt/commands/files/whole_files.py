"""One file taken in as a whole: every row of it or none."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.orm import Session

from npt.commands.desk import desk, today_of
from npt.commands.files.kinds import IMPORTS, importer_of
from npt.commands.speech import harmless, say
from npt.interchange import exchange as interchange
from npt.kit.refusals import Refusal
from npt.sheets.reading import Problem, Row, Table, count_rows, read_chunks
from npt.store.exchange import Import, ImportOrder, Outcome, RowProblem
from npt.store.transaction import begin_writing


class ImportRefused(Refusal):
    """A file had bad lines; nothing of it was saved."""


@dataclass
class TakenIn:
    """What became of a file: counts, and everything wrong or doubtful in it, in the order of its lines."""

    outcome: Outcome
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def take_in(
    session: Session,
    kind: str,
    file: Path,
    order: ImportOrder,
    importer: Import | None = None,
    tables: Iterable[Table] | None = None,
) -> TakenIn:
    """Save the rows of `file` through its feature, inside the caller's write transaction; never commits.

    `importer` when the file is in other words than ours, `tables` when its rows were read already; see
    `npt.interchange`.

    Every bad line is found, in reading and in saving; the caller rolls back when there is any.
    """
    importer = importer or IMPORTS[kind]
    problems: list[Problem] = []
    warnings: list[Problem] = []

    def chunks() -> Iterator[Sequence[Row]]:
        for table in _read(file, importer) if tables is None else tables:
            problems.extend(table.problems)
            warnings.extend(table.warnings)
            yield table.rows

    outcome = importer.save(session, chunks(), order)
    problems.extend(_placed(file, outcome.problems))
    warnings.extend(_placed(file, outcome.warnings))
    return TakenIn(outcome, sorted(problems, key=_line), sorted(warnings, key=_line))


def _read(file: Path, importer: Import) -> Iterable[Table]:
    return read_chunks(file, importer.shape) if importer.read is None else importer.read(file)


def _placed(file: Path, found: Sequence[RowProblem]) -> Iterator[Problem]:
    return (Problem(str(file), problem.line, problem.column or "row", problem.message) for problem in found)


def _line(problem: Problem) -> int:
    return problem.line


def import_whole(
    kind: str,
    file: Path,
    profile: str | None,
    number: str | None,
    *,
    dry_run: bool,
    may_update: bool,
    is_forced: bool = False,
) -> None:
    with desk() as (session, now):
        # A million rows make the collector of rubbish look again and again through what the application is
        # made of, which took as long as all the rest.
        gc.freeze()
        begin_writing(session)
        importer = importer_of(session, kind, profile)
        with _progress(file) as advance:
            order = ImportOrder(may_update, now, today_of(now), progress=advance, is_forced=is_forced)
            tables = _tables(file, number, order.today)
            taken = take_in(session, kind, file, order, importer, tables)
        for warning in taken.warnings:
            say(f"Warning: {warning}", err=True)
        for problem in taken.problems:
            say(str(problem), err=True)
        if taken.problems:
            count = len(taken.problems)
            raise ImportRefused(
                f"{count:,} {'thing' if count == 1 else 'things'} to correct in {file.name}; "
                "nothing was saved"
            )
        if not dry_run:
            session.commit()
        outcome = taken.outcome
        say(
            f"{'Would be ' if dry_run else ''}{outcome.added:,} added, {outcome.changed:,} changed, "
            f"{outcome.unchanged:,} unchanged."
        )


def _tables(file: Path, number: str | None, today: date) -> Iterable[Table] | None:
    """The shifts of the member of this number in a calendar; None for any other file."""
    with file.open("rb") as stream:
        if not interchange.is_calendar(stream.peek(100)):
            if number is not None:
                raise click.UsageError(f"--number is for a calendar (.ics), which {file.name} is not.")
            return None
        if number is None:
            raise click.UsageError(f"{file.name} is a calendar: say whose it is with --number NUMBER.")
        return [interchange.read_calendar(stream.read(), str(file), number=number, today=today)]


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """A bar on standard error while rows are dealt with; nothing where nobody watches."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(harmless(file.name), total=count_rows(file))
        yield lambda rows: bar.update(task, advance=rows)
