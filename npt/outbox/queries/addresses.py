"""Who is not to be written to, by address."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.outbox.models import ReturnedAddress, Unsubscription
from npt.outbox.rules import Topic


def unsubscribed(session: Session, addresses: Collection[str]) -> frozenset[tuple[str, Topic]]:
    """Which of these addresses want no more of which topic."""
    asked = select(Unsubscription.address, Unsubscription.topic).where(Unsubscription.address.in_(addresses))
    return frozenset((address, topic) for address, topic in session.execute(asked))


def stopped_addresses(session: Session, addresses: Collection[str]) -> frozenset[str]:
    """Which of these addresses get no more letters, because letters came back from them."""
    asked = select(ReturnedAddress.address).where(
        ReturnedAddress.address.in_(addresses), ReturnedAddress.stopped_at.is_not(None)
    )
    return frozenset(session.scalars(asked))


def returned_address(session: Session, address: str) -> ReturnedAddress | None:
    """What is known of letters that came back from an address; None where none did."""
    return session.scalars(
        select(ReturnedAddress).where(ReturnedAddress.address == address.strip().lower())
    ).one_or_none()
