"""`npt journal verify`: is the journal whole and unaltered?"""

import json
from pathlib import Path

import click

from npt.commands.desk import desk
from npt.commands.speech import say
from npt.journal import queries
from npt.journal.rules import Head
from npt.kit.files import written_whole
from npt.kit.refusals import Refusal


class JournalBroken(Refusal):
    """The journal was altered, or its end is missing."""


@click.group()
def journal() -> None:
    """The record of who did what, when, from what to what."""


@journal.command()
@click.option(
    "--head",
    "head_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File kept away from the database that holds the last entry seen; compared, then brought forward.",
)
def verify(head_file: Path | None) -> None:
    """Recompute the journal's chain from its first entry; exit 1 at the first entry that does not fit.

    With --head, entries cut off the end are found too: the file remembers how far the journal reached.

    \b
    Example: npt journal verify --head /media/safe/npt-head.json
    """
    with desk() as (session, _now):
        known = _read(head_file)
        verdict = queries.verify(session, known)
        if not verdict.is_whole:
            raise JournalBroken(verdict.explanation)
        say(f"The journal is whole: {verdict.entries:,} entries.")
        if head_file is not None and verdict.head is not None:
            end = {"sequence": verdict.head.sequence, "hash": verdict.head.hash}
            with written_whole(head_file) as file:
                file.write(f"{json.dumps(end)}\n".encode())
            say(f"Its end is noted in {head_file}.")


def _read(head_file: Path | None) -> Head | None:
    if head_file is None or not head_file.exists():
        return None
    try:
        kept = json.loads(head_file.read_text())
        return Head(int(kept["sequence"]), str(kept["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        raise JournalBroken(
            f"{head_file} does not hold the end of a journal: give the file that an earlier verify wrote"
        ) from error


COMMANDS = [journal]
