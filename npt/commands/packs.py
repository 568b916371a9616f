"""`npt pack`: the month of a BCU or force to hand round."""

from pathlib import Path

import click

from npt.commands.desk import MONTH, desk, today_of, unit_of
from npt.commands.speech import say
from npt.kit.files import written_whole
from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.packs.queries import pack_of
from npt.packs.views.pack import PackForm


class NoSuchForm(Refusal):
    """The name of the file does not say what to write."""


@click.command()
@click.option("--unit", "code", required=True, metavar="CODE", help="The BCU, force, area or team.")
@click.option("--month", type=MONTH, required=True, help="The month.")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="A name that ends in .pdf, .xlsx or .csv.",
)
def pack(code: str, month: Month, path: Path) -> None:
    """Write the review of a month: a PDF to print, a workbook with charts, or plain rows.

    \b
    Example: npt pack --unit C --month 2026-10 --to october.pdf
    """
    try:
        form = PackForm(path.suffix.lower().removeprefix("."))
    except ValueError:
        raise NoSuchForm(f"{path.name}: give a name that ends in .pdf, .xlsx or .csv") from None
    with desk() as (session, now):
        made = pack_of(session, unit_of(session, code), month, today_of(now))
        content = form.written(made, with_actions=True)
    with written_whole(path) as file:
        file.write(content)
    say(f"{path} is written.")


COMMANDS = [pack]
