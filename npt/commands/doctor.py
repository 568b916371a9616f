"""`npt doctor`: is this installation sound? Each check says what it found and, if bad, what to do."""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from npt.commands.database import revisions
from npt.commands.desk import desk, today_of
from npt.commands.speech import say
from npt.counting.rollup.settle import differences, recompute_all
from npt.factory import clock_of
from npt.journal.queries import verify
from npt.kit.clock import moment_in_words
from npt.kit.files import PRIVATE
from npt.kit.refusals import Refusal
from npt.outbox.queries import stuck_letters
from npt.places.queries import has_boundaries, without_boundary
from npt.settings import ROOT, Settings
from npt.shifts.attribution import misattributed_shifts
from npt.store.transaction import writing

#: below this much free space on the disk of an embedded database, the doctor warns
LOW_SPACE = 500 * 1024 * 1024


class Unsound(Refusal):
    """At least one check found a fault."""


@dataclass(frozen=True)
class Finding:
    """What one check found. `cure` is empty when all is well."""

    check: str
    found: str
    cure: str = ""


def _schema(_session: Session) -> Finding:
    found, wanted = revisions()
    cure = "" if found == wanted else "run npt db upgrade"
    return Finding("Schema", f"at {found or 'nothing'}, wanted {wanted}", cure)


def _engine(session: Session) -> Finding:
    dialect = session.get_bind().dialect
    if dialect.name == "sqlite":
        wal = session.scalar(text("PRAGMA journal_mode"))
        return Finding("Database engine", f"SQLite {sqlite3.sqlite_version}, journal mode {wal}")
    return Finding("Database engine", str(session.scalar(text("SELECT version()"))).split(",")[0])


def _integrity(session: Session) -> Finding:
    if session.get_bind().dialect.name != "sqlite":
        return Finding("Stored pages", "checked by the server itself")
    faults = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check"))]
    orphans = len(session.execute(text("PRAGMA foreign_key_check")).all())
    if faults != ["ok"] or orphans:
        return Finding(
            "Stored pages", "; ".join(faults[:3]) + f"; {orphans} orphans", "restore the last backup"
        )
    return Finding("Stored pages", "whole, no orphans")


def _journal(session: Session) -> Finding:
    verdict = verify(session, None)
    if verdict.is_whole:
        return Finding("Journal", f"whole, {verdict.entries:,} entries")
    return Finding(
        "Journal", verdict.explanation, "find out who has write access to the database, and compare a backup"
    )


def _attribution(session: Session) -> Finding:
    wrong = misattributed_shifts(session)
    if not wrong:
        return Finding("Shifts", "each is under the posting its member held")
    first = wrong[0]
    return Finding(
        "Shifts",
        f"{len(wrong):,} under another unit or role than their posting, first: {first}",
        "import the postings again",
    )


def _roll_up(session: Session) -> Finding:
    # All of it is looked at as it is at one moment, though others go on saving.
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    wrong = differences(session)
    session.rollback()
    if not wrong:
        return Finding("Roll-up", "every month's sums match its shifts")
    return Finding(
        "Roll-up",
        f"{len(wrong):,} unit months have sums that do not match their shifts, first: {wrong[0]}",
        "run npt doctor --mend",
    )


def _boundaries(session: Session) -> Finding:
    if not has_boundaries(session):
        return Finding("Boundaries", "none recorded")
    today = today_of(clock_of(Settings.from_environment())())
    missing = without_boundary(session, None, as_at=today)
    if not missing:
        return Finding("Boundaries", "every neighbourhood has one")
    count = f"{len(missing):,} neighbourhood{' has' if len(missing) == 1 else 's have'} none"
    return Finding(
        "Boundaries", f"{count}, first: {missing[0].code}", "import them with npt import boundaries FILE"
    )


def _letters(session: Session) -> Finding:
    stuck = stuck_letters(session, clock_of(Settings.from_environment())())
    if stuck.waiting and stuck.oldest is not None:
        return Finding(
            "Emails",
            f"{stuck.waiting:,} could have gone and did not, the first since {moment_in_words(stuck.oldest)}",
            "run npt send, and see what it says",
        )
    if stuck.uncertain and stuck.path is not None:
        code = stuck.path.rstrip("/").rpartition("/")[2]
        return Finding(
            "Emails",
            f"{stuck.uncertain:,} were perhaps sent: their sender stopped in the middle",
            f"open /units/{code}/letters?state=uncertain and decide",
        )
    return Finding("Emails", "none is stuck")


def _browser_parts(_session: Session) -> Finding:
    is_built = (ROOT / "npt" / "static" / "dist" / "npt.css").exists()
    return Finding("Browser parts", "built" if is_built else "missing", "" if is_built else "run make setup")


def _space(session: Session) -> Finding:
    database = session.get_bind().engine.url.database
    if session.get_bind().dialect.name != "sqlite" or not database:
        return Finding("Disk", "the server's own")
    free = shutil.disk_usage(Path(database).parent).free
    return Finding(
        "Disk", f"{free // 1024**2:,} MiB free", "" if free > LOW_SPACE else "make room on the disk"
    )


def _secrets(_session: Session) -> Finding:
    keys = Settings.from_environment().secret_keys
    return Finding(
        "Secret key", f"{len(keys)} key{'s' if len(keys) > 1 else ''}, the first of {len(keys[0])} characters"
    )


def _privacy(session: Session) -> Finding:
    database = session.get_bind().engine.url.database
    if session.get_bind().dialect.name != "sqlite" or not database:
        return Finding("Files", "the server's own")
    others = Path(database).stat().st_mode & ~PRIVATE & 0o777
    return Finding(
        "Files",
        "others of this machine can read the database" if others else "the database is its owner's alone",
        f"chmod 600 {database}" if others else "",
    )


#: without which records cannot be relied on at all
BASIC_CHECKS: tuple[Callable[[Session], Finding], ...] = (_schema, _integrity, _journal)
CHECKS: tuple[Callable[[Session], Finding], ...] = (
    _engine,
    *BASIC_CHECKS,
    _attribution,
    _roll_up,
    _boundaries,
    _letters,
    _browser_parts,
    _secrets,
    _privacy,
    _space,
)


def examined(session: Session, checks: Sequence[Callable[[Session], Finding]]) -> int:
    """Say what each check found; how many found something wrong."""
    bad = 0
    for check in checks:
        finding = check(session)
        mark = "wrong" if finding.cure else "ok"
        say(
            f"{mark:<6}{finding.check}: {finding.found}"
            + (f". To do: {finding.cure}" if finding.cure else "")
        )
        bad += bool(finding.cure)
    return bad


@click.command()
@click.option("--mend", is_flag=True, help="First add up every month's sums again from its shifts.")
def doctor(mend: bool) -> None:
    """Check this installation: schema, stored pages, journal, shifts, emails, disk; exit 1 when one is wrong.

    \b
    Example: npt doctor
    """
    with desk() as (session, _now):
        if mend:
            with writing(session):
                recompute_all(session)
        bad = examined(session, CHECKS)
    if bad:
        raise Unsound(f"{bad} of {len(CHECKS)} checks found something wrong; each says what to do")


COMMANDS = [doctor]
