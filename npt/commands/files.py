"""`npt import` and `npt export`: the kinds of file that interfaces.md names, in and out."""

import gc
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy.orm import Session

from npt.commands import drops
from npt.commands.desk import MONTH, desk, today_of, unit_of
from npt.commands.speech import harmless, say
from npt.duty import exchange as duty
from npt.interchange import exchange as interchange
from npt.interchange.queries import profile_named
from npt.interchange.rules import KINDS
from npt.journal.actions import note_taken_out
from npt.kit.files import refusal_in_words
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.organisation import exchange as organisation
from npt.people import exchange as people
from npt.reporting import exchange as reporting
from npt.sheets.reading import Problem, Row, Table, count_rows, read_chunks
from npt.sheets.writing import write
from npt.staffing import exchange as staffing
from npt.store.exchange import Export, ExportOrder, Import, ImportOrder, Outcome, RowProblem
from npt.store.transaction import begin_writing, writing
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
    **reporting.EXPORTS,
    **interchange.EXPORTS,
}
#: the names by which the documents call kinds whose first name could mean something else
ALIASES = {"named-contacts": "contacts"}
#: what a duty system may drop into a folder, where good rows are taken and bad ones rejected
DROPPED = tuple(duty.IMPORTS)


class KindOfFile(click.Choice[str]):
    """A kind of file by its name or by its alias."""

    def __init__(self, kinds: Collection[str]) -> None:
        super().__init__(sorted({*kinds, *(alias for alias, kind in ALIASES.items() if kind in kinds)}))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind's own name."""
        name = super().convert(value, param, ctx)
        return ALIASES.get(name, name)


class ImportRefused(Refusal):
    """A file had bad lines; nothing of it was saved."""


