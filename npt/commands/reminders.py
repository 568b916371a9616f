"""`npt remind`: email supervisors about days that no one has confirmed, once a day at most."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from urllib.parse import urlsplit

import click
from flask import current_app
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.orm import Session

from npt.commands.desk import desk, today_of
from npt.commands.speech import say
from npt.kit.refusals import Refusal
from npt.mail.letters import AddressNotPossible, letter
from npt.mail.server import Carrier, LetterRefused, MailServer, ServerFailed, connected
from npt.reminders.actions import (
    NotWanted,
    WrittenToAlready,
    forget_old,
    give_back,
    note_sent,
    take_in_hand,
)
from npt.reminders.queries import digests, written_to
from npt.reminders.rules import Addresses, Digest, subject, text
from npt.settings import Settings, WrongSetting
from npt.store.transaction import writing


class NotAllSent(Refusal):
    """At least one letter could not be handed in."""


@dataclass(frozen=True)
class Desk:
    """What a run works with: from whom and with which links letters are written, and when."""

    session: Session
    now: datetime
    addresses: Addresses
    sender: str
    sender_name: str

    @property
    def today(self) -> date:
        """The day whose letters these are."""
        return today_of(self.now)

    def letter(self, digest: Digest) -> EmailMessage:
        """The letter of a digest. AddressNotPossible."""
        return letter(
            to=digest.email,
            to_name=digest.name,
            sender=self.sender,
            sender_name=self.sender_name,
            subject=subject(digest),
            text=text(digest, self.addresses),
            at=self.now,
            identity=f"confirm-{digest.account_id}-{self.today.isoformat()}",
            unsubscribe=self.addresses.account,
        )


@click.command()
@click.option("--dry-run", is_flag=True, help="Print the emails and send none.")
def remind(dry_run: bool) -> None:
    """Email supervisors about days that no one has confirmed.

    Of the days gone by of this month and the last. Safe to run again and again: whoever has the letter of
    today gets no other, and one that failed is tried again. Exit 1 when a letter could not be sent. Needs
    NPT_PUBLIC_URL and NPT_MAIL_URL.

    \b
    Example: npt remind --dry-run
    """
    settings = Settings.from_environment()
    public_url = settings.public_url
    if public_url is None:
        raise WrongSetting(
            "NPT_PUBLIC_URL is not set: without the address of the application, like"
            " https://npt.example.org, emails cannot contain links"
        )
    server = None if dry_run else MailServer.parse(settings.mail_url)
    with desk() as (session, now):
        sender = settings.mail_from or f"npt@{urlsplit(public_url).hostname}"
        at_work = Desk(session, now, _addresses(public_url), sender, "Neighbourhood policing tracker")
        found = digests(session, today=at_work.today)
        known = written_to(session, at_work.today)
        session.rollback()
        due = [digest for digest in found if digest.account_id not in known]
        if server is None:
            _show(at_work, due)
        elif due:
            send_letters(at_work, server, due)
        _say_who_is_left_out(found, known)


def _addresses(public_url: str) -> Addresses:
    """The addresses of pages as people reach them, also where the application is in a folder of the host."""
    parts = urlsplit(public_url)
    build = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme).build
    return Addresses(
        day=lambda code, on: build("duty.day", {"code": code, "on": on}, force_external=True),
        week=lambda code, on: build(
            "duty.confirmations", {"code": code, "week": on.isoformat()}, force_external=True
        ),
        account=build("accounts.account", force_external=True),
    )


def _show(at_work: Desk, due: Sequence[Digest]) -> None:
    for digest in due:
        try:
            made = at_work.letter(digest)
        except AddressNotPossible as refusal:
            say(f"Not possible: {refusal}\n", err=True)
            continue
        say(f"To: {made['To']}\nFrom: {made['From']}\nSubject: {made['Subject']}\n")
        say(f"{text(digest, at_work.addresses)}\n")
    say(f"{_letters(len(due))} would be sent; none was.")


def send_letters(at_work: Desk, server: MailServer, due: Sequence[Digest]) -> None:
    """Hand in the letters that are due. NotAllSent when one failed, ServerFailed when none can be sent."""
    outcome: Counter[str] = Counter()
    with connected(server) as carrier:
        with writing(at_work.session):
            forget_old(at_work.session, at_work.today)
        with _progress(due) as letters:
            try:
                for digest in letters:
                    outcome[_send_one(at_work, carrier, digest)] += 1
            except ServerFailed as failure:
                left = len(due) - outcome.total()
                raise NotAllSent(
                    f"{failure}. {_letters(outcome['sent'])} sent, {left:,} left for the next run"
                ) from None
    say(f"{_letters(outcome['sent'])} sent.")
    if outcome["failed"]:
        raise NotAllSent(f"{_letters(outcome['failed'])} could not be sent; the next run tries again")


def _send_one(at_work: Desk, carrier: Carrier, digest: Digest) -> str:
    """Send one letter: "sent", "failed" or "left out". ServerFailed ends the run: it is given back."""
    session = at_work.session
    try:
        made = at_work.letter(digest)
        with writing(session):
            reminder = take_in_hand(session, digest, on=at_work.today, now=at_work.now)
            reminder_id = reminder.id
    except (WrittenToAlready, NotWanted) as refusal:
        say(f"{digest.email} {refusal}.")
        return "left out"
    except AddressNotPossible as refusal:
        say(f"{digest.email}: not sent, {refusal}", err=True)
        return "failed"
    try:
        carrier.send(made)
    except (LetterRefused, ServerFailed) as refusal:
        with writing(session):
            give_back(session, reminder_id)
        if isinstance(refusal, ServerFailed):
            raise
        say(f"{digest.email}: not sent, {refusal}", err=True)
        return "failed"
    with writing(session):
        note_sent(session, reminder_id, now=at_work.now)
    return "sent"


def _say_who_is_left_out(found: Sequence[Digest], known: dict[int, bool]) -> None:
    """Say who has today's letter already, and whose letter a run took in hand without ending."""
    asked = [known[digest.account_id] for digest in found if digest.account_id in known]
    if not found:
        say("No one to remind: every day of this month and last is confirmed, or no one")
        say("can confirm it, or they want no emails.")
    if any(asked):
        say(f"{_letters(sum(asked))} had already been sent today.")
    unknown = len(asked) - sum(asked)
    if unknown:
        say(
            f"{_letters(unknown)} of today {'is' if unknown == 1 else 'are'} with another run, or with one"
            " that stopped: those people get the next one tomorrow."
        )


def _letters(count: int) -> str:
    return f"{count:,} email{'' if count == 1 else 's'}"


@contextmanager
def _progress(due: Sequence[Digest]) -> Iterator[Iterator[Digest]]:
    """The digests one by one, with a bar on standard error; nothing where nobody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield iter(bar.track(due, description="Sending"))


COMMANDS = [remind]
