"""What may become of a letter, in words."""

from datetime import datetime
from enum import Enum


class LetterState(Enum):
    """Where a letter stands, as it is stored."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given-up"
    BOUNCED = "bounced"
    NOT_SENT = "not-sent"


class Standing(Enum):
    """Where a letter stands, as people are told: a letter in the hands of a sender that died is uncertain."""

    WAITING = "waiting"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given-up"
    BOUNCED = "bounced"
    NOT_SENT = "not-sent"

    @property
    def wording(self) -> str:
        """In a word or two."""
        return str(self.value).replace("-", " ")

    @property
    def explanation(self) -> str:
        """What it means, and what happens next."""
        return _EXPLANATIONS[self]

    @property
    def tone(self) -> str:
        """How it is coloured beside its words."""
        return _TONES.get(self, "bad")


_EXPLANATIONS = {
    Standing.WAITING: "It goes with the next run of npt send, or when its time has come.",
    Standing.SENDING: "A sender is handing it to the mail server.",
    Standing.UNCERTAIN: "Its sender stopped, or the mail server did not answer, before anyone could"
    " tell whether it was taken. It is not sent again unless you say so.",
    Standing.SENT: "The mail server took it. If it comes back, and npt bounces reads it, you see that here.",
    Standing.REFUSED: "The mail server will not take it. It is not tried again.",
    Standing.GIVEN_UP: "The mail server put it off again and again. It is not tried again.",
    Standing.BOUNCED: "It came back: it did not arrive.",
    Standing.NOT_SENT: "It was held back.",
}
_TONES = {
    Standing.WAITING: "plain",
    Standing.SENDING: "plain",
    Standing.UNCERTAIN: "caution",
    Standing.SENT: "good",
    Standing.NOT_SENT: "quiet",
}


def standing_of(state: LetterState, claimed_until: datetime | None, now: datetime) -> Standing:
    """Where a letter stands at `now`: uncertain once the time of its claim is over."""
    if state is LetterState.SENDING and (claimed_until is None or claimed_until <= now):
        return Standing.UNCERTAIN
    return Standing(state.value)


class NotSent(Enum):
    """Why a letter was held back."""

    ACCOUNT_CLOSED = "account-closed"
    NOT_WANTED = "not-wanted"
    ADDRESS_STOPPED = "address-stopped"
    OUT_OF_DATE = "out-of-date"

    @property
    def wording(self) -> str:
        """After "not sent:"."""
        return _REASONS[self]


_REASONS = {
    NotSent.ACCOUNT_CLOSED: "the account was closed",
    NotSent.NOT_WANTED: "the person wants no such emails",
    NotSent.ADDRESS_STOPPED: "emails to this address came back",
    NotSent.OUT_OF_DATE: "it was out of date before it could go",
}


class Outcome(Enum):
    """One line of a letter's history."""

    SENT = "sent"
    REFUSED = "refused"
    PUT_OFF = "put-off"
    GIVEN_UP = "given-up"
    UNKNOWN = "unknown"
    NOT_SENT = "not-sent"
    HELD = "held"
    BOUNCED = "bounced"
    SENT_AGAIN = "sent-again"
    COUNTED_AS_SENT = "counted-as-sent"

    @property
    def wording(self) -> str:
        """What happened."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.SENT: "Taken by the mail server",
    Outcome.REFUSED: "Refused for good",
    Outcome.PUT_OFF: "Not taken for now; tried again later",
    Outcome.GIVEN_UP: "Given up",
    Outcome.UNKNOWN: "No answer: it may have been taken",
    Outcome.NOT_SENT: "Held back",
    Outcome.HELD: "Waits until another email may go to this person",
    Outcome.BOUNCED: "Came back",
    Outcome.SENT_AGAIN: "To be sent again",
    Outcome.COUNTED_AS_SENT: "Counted as sent",
}

#: What an outcome makes of a letter; what is put off, or sent again, waits.
OUTCOME_STATES = {
    Outcome.SENT: LetterState.SENT,
    Outcome.COUNTED_AS_SENT: LetterState.SENT,
    Outcome.REFUSED: LetterState.REFUSED,
    Outcome.GIVEN_UP: LetterState.GIVEN_UP,
    Outcome.NOT_SENT: LetterState.NOT_SENT,
    Outcome.BOUNCED: LetterState.BOUNCED,
    Outcome.PUT_OFF: LetterState.WAITING,
    Outcome.SENT_AGAIN: LetterState.WAITING,
}
#: No sender looks at these any more.
FINAL = frozenset(LetterState) - {LetterState.WAITING, LetterState.SENDING}
#: A person who has one of these may have read it: it counts towards what they get in a day or a week.
PERHAPS_ARRIVED = frozenset({LetterState.SENDING, LetterState.SENT, LetterState.BOUNCED})
#: What a person may have sent again.
SENT_AGAIN_FROM = frozenset({Standing.UNCERTAIN, Standing.REFUSED, Standing.GIVEN_UP})
