"""`npt send`: hand the letters that are queued to the mail server."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import click

from npt.commands.desk import desk
from npt.commands.reminders import emails
from npt.commands.speech import say
from npt.factory import clock_of
from npt.kit.refusals import Refusal
from npt.mail.handing_in import ServerFailed
from npt.mail.server import MailServer
from npt.outbox.delivery import Office, Sender
from npt.outbox.links import STOP_LETTERS
from npt.outbox.rules import Outcome
from npt.settings import Settings
from npt.webkit.public_addresses import addresses_at, public_url


class NotAllSent(Refusal):
    """At least one letter could not be handed in."""


@click.command()
@click.option("--once", is_flag=True, help="Send what is due now, and end.")
@click.option(
    "--every", type=click.IntRange(1, 3600), default=5, show_default=True, help="Seconds between two looks."
)
def send(once: bool, every: int) -> None:
    """Send the emails that are queued, and go on sending until stopped (SIGTERM, Ctrl+C).

    Several may run at once, on several machines: no email is sent twice. With --once exit 1 when an email
    that is due could not be handed in. Needs NPT_PUBLIC_URL and NPT_MAIL_URL.

    \b
    Example: npt send --once
    """
    settings = Settings.from_environment()
    url, server = public_url(settings), MailServer.parse(settings.mail_url)
    with _stopped_by_signals() as stopped, desk() as (session, _now):
        sender = Sender(session, _office(settings, url, server, stopped))
        if not once:
            sender.send_for_ever(every, lambda words: say(words, err=True))
        else:
            _send_once(sender)


def _office(settings: Settings, url: str, server: MailServer, stopped: Event) -> Office:
    build = addresses_at(url)
    return Office(
        sender=settings.mail_from or f"npt@{urlsplit(url).hostname}",
        sender_name="Neighbourhood policing tracker",
        stop_address=lambda letter_id, today: build(
            "outbox.stop", {"signed": STOP_LETTERS.sign(settings.secret_keys, letter_id, today)}
        ),
        server=server,
        clock=clock_of(settings),
        is_to_stop=stopped.is_set,
        wait=stopped.wait,
    )


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    """Set once somebody asks us to stop: the letter in hand is finished first."""
    stopped = Event()

    def stop(_number: int, _frame: Any) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _send_once(sender: Sender) -> None:
    """Send what is due, and say what became of it. NotAllSent."""
    failure: ServerFailed | None = None
    try:
        sender.send_due()
    except ServerFailed as failed:
        failure = failed
    outcomes = sender.outcomes
    say(f"{emails(outcomes[Outcome.SENT])} sent.")
    for outcome, words in _SAID.items():
        if outcomes[outcome]:
            say(f"{emails(outcomes[outcome])} {words}", err=True)
    if failure is not None:
        raise NotAllSent(f"{failure}. What is still queued goes with the next run")
    if outcomes.keys() & _SAID.keys():
        raise NotAllSent("not every email could be handed in; the page of letters says why")


_SAID = {
    Outcome.PUT_OFF: "put off by the mail server, and tried again later.",
    Outcome.REFUSED: "refused for good.",
    Outcome.GIVEN_UP: "given up.",
    Outcome.UNKNOWN: "may have been taken or not: see the page of letters.",
}


COMMANDS = [send]
