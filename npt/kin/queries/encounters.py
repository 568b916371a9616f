"""Questions about encounters."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kin.models import Encounter, KeyIndividual
from npt.kit.paging import Page, Part
from npt.store.paging import paged


def encounters_with(session: Session, individual: KeyIndividual, page: Page) -> Part[Encounter]:
    """One page of the encounters with a key individual, the latest first. Two statements."""
    asked = select(Encounter).where(Encounter.individual_id == individual.id)
    part = paged(session, asked.order_by(Encounter.at.desc(), Encounter.id.desc()), page)
    return part.of([each for (each,) in part.rows])


def encounter_of(session: Session, individual: KeyIndividual, record: str) -> Encounter | None:
    """The encounter with them that comes from the record of this reference."""
    asked = select(Encounter).where(Encounter.individual_id == individual.id, Encounter.record == record)
    return session.scalars(asked.order_by(Encounter.id)).first()
