"""`npt import`: a file, or a folder of files, into the records."""

from pathlib import Path

import click

from npt.commands.files.folders import watch
from npt.commands.files.kinds import DROPPED, IMPORTS, KindOfFile
from npt.commands.files.whole_files import import_whole
from npt.interchange.rules import KINDS


@click.command(name="import")
@click.argument("kind", type=KindOfFile(IMPORTS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--dry-run", is_flag=True, help="Check every row and report, but save nothing.")
@click.option("--update", "may_update", is_flag=True, help="Let rows change existing records.")
@click.option(
    "--force",
    "is_forced",
    is_flag=True,
    help="Take in what is doubtful all the same, with a warning (boundaries, postcodes).",
)
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
    is_forced: bool,
    profile: str | None,
    number: str | None,
    folder: Path | None,
    once: bool,
    every: int,
) -> None:
    """Read a FILE of KIND (CSV or XLSX; boundaries: GeoJSON): all or nothing; twice the same changes nothing.

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
    if is_forced and not (IMPORTS[kind].can_be_forced and folder is None):
        forced = [name for name, each in IMPORTS.items() if each.can_be_forced]
        raise click.UsageError(f"--force is for a FILE of {' or '.join(forced)} only.")
    if number is not None and (kind != "duty" or profile is not None or folder is not None):
        raise click.UsageError("Use --number with duty and a calendar, without --profile or --watch.")
    if folder is None:
        if file is None:
            raise click.UsageError("Give a FILE, or a folder with --watch DIR.")
        if once:
            raise click.UsageError("Use --once with --watch DIR.")
        import_whole(kind, file, profile, number, dry_run=dry_run, may_update=may_update, is_forced=is_forced)
        return
    if file is not None or dry_run:
        raise click.UsageError("Use --watch without a FILE and without --dry-run.")
    if kind not in DROPPED:
        raise click.UsageError(f"--watch is for {', '.join(DROPPED)}: other files are imported whole.")
    watch(kind, folder, profile, may_update=may_update, every=None if once else every)
