"""`npt scan`: let the virus scanner look at files that it has not answered for."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.orm import Session

from npt.attachments.actions import note_verdict, verdict_on
from npt.attachments.models import Attachment
from npt.attachments.queries import to_scan
from npt.attachments.rules import ScanState, Verdict
from npt.commands.desk import desk
from npt.commands.speech import say
from npt.kit.refusals import Refusal
from npt.settings import Settings, WrongSetting
from npt.store.transaction import writing

#: So many files without an answer, one after another, and the scanner is taken to be away.
_PATIENCE = 3


class NotAllScanned(Refusal):
    """The scanner gave no answer for at least one file."""


@click.command()
@click.option("--all", "again", is_flag=True, help="Scan every file again, as after new signatures.")
def scan(again: bool) -> None:
    """Let the virus scanner look at the files that wait for it.

    Those that it has not answered for, and those that came while no scanner was set up. Nobody can download
    a file that waits, or that is infected; whoever added an infected one is told on their start page. Exit 1
    when the scanner did not answer for every file. Needs NPT_SCANNER.

    \b
    Example: npt scan --all
    """
    scanner = Settings.from_environment().scanner
    if scanner is None:
        raise WrongSetting(
            "NPT_SCANNER is not set: give the address of clamd, like 127.0.0.1:3310, or the path of its"
            " socket, like /run/clamav/clamd.ctl"
        )
    with desk() as (session, now):
        waiting = to_scan(session, again=again)
        session.expunge_all()
        session.rollback()
        counts = dict.fromkeys(ScanState, 0)
        in_a_row, trouble = 0, ""
        with _progress(waiting) as files:
            for attachment in files:
                verdict = _scanned(session, attachment, scanner, now)
                counts[verdict.state] += 1
                is_silent = verdict.state is ScanState.WAITING
                in_a_row, trouble = (in_a_row + 1, verdict.note) if is_silent else (0, trouble)
                if in_a_row == _PATIENCE:
                    break
        _report(counts, len(waiting), trouble)


def _scanned(session: Session, attachment: Attachment, scanner: str, now: datetime) -> Verdict:
    """Scan one file, and note what was said of it."""
    verdict = verdict_on(session, attachment, scanner)
    with writing(session):
        note_verdict(session, attachment.id, verdict, now=now)
    if verdict.state is ScanState.INFECTED:
        say(
            f"Infected: {attachment.name} ({verdict.note}), added on {attachment.added_at:%Y-%m-%d}", err=True
        )
    return verdict


def _report(counts: dict[ScanState, int], count: int, trouble: str) -> None:
    clean, infected = counts[ScanState.CLEAN], counts[ScanState.INFECTED]
    over, silent = counts[ScanState.OVER_LIMITS], count - sum(counts.values()) + counts[ScanState.WAITING]
    say(
        f"{_files(count - silent)} scanned: {clean:,} clean, {infected:,} infected, {over:,} over the limits."
    )
    if silent:
        raise NotAllScanned(
            f"no answer for {_files(silent)}: {trouble}. Start the scanner, and run npt scan again"
        )


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"


@contextmanager
def _progress(files: Sequence[Attachment]) -> Iterator[Iterator[Attachment]]:
    """The files one by one, with a bar on standard error; nothing where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield iter(bar.track(files, description="Scanning"))


COMMANDS = [scan]
