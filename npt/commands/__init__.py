"""The `npt` command: what people script against. Exit 0 done, 1 refused (nothing changed), 2 wrong usage."""

import sys

import click
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, InternalError

from npt.commands import (
    accounts,
    backups,
    bounces,
    changes,
    data_protection,
    database,
    demonstration,
    doctor,
    figures,
    files,
    journal,
    letters,
    packs,
    partners,
    profiles,
    reminders,
    reviews,
    scanning,
    server,
    statistics,
)
from npt.commands.speech import say
from npt.kit.files import refusal_in_words
from npt.kit.refusals import Refusal
from npt.settings import WrongSetting


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def npt() -> None:
    """The neighbourhood policing tracker: serve it, look after it, move records and figures in and out."""


for part in (
    server,
    database,
    demonstration,
    accounts,
    files,
    profiles,
    figures,
    packs,
    statistics,
    changes,
    reminders,
    reviews,
    scanning,
    letters,
    bounces,
    partners,
    journal,
    backups,
    data_protection,
    doctor,
):
    for command in part.COMMANDS:
        npt.add_command(command)


def main() -> None:
    """Run the command; a refusal is one plain message and exit status 1."""
    try:
        npt.main(standalone_mode=True)
    except (Refusal, WrongSetting) as refusal:
        say(f"Refused: {refusal}", err=True)
        sys.exit(1)
    except OSError as error:
        say(f"Refused: {refusal_in_words(error)}.", err=True)
        sys.exit(1)
    except (DatabaseError, InterfaceError) as error:
        if isinstance(error, IntegrityError | DataError | InternalError):
            raise  # a fault of ours, which has to be seen
        say(
            f"Refused: the database could not do that: {error.orig}. If it is new, run: npt db upgrade",
            err=True,
        )
        sys.exit(1)
