"""Contacts and patrols from a day on, handed to the neighbourhood that took over on that day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.engagement.models import Contact, Patrol
from npt.organisation.models import Unit
from npt.store.constraints import refusing


def hand_over_since(session: Session, closed: Unit, first: date, into: Unit) -> None:
    """Let what happened in `closed` from the day `first` on have happened in `into`, which stands by then.

    A community that was carried over to there is the one it became; another stays as it was said.
    """
    became = _became(session, closed, into)
    for contact in session.scalars(
        select(Contact).where(Contact.unit_id == closed.id, Contact.on_date >= first)
    ):
        contact.unit_id = into.id
        if contact.community_id is not None:
            contact.community_id = became.get(contact.community_id, contact.community_id)
    for patrol in session.scalars(select(Patrol).where(Patrol.unit_id == closed.id, Patrol.on_date >= first)):
        patrol.unit_id = into.id
    with refusing(session):
        session.flush()


def _became(session: Session, closed: Unit, into: Unit) -> dict[int, int]:
    """By the key of a community of `closed`, the key of what it became in `into`."""
    there = session.scalars(select(Community).where(Community.unit_id == into.id)).all()
    known = {each.carried_from_id: each.id for each in there if each.carried_from_id is not None}
    here = select(Community.id, Community.carried_into_id).where(Community.unit_id == closed.id)
    keys = {each.id for each in there}
    into_keys = {was: now for was, now in session.execute(here) if now is not None and now in keys}
    return known | into_keys
