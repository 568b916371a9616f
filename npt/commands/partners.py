"""`npt shown`: what an agency could see on a day, as the page of the same says it."""

import json
from datetime import date

import click

from npt.commands.desk import DAY, desk, today_of
from npt.commands.figures import FORMATS, show_rows
from npt.commands.speech import say
from npt.kit.refusals import Refusal
from npt.partners.exchange import SHOWN_COLUMNS, shown_on
from npt.partners.queries import agency_coded


class UnknownAgency(Refusal):
    """A command named an agency that does not exist."""


@click.command()
@click.argument("agency")
@click.option("--on", "day", type=DAY, help="The day. [default: today]")
@click.option("--format", "form", type=FORMATS, default="table", show_default=True)
def shown(agency: str, day: date | None, form: str) -> None:
    """What an agency could see on a day, from when until when, why, and on what legal basis.

    It is told by the shares themselves, for any day since the first.

    \b
    Example: npt shown LBC --on 2026-11-16 --format csv
    """
    with desk() as (session, now):
        found = agency_coded(session, agency)
        if found is None:
            raise UnknownAgency(
                f"there is no agency with the code {agency!r}: npt export agencies --to FILE lists them"
            )
        rows = shown_on(session, found, day or today_of(now))
        if form == "json":
            say(json.dumps([dict(zip(SHOWN_COLUMNS, row, strict=True)) for row in rows], indent=2))
        else:
            show_rows(SHOWN_COLUMNS, rows, form)


COMMANDS = [shown]
