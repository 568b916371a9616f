"""The drop folder of `npt import KIND --watch`: another system puts files there, taken in row by row.

Unlike an import of one file, good rows are taken and bad ones are rejected. What was looked at is moved to
`done/`; the rejected rows of `NAME` go to `rejected/NAME`, with the reasons beside them. A run that was cut
short is harmless: the file is still there, and the same rows again change nothing.
"""

import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from npt.kit.files import PRIVATE, PRIVATE_FOLDER
from npt.kit.refusals import Refusal
from npt.sheets.picking import pick
from npt.sheets.reading import Problem, Row, read_chunks
from npt.sheets.writing import write
from npt.store.exchange import Import, ImportOrder, Outcome, RowProblem
from npt.store.transaction import writing

DONE, REJECTED, LOCK = "done", "rejected", ".npt-import.lock"
REASONS = ("line", "column", "message")
#: Endings of files that somebody is still writing, by the custom of those who write them.
_UNFINISHED = (".part", ".tmp", ".partial", ".filepart")
#: Problems that leave nothing of a file to be taken: no row of it can be told for sure.
_WHOLE_FILE = {"file", "header"}


class FolderBusy(Refusal):
    """Another import has the folder."""


class LinkInFolder(Refusal):
    """Where results go, or what is to be taken in, is a link to somewhere else."""


@dataclass
class Taken:
    """What became of a dropped file."""

    name: str
    outcome: Outcome
    problems: list[Problem]
    #: what was taken and is doubtful, and what was skipped above the header
    warnings: list[Problem] = field(default_factory=list)
    #: nothing of the file could be read, so nothing was taken
    is_refused: bool = False
    #: where the rejected rows and their reasons are; None when there are none
    rejects: Path | None = None

    @property
    def rejected(self) -> set[int]:
        """The lines of the rejected rows."""
        return {problem.line for problem in self.problems}

    @property
    def accepted(self) -> int:
        """How many rows were taken, those that were there already too."""
        return self.outcome.added + self.outcome.changed + self.outcome.unchanged

    @property
    def in_words(self) -> str:
        """What became of it, for the log."""
        if self.is_refused:
            return f"{self.name}: refused, nothing was imported; see {self._see}."
        done = self.outcome
        rows = f"{self.accepted:,} {'row' if self.accepted == 1 else 'rows'} taken"
        words = (
            f"{self.name}: {rows} ({done.added:,} added, {done.changed:,} changed,"
            f" {done.unchanged:,} unchanged), {len(self.rejected):,} rejected"
        )
        return f"{words}; see {self._see}." if self.rejects else f"{words}."

    @property
    def _see(self) -> str:
        return "" if self.rejects is None else f"{REJECTED}/{_reasons_of(self.rejects).name}"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder for one import. FolderBusy when another has it; a run that died holds nothing."""
    for name in (DONE, REJECTED, LOCK):
        if (folder / name).is_symlink():
            raise LinkInFolder(f"{folder / name} is a link, and could lead anywhere: remove it.")
    for name in (DONE, REJECTED):
        (folder / name).mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, PRIVATE)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise FolderBusy(
                f"Another import is running in {folder}: wait for it to end, or stop it."
            ) from None
        yield
    finally:
        os.close(lock)


def waiting(folder: Path) -> list[Path]:
    """The files to be taken in, in the order of their names; hidden and unfinished ones are left alone."""
    return sorted(
        (
            path
            for path in folder.iterdir()
            if (path.is_file() or path.is_symlink())
            and not path.name.startswith(".")
            and not path.name.endswith(_UNFINISHED)
        ),
        key=lambda path: path.name,
    )


def take_drop(session: Session, importer: Import, file: Path, order: ImportOrder) -> Taken:
    """Take in what can be taken of a dropped file, commit, put rejects aside and move the file away.

    In this order, so that whatever cuts it short, the file is looked at again. LinkInFolder for a link, soft
    or hard: whoever may put files here could have ours read for them, or change one while it is read.
    """
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        raise LinkInFolder(f"{file.name}: left where it is because it is a link: put the file itself here.")
    reading = _Reading(file, importer)
    with writing(session):
        outcome = _take(session, reading, order)
        if reading.is_unreadable:
            session.rollback()
    if reading.is_unreadable:
        taken = Taken(file.name, Outcome(), reading.problems, is_refused=True)
    else:
        problems = [*reading.problems, *_placed(file, outcome.problems)]
        warnings = [*reading.warnings, *_placed(file, outcome.warnings)]
        taken = Taken(file.name, outcome, sorted(problems, key=_line), sorted(warnings, key=_line))
    _put_away(file, importer, taken)
    return taken


@dataclass
class _Reading:
    """A dropped file, which may have to be read more than once."""

    file: Path
    importer: Import
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    is_unreadable: bool = False

    def chunks(self) -> Iterator[Sequence[Row]]:
        self.problems.clear()
        self.warnings.clear()
        for table in read_chunks(self.file, self.importer.shape):
            self.problems.extend(table.problems)
            self.warnings.extend(table.warnings)
            self.is_unreadable |= table.is_unreadable
            yield table.rows


def _take(session: Session, reading: _Reading, order: ImportOrder) -> Outcome:
    """Save all that can be saved: at once, or row by row where rows stand in each other's way.

    A shift that may have the time which another shift was to leave, but did not, is refused by the database.
    """
    save = reading.importer.save
    try:
        with session.begin_nested():
            return save(session, reading.chunks(), order)
    except Refusal:
        outcome = Outcome()
        for row in (row for chunk in reading.chunks() for row in chunk):
            try:
                with session.begin_nested():
                    part = save(session, [[row]], order)
                    outcome.count(part)
                    outcome.problems += part.problems
                    outcome.warnings += part.warnings
            except Refusal as refusal:
                outcome.tell(row.line, refusal.field, refusal.message)
        return outcome


def _placed(file: Path, found: Sequence[RowProblem]) -> Iterator[Problem]:
    return (Problem(file.name, problem.line, problem.column or "row", problem.message) for problem in found)


def _line(problem: Problem) -> int:
    return problem.line


def _put_away(file: Path, importer: Import, taken: Taken) -> None:
    """Keep what was rejected with its reasons, and move the file out of the way."""
    if taken.problems:
        taken.rejects = _free(file.parent / REJECTED, file.name)
        accepted = [None, "accepted", str(taken.accepted)]
        lines = [[problem.line, problem.column, problem.message] for problem in taken.problems]
        write(_reasons_of(taken.rejects), REASONS, [*lines, accepted])
    with suppress(PermissionError):  # whoever put it here keeps it
        file.chmod(PRIVATE)
    if taken.rejects is not None and taken.is_refused:
        os.replace(file, taken.rejects)
        return
    if taken.rejects is not None:
        pick(file, taken.rejected, importer.shape, taken.rejects)
    os.replace(file, _free(file.parent / DONE, file.name))


def _reasons_of(rejects: Path) -> Path:
    return rejects.with_name(f"{rejects.name}.reasons.csv")


def _free(folder: Path, name: str) -> Path:
    """Where a file of this name can be kept beside its namesakes of earlier days."""
    target, number = folder / name, 1
    while target.exists():
        number += 1
        stem, dot, ending = name.rpartition(".")
        target = folder / (f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}")
    return target
