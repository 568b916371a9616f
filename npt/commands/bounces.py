"""`npt bounces`: read letters that came back, and note it."""

from collections import Counter
from pathlib import Path

import click

from npt.commands.desk import desk
from npt.commands.reminders import emails
from npt.commands.speech import say
from npt.mail.returned import returned_letters
from npt.outbox.actions import note_return
from npt.store.transaction import writing


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
def bounces(path: Path) -> None:
    """Read returned mail (a mail, an mbox or a maildir) and note which emails did not arrive.

    It only reads: what is there stays, and reading it again changes nothing. After two emails that came back
    for good an address gets no more, until it is corrected.

    \b
    Example: npt bounces /var/mail/npt
    """
    seen: Counter[str] = Counter()
    with desk() as (session, now), writing(session):
        for returned in returned_letters(path):
            letter = returned and note_return(
                session,
                message_key=returned.message_key,
                status=returned.status,
                answer=returned.answer,
                now=now,
            )
            seen["read"] += 1
            seen["noted"] += letter is not None
    say(f"{emails(seen['read'])} read, {emails(seen['noted'])} noted as returned.")


COMMANDS = [bounces]
