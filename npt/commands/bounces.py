"""`npt bounces`: read letters that came back, and note it."""

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from npt.commands.desk import desk
from npt.commands.reminders import emails
from npt.commands.speech import say
from npt.mail.returned import Returned, returned_letters
from npt.outbox.actions import note_return
from npt.store.batches import batches
from npt.store.transaction import writing

#: So many are noted in one transaction.
_AT_ONCE = 100


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def bounces(path: Path) -> None:
    """Read returned mail (a mail, an mbox or a maildir) and note which emails did not arrive.

    It only reads: what is there stays, and reading it again changes nothing. After two emails that came back
    for good an address gets no more, until it is corrected.

    \b
    Example: npt bounces /var/mail/npt
    """
    mails = list(returned_letters(path))  # all are read before anything is written: nobody waits for it
    noted = 0
    with desk() as (session, now):
        for some in batches([each for each in mails if each is not None], _AT_ONCE):
            with writing(session):
                noted += sum(_note(session, each, now) for each in some)
    say(f"{emails(len(mails))} read, {emails(noted)} noted as returned.")


def _note(session: Session, returned: Returned, now: datetime) -> bool:
    """Note that a letter came back; whether it is one of ours, and was not noted before."""
    letter = note_return(
        session, message_key=returned.message_key, status=returned.status, answer=returned.answer, now=now
    )
    return letter is not None


COMMANDS = [bounces]
