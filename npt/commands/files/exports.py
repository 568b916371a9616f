"""`npt export`: records into a file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from npt.commands.desk import MONTH, desk, today_of, unit_of
from npt.commands.files.kinds import EXPORTS, KindOfFile
from npt.commands.speech import say
from npt.interchange import exchange as interchange
from npt.journal.actions import note_taken_out
from npt.kit.files import refusal_in_words
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder
from npt.store.transaction import writing


class NotWritten(Refusal):
    """A file could not be written; whatever had its name is as it was."""


@click.command()
@click.argument("kind", type=KindOfFile(EXPORTS))
@click.option("--unit", "code", metavar="CODE", help="Only this unit and the units under it.")
@click.option("--month", type=MONTH, help="Only records that fall in this month.")
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE")
@click.option(
    "--described", is_flag=True, help="london-abstractions: the headings of the description, not the file's."
)
def export(kind: str, code: str | None, month: Month | None, file: Path, described: bool) -> None:
    """Write the records of KIND to a .csv or .xlsx file (boundaries: .geojson), as `npt import` reads it.

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
            if exporter.write is None:
                write(file, exporter.shape.names, rows())
            else:
                exporter.write(file, rows())
        except OSError as error:
            raise NotWritten(f"{file} was not written: {refusal_in_words(error)}.") from error
        say(f"{count:,} rows written to {file}.")


def _act(kind: str, code: str | None, month: Month | None) -> str:
    """What an export did, for the journal."""
    options = [f" --unit {code}" if code else "", f" --month {month}" if month else ""]
    return f"npt export {kind}{''.join(options)}"
