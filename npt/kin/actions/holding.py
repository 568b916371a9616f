"""The records that something is done to are held meanwhile, so that two people take turns."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kin.models import KeyIndividual


def hold(session: Session, individual_ids: Collection[int]) -> None:
    """Hold these records until the transaction ends, in the order of their keys."""
    session.flush()
    asked = select(KeyIndividual.id).where(KeyIndividual.id.in_(individual_ids)).order_by(KeyIndividual.id)
    session.execute(asked.with_for_update()).all()
