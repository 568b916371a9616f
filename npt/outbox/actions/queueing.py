"""Queueing letters: in the transaction of what causes them, each once only."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.mail.letters import check_address, one_line
from npt.outbox.models import Letter
from npt.outbox.queries import DailyDue, daily_due
from npt.outbox.rules import (
    LONGEST_IDENTITY,
    LONGEST_NAME,
    LONGEST_TEXT,
    DailyPart,
    LetterFacts,
    LetterState,
    fitting_subject,
    letter_text,
    worth_until,
)


class LetterNotPossible(Refusal):
    """A letter without a text, or with one that is too long."""


def queue(session: Session, facts: LetterFacts, *, now: datetime) -> int | None:
    """Queue a letter, and send it to the database: its key, or None where this letter was queued already.

    AddressNotPossible, LetterNotPossible. What would break a header is taken out of subject and name.
    """
    address = facts.to_address.strip().lower()
    check_address(address)
    text, name = letter_text(facts.text), one_line(facts.to_name)
    _check(facts, text)
    values = {
        "identity": facts.identity,
        "message_key": secrets.token_hex(16),
        "account_id": facts.account_id,
        "to_address": address,
        "to_name": name[:LONGEST_NAME],
        "subject": fitting_subject(facts.subject),
        "text": text,
        "topic": facts.topic,
        "is_urgent": facts.is_urgent,
        "path": facts.path,
        "queued_at": now,
        "not_before": max(now, facts.not_before or now),
        "worth_until": worth_until(facts.topic, max(now, facts.not_before or now)),
        "state": LetterState.WAITING,
    }
    asked = _insert(session).values(values).on_conflict_do_nothing(index_elements=["identity"])
    key: int | None = session.scalar(asked.returning(Letter.id))
    return key


def _insert(session: Session) -> Any:
    """The insert of the engine at hand: both can pass over what is there already, in their own words."""
    is_server = session.get_bind().dialect.name == "postgresql"
    return (postgresql if is_server else sqlite).insert(Letter)


def _check(facts: LetterFacts, text: str) -> None:
    if not text.strip() or not fitting_subject(facts.subject):
        raise LetterNotPossible("an email needs a subject and a text: write them.")
    if len(text) > LONGEST_TEXT:
        raise LetterNotPossible(
            f"the email has {len(text):,} characters, and {LONGEST_TEXT:,} fit: shorten it, and send a link."
        )
    if not 0 < len(facts.identity) <= LONGEST_IDENTITY:
        raise ValueError(
            f"the identity of a letter has 1 to {LONGEST_IDENTITY} characters: {facts.identity!r}"
        )


def queue_daily(session: Session, parts: Iterable[DailyPart], *, now: datetime) -> DailyDue:
    """Queue the daily letter of everybody who is named in `parts`; see the docstring of `npt.outbox`.

    Whoever has a letter of today, sent or waiting, gets no other. The answer says who gets one now.
    """
    due = daily_due(session, parts, now=now)
    new = [facts for facts in due.letters if queue(session, facts, now=now) is not None]
    return replace(due, letters=tuple(new), had_it=due.had_it + len(due.letters) - len(new))
