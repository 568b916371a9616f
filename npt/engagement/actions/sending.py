"""What is sent from a phone, at once or later: kept once, whoever sends it how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.communities.actions.places import NeighbourhoodNotOpen, NotANeighbourhood
from npt.engagement.models import Contact, Patrol
from npt.engagement.rules import Purpose, Typed, check_instant, check_reference
from npt.kit.clock import local_day
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, check_within
from npt.people.models import Member
from npt.store.constraints import name_violation, refusing

#: What is sent: a contact or a patrol.
Kept = TypeVar("Kept", Contact, Patrol)


class ReferenceUsed(Refusal):
    """Somebody else’s record has the reference."""


class OtherTypist(Refusal):
    """Something that somebody else typed on the same phone."""


def _used() -> ReferenceUsed:
    return ReferenceUsed(
        "Another record has this reference, so nothing was saved: open the page again and send it once more.",
        field="reference",
    )


for _constraint in ("uq_community_contact_reference", "uq_patrol_reference"):
    name_violation(_constraint, _used)


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


def keep_once(
    session: Session, model: type[Kept], purpose: Purpose, sending: Sending, tell: Callable[[Kept], None]
) -> tuple[Kept, bool]:
    """Keep a record, which `tell` fills in; and whether it is new.

    It is not if the account has sent its reference before: then it is as it was. BadReference, ReferenceUsed,
    BadInstant, and what `tell` refuses.
    """
    reference = sending.reference_for(purpose)
    hold_sender(session, sending)
    there = session.scalar(select(model).where(model.reference == reference))
    if there is not None:
        if there.recorded_by_id != sending.stamp.by:
            raise _used()
        return there, False
    record = model(
        reference=reference,
        member=sending.member,
        recorded_by_id=sending.stamp.by,
        typed_at=sending.typed.at,
        received_at=sending.typed.received_at,
    )
    tell(record)
    with refusing(session):
        session.add(record)
    return record, True


def of_file(model: type[Kept], reference: str, member: Member | None, stamp: Stamp) -> Kept:
    """A record of a file, to be filled in. BadReference."""
    return model(
        reference=check_reference(reference),
        member=member,
        recorded_by_id=stamp.by,
        typed_at=stamp.now,
        received_at=stamp.now,
    )


def hold_neighbourhood(session: Session, unit: Unit) -> None:
    """Hold the neighbourhood as it is until the transaction ends."""
    lock_units(session, [unit.id])


def check_neighbourhood(unit: Unit, instant: datetime) -> None:
    """Refuse what is no neighbourhood (NotANeighbourhood), or not open that day (NeighbourhoodNotOpen)."""
    if unit.level is not Level.NEIGHBOURHOOD:
        raise NotANeighbourhood(
            f"{unit.code} is not a neighbourhood: choose one of the neighbourhoods under it.",
            field="neighbourhood",
        )
    day = local_day(instant)
    check_within(Span(day, day), unit.code, unit.span, NeighbourhoodNotOpen)
