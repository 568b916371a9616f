"""How often a unit spoke to somebody and patrolled, counted."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.engagement.models import Contact, Patrol
from npt.organisation.queries import within


@dataclass(frozen=True, slots=True)
class Heard:
    """Contacts, patrols, and the minutes of these."""

    contacts: int
    patrols: int
    minutes: int


def heard_under(session: Session, path: str, first: date, last: date) -> Heard:
    """What was recorded of the days from `first` to `last` at or under `path`. Two statements."""
    contacts = select(func.count()).select_from(Contact).join(Contact.unit)
    spoken = session.scalar(contacts.where(within(path), Contact.on_date.between(first, last)))
    patrols = select(func.count(), func.sum(Patrol.minutes)).select_from(Patrol).join(Patrol.unit)
    count, minutes = session.execute(patrols.where(within(path), Patrol.on_date.between(first, last))).one()
    return Heard(spoken or 0, count, int(minutes or 0))