class NotWritten(Refusal):
    """A file could not be written; whatever had its name is as it was."""


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
        for table in read_chunks(file, importer.shape) if tables is None else tables:
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
@click.argument("kind", type=KindOfFile(IMPORTS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--dry-run", is_flag=True, help="Check every row and report, but save nothing.")
@click.option("--update", "may_update", is_flag=True, help="Let rows change existing records.")
@click.option(
    "--profile", "profile", metavar="NAME", help="Read another system's file: see npt profile (duty, away)."
)
@click.option(
    "--number",
    metavar="NUMBER",
    help="Read a calendar (.ics) as the shifts of the member with this number (duty).",
)
@click.option(
    "--watch",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Take in files from a folder as they arrive, row by row (duty, away, confirmations).",
)
@click.option("--once", is_flag=True, help="With --watch: take in what is there now, then stop.")
@click.option(
    "--every",
    type=click.IntRange(1, 3600),
    default=30,
    show_default=True,
    help="With --watch: seconds between checks.",
)
def import_file(
    kind: str,
    file: Path | None,
    dry_run: bool,
    may_update: bool,
    profile: str | None,
    number: str | None,
    folder: Path | None,
    once: bool,
    every: int,
) -> None:
    """Read a CSV or XLSX FILE of KIND: all or nothing; the same file twice changes nothing.

    Every bad line is reported with its place and its cure, and so is every line that was skipped.
    A row that would change an existing record is refused unless --update is given.

    With --watch it is otherwise: of each file in the folder, in the order of names, good rows are taken and
    bad ones rejected, row by row. The file is moved to done/; its rejected rows go to rejected/NAME, and the
    reasons, with the number of rows that were accepted, beside it to NAME.reasons.csv.

    \b
    Example: npt import duty roster-november.csv --dry-run
             npt import duty alex.ics --number 4471
             npt import duty --watch /srv/drop --profile carm --once
    """
    if profile is not None and kind not in KINDS:
        raise click.UsageError(f"--profile is for {' and '.join(KINDS)} only.")
    if number is not None and (kind != "duty" or profile is not None or folder is not None):
        raise click.UsageError("Use --number with duty and a calendar, without --profile or --watch.")
    if folder is None:
        if file is None:
            raise click.UsageError("Give a FILE, or a folder with --watch DIR.")
        if once:
            raise click.UsageError("Use --once with --watch DIR.")
        _import_whole(kind, file, profile, number, dry_run=dry_run, may_update=may_update)
        return
    if file is not None or dry_run:
        raise click.UsageError("Use --watch without a FILE and without --dry-run.")
    if kind not in DROPPED:
        raise click.UsageError(f"--watch is for {', '.join(DROPPED)}: other files are imported whole.")
    _watch(kind, folder, profile, may_update=may_update, every=None if once else every)


def _importer(session: Session, kind: str, profile: str | None) -> Import:
    """What takes the kind of file in, in the words of the profile if one is named. UnknownProfile."""
    importer = IMPORTS[kind]
    if profile is None:
        return importer
    kept = profile_named(session, profile)
    # The journal says under which words the records came.
    session.info["actor"] = (None, f"npt import {kind} --profile {profile} (version {kept.number})")
    return interchange.under_profile(importer, kept.profile)


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


def _import_whole(
    kind: str, file: Path, profile: str | None, number: str | None, *, dry_run: bool, may_update: bool
) -> None:
    with desk() as (session, now):
        # A million rows make the collector of rubbish look again and again through what the application is
        # made of, which took as long as all the rest.
        gc.freeze()
        begin_writing(session)
        importer = _importer(session, kind, profile)
        with _progress(file) as advance:
            order = ImportOrder(may_update, now, today_of(now), progress=advance)
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


def _watch(kind: str, folder: Path, profile: str | None, *, may_update: bool, every: int | None) -> None:
    """Take in the files of the folder: once, or again after `every` seconds until the command is stopped.

    A file that grows between two looks is still being written, and left for the next one.
    """
    say(f"Taking {kind} files from {folder}: good rows are taken, bad ones are rejected, row by row.")
    seen: dict[Path, tuple[int, int]] = {}
    with drops.held(folder):
        while True:
            files = drops.waiting(folder)
            now_seen = {file: _state(file) for file in files}
            ready = [file for file in files if every is None or seen.get(file) == now_seen[file]]
            if ready:
                _take_drops(kind, ready, profile, may_update=may_update)
            if every is None:
                return
            seen = now_seen
            try:
                time.sleep(every)
            except KeyboardInterrupt:
                say("Stopped.")
                return


def _state(file: Path) -> tuple[int, int]:
    found = file.lstat()
    return found.st_size, found.st_mtime_ns


def _take_drops(kind: str, files: Sequence[Path], profile: str | None, *, may_update: bool) -> None:
    with desk() as (session, now):
        importer = _importer(session, kind, profile)
        session.rollback()
        for file in files:
            try:
                taken = drops.take_drop(session, importer, file, ImportOrder(may_update, now, today_of(now)))
            except OSError as error:  # one file that cannot be opened must not keep the others waiting
                session.rollback()
                say(f"{file.name}: left where it is, {error.strerror}: correct that.", err=True)
            except drops.LinkInFolder as refusal:
                say(str(refusal), err=True)
            else:
                for warning in taken.warnings:
                    say(f"Warning: {warning}", err=True)
                say(taken.in_words, err=bool(taken.problems))


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


@click.command()
@click.argument("kind", type=KindOfFile(EXPORTS))
@click.option("--unit", "code", metavar="CODE", help="Only this unit and the units under it.")
@click.option("--month", type=MONTH, help="Only records that fall in this month.")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
@click.option(
    "--described", is_flag=True, help="london-abstractions: the headings of the description, not the file's."
)
def export(kind: str, code: str | None, month: Month | None, file: Path, described: bool) -> None:
    """Write the records of KIND to a .csv or .xlsx file, in the shape that `npt import` reads.

    from npt.reporting import exchange as reporting
    from npt.sheets.reading import Problem, Row, Table, count_rows, read_chunks

        \b
        Example: npt export duty --unit C --month 2026-10 --to duty.xlsx
    """
    if described and kind not in interchange.DESCRIBED_EXPORTS:
        raise click.UsageError(f"--described is for {' and '.join(interchange.DESCRIBED_EXPORTS)} only.")
    exporter = (interchange.DESCRIBED_EXPORTS if described else EXPORTS)[kind]
    with desk() as (session, now):
        path = unit_of(session, code).path if code else None
        count = 0

        def rows() -> Iterator[Sequence[object]]:
            nonlocal count
            for row in exporter.rows(session, ExportOrder(path, month, today_of(now))):
                count += 1
                yield row
            # Before the file takes its place: what cannot be noted is not handed out.
            session.rollback()
            with writing(session):
                note_taken_out(session, kind, count, _act(kind, code, month))

        try:
            write(file, exporter.shape.names, rows())
        except OSError as error:
            raise NotWritten(f"{file} was not written: {refusal_in_words(error)}.") from error
        say(f"{count:,} rows written to {file}.")


def _act(kind: str, code: str | None, month: Month | None) -> str:
    """What an export did, for the journal."""
    options = [f" --unit {code}" if code else "", f" --month {month}" if month else ""]
    return f"npt export {kind}{''.join(options)}"


COMMANDS = [import_file, export]
