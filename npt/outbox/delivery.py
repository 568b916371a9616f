"""A sender: takes letters in hand, hands them to the mail server, and notes what became of them.

Letters are claimed and the claim committed before any of them is handed in. What became of a group of letters
and the claim of the next are one transaction, so a quick server gets many letters for each commit.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.refusals import Refusal
from npt.mail.handing_in import (
    LAST_TIMEOUT,
    TIMEOUT,
    Carrier,
    FateUnknown,
    LetterRefused,
    ServerFailed,
    connected,
)
from npt.mail.letters import AddressNotPossible, letter
from npt.mail.server import MailServer
from npt.outbox.actions import (
    Claimed,
    Settled,
    claim_letters,
    erase_old,
    is_anything_due,
    release,
    settle,
)
from npt.outbox.rules import LETTERS_A_CONNECTION, Outcome, next_group
from npt.store.transaction import writing

#: Seconds between tries to reach a server that cannot be used: doubled from the first to the last.
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0


class NotNoted(Refusal):
    """Letters were handed in, and the database did not take what became of them."""


@dataclass
class Handed:
    """What became of the letters that a sender had in hand."""

    done: list[Settled] = field(default_factory=list)
    #: of these the server has heard nothing
    left: Sequence[Claimed] = ()
    failure: ServerFailed | None = None


@dataclass(frozen=True)
class Office:
    """What a sender works with: from whom letters come, and by which link they are stopped."""

    sender: str
    sender_name: str
    #: the address that stops letters like the one of this key, made on this day
    stop_address: Callable[[int, date], str]
    server: MailServer
    clock: Callable[[], datetime]
    #: whether to end after the letter in hand
    is_to_stop: Callable[[], bool] = lambda: False
    #: waits so many seconds, or until it is to stop
    wait: Callable[[float], object] = time.sleep
    #: how long a server is waited for, in seconds: for an answer, and for the one to a whole letter
    timeouts: tuple[float, float] = (TIMEOUT, LAST_TIMEOUT)
    #: seconds between tries to note what became of letters, where the database does not take it
    note_again: tuple[float, ...] = (1.0, 5.0, 20.0)

    def written(self, claimed: Claimed, now: datetime) -> EmailMessage:
        """The letter as it goes over the wire. AddressNotPossible."""
        stop = self.stop_address(claimed.letter_id, local_day(now))
        return letter(
            to=claimed.to_address,
            to_name=claimed.to_name,
            sender=self.sender,
            sender_name=self.sender_name,
            subject=claimed.subject,
            text=f"{claimed.text.rstrip()}\n\n{claimed.topic.because} To stop these emails: {stop}\n",
            at=now,
            identity=claimed.message_key,
            unsubscribe=stop,
        )


@dataclass
class Sender:
    """One sender at work. Several may be, on several machines."""

    session: Session
    office: Office
    #: how many letters it has settled, by outcome
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    #: the local day on which it last erased what is no longer needed
    _erased_on: date | None = None

    def send_due(self) -> None:
        """Send all letters that are due now, over one connection after the other. ServerFailed, NotNoted."""
        self._erase_old()
        while not self.office.is_to_stop() and self._is_anything_due():
            prompt, patient = self.office.timeouts
            with connected(self.office.server, timeout=prompt, last_timeout=patient) as carrier:
                Round(self, carrier).work()

    def send_for_ever(self, every: float, say: Callable[[str], None]) -> None:
        """Send what is due, and look again every so many seconds, until it is to stop. NotNoted.

        A server that cannot be used is tried again, after growing pauses.
        """
        pause = _FIRST_PAUSE
        while not self.office.is_to_stop():
            try:
                self.send_due()
                pause = _FIRST_PAUSE
                self.office.wait(every)
            except ServerFailed as failure:
                say(f"{failure}; trying again in {pause:.0f} seconds")
                self.office.wait(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _erase_old(self) -> None:
        now = self.office.clock()
        if self._erased_on != local_day(now):
            with writing(self.session):
                erase_old(self.session, now=now)
            self._erased_on = local_day(now)

    def _is_anything_due(self) -> bool:
        is_due = is_anything_due(self.session, self.office.clock())
        self.session.rollback()
        return is_due


class Round:
    """The letters of one connection."""

    def __init__(self, sender: Sender, carrier: Carrier) -> None:
        self._sender, self._office, self._carrier = sender, sender.office, carrier
        self._taken = 0

    def work(self) -> None:
        """Send until nothing is due, it is to stop, or the connection has served long enough.

        ServerFailed when the server fails at the first letter, or leaves the fate of one unknown; otherwise
        it has only had enough of this connection.
        """
        size, handed = 1, Handed()
        while True:
            is_over = handed.failure or self._taken >= LETTERS_A_CONNECTION or self._office.is_to_stop()
            claimed = self._note_and_claim(handed, 0 if is_over else size)
            if handed.failure and (self._taken == 0 or isinstance(handed.failure, FateUnknown)):
                raise handed.failure
            if not claimed:
                return
            began = time.monotonic()
            handed = self._hand_in(claimed)
            size = next_group(len(claimed), time.monotonic() - began)

    def _hand_in(self, claimed: Sequence[Claimed]) -> Handed:
        """Hand in the letters one by one, until the server fails or it is to stop."""
        handed = Handed()
        for number, each in enumerate(claimed):
            if number and self._office.is_to_stop():
                handed.left = claimed[number:]
                break
            try:
                handed.done.append(self._hand_in_one(each))
            except ServerFailed as failure:
                handed.failure = failure
                if isinstance(failure, FateUnknown):
                    handed.done.append(Settled(each, Outcome.UNKNOWN, str(failure)))
                elif self._taken == 0:  # it may be this letter that it fails at: others come first next time
                    handed.done.append(Settled(each, Outcome.PUT_OFF, str(failure)))
                handed.left = claimed[len(handed.done) :]
                break
        return handed

    def _hand_in_one(self, claimed: Claimed) -> Settled:
        """Hand in a letter, and what became of it. ServerFailed."""
        try:
            self._carrier.send(self._office.written(claimed, self._office.clock()))
        except LetterRefused as refusal:
            outcome = Outcome.REFUSED if refusal.is_for_good else Outcome.PUT_OFF
            return Settled(
                claimed, outcome, str(refusal), refusal.status if refusal.names_recipient else None
            )
        except AddressNotPossible as refusal:
            return Settled(claimed, Outcome.REFUSED, str(refusal))
        self._taken += 1
        return Settled(claimed, Outcome.SENT)

    def _note_and_claim(self, handed: Handed, most: int) -> list[Claimed]:
        """Note what became of letters, and claim up to so many more, in one transaction. NotNoted.

        What a mail server has taken cannot be taken back: where the database takes nothing, it is tried
        again.
        """
        session, pauses = self._sender.session, iter(self._office.note_again)
        while True:
            now = self._office.clock()
            try:
                with writing(session):
                    outcomes = settle(session, handed.done, now=now)
                    release(session, handed.left)
                    claimed = claim_letters(session, most=most, now=now) if most else []
                self._sender.outcomes.update(outcomes)
                return claimed
            except DBAPIError as error:
                if not handed.done:
                    raise
                pause = next(pauses, None)
                if pause is None:
                    raise NotNoted(_not_noted(handed.done, error)) from error
                most = 0
                self._office.wait(pause)


def _not_noted(done: Sequence[Settled], error: DBAPIError) -> str:
    keys = ", ".join(str(each.letter.letter_id) for each in done if each.outcome is Outcome.SENT)
    return (
        f"the database did not take what became of {len(done)} emails ({error.orig}). Of these the mail"
        f" server took number {keys or 'none'}: make room, and count those as sent on the page of emails,"
        " where they are uncertain"
    )
