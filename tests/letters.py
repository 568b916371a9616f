"""Letters for tests: queued, or in any state; and a sender at a mail server of this machine."""

import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.mail.server import MailServer
from npt.outbox.actions import queue
from npt.outbox.delivery import Office, Sender
from npt.outbox.links import STOP_LETTERS
from npt.outbox.models import Letter
from npt.outbox.rules import LetterFacts, LetterState, Topic
from npt.store.transaction import writing

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
KEYS = ("a key for tests, which protects nothing",)
#: how long a server is waited for that never answers
IMPATIENT = (2, 2)


def facts(number: int = 1, **changed: Any) -> LetterFacts:
    """A newsletter to the person of this number."""
    given: dict[str, Any] = {
        "identity": f"newsletter-{number}",
        "to_address": f"person{number}@town.example",
        "to_name": f"Person {number}",
        "subject": f"News {number}",
        "text": f"What is new to {number}.",
        "topic": Topic.NEWSLETTER,
        "path": "HOME/H1/",
    }
    return LetterFacts(**(given | changed))


def queued(
    session: Session, count: int = 1, *, now: datetime = NOW, first: int = 1, **changed: Any
) -> list[int]:
    """Queue so many newsletters, and commit; their keys."""
    with writing(session):
        keys = [queue(session, facts(number, **changed), now=now) for number in range(first, first + count)]
    return [key for key in keys if key is not None]


def letter_row(**given: Any) -> Letter:
    """A letter as it is stored: sent, unless said otherwise. It is to be added."""
    at = given.get("queued_at", NOW)
    settled = {"settled_at": at} if given.get("state", LetterState.SENT) is not LetterState.WAITING else {}
    usual: dict[str, Any] = {
        "identity": secrets.token_hex(8),
        "message_key": secrets.token_hex(16),
        "to_address": "ann@town.example",
        "to_name": "Ann Example",
        "subject": "News",
        "text": "What is new.",
        "topic": Topic.NEWSLETTER,
        "path": "HOME/",
        "queued_at": at,
        "not_before": at,
        "worth_until": at + timedelta(days=15),
        "state": LetterState.SENT,
        "tries": 0,
        **settled,
    }
    return Letter(**(usual | given))


def stop_address(letter_id: int, today: date) -> str:
    """The link that stops letters like this one."""
    return f"https://npt.force.example/tracker/letters/stop/{STOP_LETTERS.sign(KEYS, letter_id, today)}"


def sender(session: Session, url: str, *, now: datetime = NOW, **changed: Any) -> Sender:
    """A sender at the server of this address, on whose clock it is always now."""
    given: dict[str, Any] = {
        "sender": "npt@force.example",
        "sender_name": "Tracker",
        "stop_address": stop_address,
        "server": MailServer.parse(url),
        "clock": lambda: now,
        "timeouts": IMPATIENT,
        "note_again": (),
    }
    return Sender(session, Office(**(given | changed)))


def states(session: Session) -> list[str]:
    """The states of all letters, in the order in which they were queued."""
    session.rollback()
    found = [each.value for each in session.scalars(select(Letter.state).order_by(Letter.id))]
    session.rollback()
    return found
