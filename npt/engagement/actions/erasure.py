"""What contacts end when a key individual is erased: the words they were met with, which are theirs."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from npt.data_protection import kinds
from npt.engagement.models import Contact, ContactWords
from npt.kin.models import Encounter, KeyIndividual


def register() -> None:
    """Let the words of contacts with somebody go when they are erased; the contacts stay, and count."""
    kinds.ends_with(KeyIndividual.__tablename__, _forget_words)


def _forget_words(session: Session, individual_id: int, _now: datetime) -> None:
    met = select(Encounter.record).where(Encounter.individual_id == individual_id)
    theirs = select(Contact.id).where(Contact.reference.in_(met))
    session.execute(delete(ContactWords).where(ContactWords.contact_id.in_(theirs)))
