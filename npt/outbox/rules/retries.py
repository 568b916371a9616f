"""When a letter is tried again, when it is given up, and how many letters a sender takes in hand at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: How long a sender may take over the letters that it has claimed: longer than the mail server is waited for.
#: After that they are uncertain. Nobody sends them again for it, so a clock that is set wrongly harms
#: nothing.
LEASE = timedelta(minutes=30)
#: Pauses after the first, second, … try that the server put off; the last one from then on. RFC 5321 section
#: 4.5.4.1 asks for growing ones.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
#: How long after its first try a letter is given up. The server we hand it to tries on for days by itself.
GIVE_UP_AFTER = timedelta(days=2)
#: Servers end connections that last too long; a new one costs little after so many letters.
LETTERS_A_CONNECTION = 200
#: The most letters in one hand: as many may be uncertain when a sender is killed.
MOST_AT_ONCE = 16
#: What a sender has in hand should take no longer than this, in seconds.
_MOST_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Try:
    """One try that the server put off: the how many-th it was, from 1, and when the first one was."""

    number: int
    first_at: datetime


def next_try(tried: Try, now: datetime) -> datetime | None:
    """When to try again; None when it is time to give up."""
    again = now + _PAUSES[min(tried.number, len(_PAUSES)) - 1]
    return None if again > tried.first_at + GIVE_UP_AFTER else again


def next_group(size: int, seconds: float) -> int:
    """How many letters to take in hand after `size` of them took `seconds`: twice as many while that is
    quick.

    To commit costs more than to hand in a letter, so a quick server gets many letters for each commit. With a
    slow one a sender has one letter in hand at a time, and no more than that one is uncertain when it is
    killed.
    """
    if seconds * 2 <= _MOST_SECONDS:
        return min(size * 2, MOST_AT_ONCE)
    return size if seconds <= _MOST_SECONDS else max(1, size // 2)
