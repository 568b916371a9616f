"""Taking letters in hand: claimed, and to be committed, before any of them is handed in."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session, joinedload

from npt.kit.clock import local_day
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.queries import stopped_addresses, unsubscribed
from npt.outbox.rules import (
    LEASE,
    PERHAPS_ARRIVED,
    LetterState,
    NotSent,
    Outcome,
    Topic,
    Try,
    first_moment_allowed,
)

#: How far back it has to be known what a person has had: longer than any limit of a topic.
_LOOK_BACK = timedelta(days=15)
#: As much may the clocks of two machines differ.
_CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter in a sender's hands."""

    letter_id: int
    claim: str
    message_key: str
    to_address: str
    to_name: str
    subject: str
    text: str
    topic: Topic
    #: this try
    tried: Try


def claim_letters(session: Session, *, most: int, now: datetime) -> list[Claimed]:
    """Take the next letters that are due in hand, urgent ones first; what must not go any more is settled.

    Commit it before handing them in. Nobody else gets them: PostgreSQL passes over rows that another sender
    looks at, SQLite has one writer at a time. Empty only when nothing is due.
    """
    claim = secrets.token_hex(16)
    while due := _due(session, most, now):
        _keep_others_out(session, {letter.to_address for letter in due})
        taken = _take_what_may_go(session, due, claim, now)
        session.flush()
        if taken:
            return [_claimed(letter, claim) for letter in taken]
    return []


def _take_what_may_go(session: Session, due: Sequence[Letter], claim: str, now: datetime) -> list[Letter]:
    """Those that this sender takes in hand; the others are held back, or wait for their turn."""
    addresses = {letter.to_address for letter in due}
    unwanted, stopped = unsubscribed(session, addresses), stopped_addresses(session, addresses)
    had = _had_last(session, addresses, now)
    taken: list[Letter] = []
    for letter in due:
        reason = _reason_against(letter, unwanted, stopped, now)
        allowed = _first_moment(letter, had)
        if reason is None and allowed is not None and allowed > now:
            if allowed < letter.worth_until:
                letter.not_before = allowed
                session.add(LetterEvent(letter_id=letter.id, at=now, outcome=Outcome.HELD))
                continue
            reason = NotSent.OUT_OF_DATE
        if reason is not None:
            letter.state, letter.not_sent_because, letter.settled_at = LetterState.NOT_SENT, reason, now
            session.add(
                LetterEvent(letter_id=letter.id, at=now, outcome=Outcome.NOT_SENT, answer=reason.wording)
            )
            continue
        _take(letter, claim, now)
        taken.append(letter)
        had[letter.to_address, letter.topic] = local_day(now)
    return taken


def is_anything_due(session: Session, now: datetime) -> bool:
    """Whether a letter could go now."""
    return session.scalars(_asked(now).limit(1)).first() is not None


def _asked(now: datetime) -> Select[int]:
    return select(Letter.id).where(Letter.state == LetterState.WAITING, Letter.not_before <= now)


def _due(session: Session, most: int, now: datetime) -> Sequence[Letter]:
    """So many letters that are due, the urgent ones first, then by when they may go; locked."""
    found: list[Letter] = []
    for is_urgent in (True, False):
        if len(found) < most:
            asked = (
                select(Letter)
                .where(
                    Letter.state == LetterState.WAITING,
                    Letter.is_urgent.is_(is_urgent),
                    Letter.not_before <= now,
                )
                .order_by(Letter.not_before, Letter.id)
                .limit(most - len(found))
                .options(joinedload(Letter.account))
                .with_for_update(skip_locked=True, of=Letter)
            )
            found += session.scalars(asked)
    return found


_LOCKS = text("SELECT pg_advisory_xact_lock(each) FROM unnest(CAST(:keys AS bigint[])) AS each")


def _keep_others_out(session: Session, addresses: Collection[str]) -> None:
    """Let no other sender judge letters to the same people until this transaction ends.

    Of two senders that hold a letter each to one person, the second has to see that the first took its own.
    All lock in one order, so that none waits for another that waits for it. SQLite's one writer does that by
    itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        digests = (hashlib.sha256(address.encode()).digest() for address in addresses)
        keys = sorted(int.from_bytes(digest[:8], "big", signed=True) for digest in digests)
        session.execute(_LOCKS, {"keys": keys})


def _had_last(session: Session, addresses: Collection[str], now: datetime) -> dict[tuple[str, Topic], date]:
    """The local day on which each address last had a letter of each topic, or perhaps had one.

    What a clock that ran ahead has left behind does not count.
    """
    asked = (
        select(Letter.to_address, Letter.topic, func.max(Letter.tried_at))
        .where(
            Letter.to_address.in_(addresses),
            Letter.state.in_(PERHAPS_ARRIVED),
            Letter.tried_at.between(now - _LOOK_BACK, now + _CLOCKS_DIFFER),
        )
        .group_by(Letter.to_address, Letter.topic)
    )
    return {
        (address, topic): local_day(last)
        for address, topic, last in session.execute(asked)
        if last is not None
    }


def _first_moment(letter: Letter, had: Mapping[tuple[str, Topic], date]) -> datetime | None:
    """When the letter may go at the earliest, for what the person has had; None: whenever."""
    if letter.is_urgent:
        return None
    days = [
        had[letter.to_address, topic] for topic in letter.topic.sharing if (letter.to_address, topic) in had
    ]
    return first_moment_allowed(letter.topic, max(days)) if days else None


def _reason_against(
    letter: Letter, unwanted: Collection[tuple[str, Topic]], stopped: Collection[str], now: datetime
) -> NotSent | None:
    """Why the letter must not go any more; None when it may."""
    account = letter.account
    if account is not None and account.closed_at is not None:
        return NotSent.ACCOUNT_CLOSED
    is_stopped_by_account = letter.topic.is_own_work and account is not None and not account.wants_reminders
    if is_stopped_by_account or (letter.to_address, letter.topic) in unwanted:
        return NotSent.NOT_WANTED
    if letter.to_address in stopped:
        return NotSent.ADDRESS_STOPPED
    return NotSent.OUT_OF_DATE if letter.worth_until <= now else None


def _take(letter: Letter, claim: str, now: datetime) -> None:
    letter.state, letter.claim, letter.claimed_until = LetterState.SENDING, claim, now + LEASE
    letter.tries, letter.tried_at = letter.tries + 1, now
    letter.first_tried_at = letter.first_tried_at or now


def _claimed(letter: Letter, claim: str) -> Claimed:
    return Claimed(
        letter.id,
        claim,
        letter.message_key,
        letter.to_address,
        letter.to_name,
        letter.subject or "",
        letter.text or "",
        letter.topic,
        Try(letter.tries, letter.first_tried_at or letter.queued_at),
    )
