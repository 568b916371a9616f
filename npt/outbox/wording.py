"""Letters in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import Standing, standing_of
from npt.webkit.filters import moment


def standing_at(letter: Letter, now: datetime) -> Standing:
    """Where a letter stands."""
    return standing_of(letter.state, letter.claimed_until, now)


def receiver_of(letter: Letter) -> tuple[str, str]:
    """To whom a letter goes: their name and address, as far as whoever looks after letters is told."""
    if letter.topic.is_private:
        return "Somebody without an account", ""
    return letter.to_name, letter.to_address


def _answer(letter: Letter, answer: str) -> str:
    """What a server said of a letter; not of a private one, since servers repeat the address."""
    return "" if letter.topic.is_private else answer


def reason_at(letter: Letter, now: datetime) -> str:
    """Why it stands there, or what happens next; "" where its state says it all."""
    if letter.not_sent_because is not None:
        return letter.not_sent_because.wording
    if standing_at(letter, now) is Standing.WAITING:
        return (
            f"not before {moment(letter.not_before)}"
            if letter.not_before > now
            else _answer(letter, letter.answer)
        )
    return _answer(letter, letter.answer)


class HistoryLine(NamedTuple):
    """One line of what happened to a letter."""

    at: datetime
    words: str
    answer: str


def history_of(letter: Letter) -> Sequence[HistoryLine]:
    """What happened to a letter, from its queueing on; its events have to be loaded."""
    return [
        HistoryLine(letter.queued_at, "Queued", ""),
        *(HistoryLine(each.at, _words(each), _answer(letter, each.answer)) for each in letter.events),
    ]


def _words(event: LetterEvent) -> str:
    return event.outcome.wording if event.by is None else f"{event.outcome.wording}, by {event.by.name}"
