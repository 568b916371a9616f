"""What is sent from a phone, at once or later: kept once, whoever sends it how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.people.models import Member
from npt.phone.rules import Purpose, Typed, check_instant, check_reference


class SentRecord(Protocol):
    """A record that a phone may have sent."""

    @property
    def recorded_by_id(self) -> int | None:
        """The account that recorded it."""
        ...


Sent = TypeVar("Sent", bound=SentRecord)


class ReferenceUsed(Refusal):
    """Somebody else’s record has the reference."""


class OtherTypist(Refusal):
    """Something that somebody else typed on the same phone."""


def reference_used() -> ReferenceUsed:
    """What is said of a reference that another record has."""
    return ReferenceUsed(
        "Another record has this reference, so nothing was saved: open the page again and send it once more.",
        field="reference",
    )


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends something: the member, if the account is one’s, and with what reference, typed when."""

    stamp: Stamp
    member: Member | None
    #: None where nobody gave one
    reference: str | None = None
    #: None where it is typed and sent at once
    typed_at: datetime | None = None

    def reference_for(self, purpose: Purpose) -> str:
        """The reference to keep it under. BadReference."""
        return purpose.new_reference() if self.reference is None else check_reference(self.reference)

    @property
    def typed(self) -> Typed:
        """When it was typed, and that it is received now. BadInstant."""
        if self.typed_at is None:
            return Typed(self.stamp.now, self.stamp.now)
        check_instant(self.typed_at, self.stamp.now, "typed_at")
        return Typed(min(self.typed_at, self.stamp.now), self.stamp.now)


def hold_sender(session: Session, sending: Sending) -> None:
    """Let what the account sends with a reference of its own wait for what it is sending at the same time.

    A phone that got no answer sends again, and two of its windows may: the second finds what the first kept.
    """
    if sending.reference is not None and sending.stamp.by is not None:
        asked = select(Account.id).where(Account.id == sending.stamp.by)
        session.execute(asked.with_for_update(key_share=True))


def check_typist(account_id: str | None, stamp: Stamp) -> None:
    """Refuse (OtherTypist) what another account typed; None where the form does not say."""
    if account_id not in {None, str(stamp.by)}:
        raise OtherTypist(
            "Somebody else typed this on the same phone, so it was not saved: they can send it themselves."
        )


def sent_before(session: Session, sending: Sending, find: Callable[[], Sent | None]) -> Sent | None:
    """The record that the account has sent under this reference before, as `find` finds it; None for none.

    Whoever sends is held first. ReferenceUsed, where it is somebody else’s record.
    """
    hold_sender(session, sending)
    there = find()
    if there is not None and there.recorded_by_id != sending.stamp.by:
        raise reference_used()
    return there
