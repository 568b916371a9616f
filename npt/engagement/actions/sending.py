"""What happened in a neighbourhood, as a phone sends it or a file has it: kept once, where it is open."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.communities.actions.places import NeighbourhoodNotOpen, NotANeighbourhood
from npt.engagement.models import Contact, Patrol
from npt.kit.clock import local_day
from npt.kit.spans import Span
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, check_within
from npt.people.models import Member
from npt.phone.actions import Sending, reference_used, sent_before
from npt.phone.rules import Purpose, check_reference
from npt.store.constraints import name_violation, refusing

#: What is sent: a contact or a patrol.
Kept = TypeVar("Kept", Contact, Patrol)

for _constraint in ("uq_community_contact_reference", "uq_patrol_reference"):
    name_violation(_constraint, reference_used)


def keep_once(
    session: Session, model: type[Kept], purpose: Purpose, sending: Sending, tell: Callable[[Kept], None]
) -> tuple[Kept, bool]:
    """Keep a record, which `tell` fills in; and whether it is new.

    It is not if the account has sent its reference before: then it is as it was. BadReference, ReferenceUsed,
    BadInstant, and what `tell` refuses.
    """
    reference = sending.reference_for(purpose)
    asked = select(model).where(model.reference == reference)
    there = sent_before(session, sending, lambda: session.scalar(asked))
    if there is not None:
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
