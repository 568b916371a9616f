"""Questions about matters, whatever their kind."""

from sqlalchemy.orm import Session

from npt.matters.models import Matter
from npt.matters.rules import references_meant
from npt.store.loading import loaded_with


def matter_referred(session: Session, reference: str) -> Matter | None:
    """The matter of this reference, also as people type it, its unit loaded; None when there is none."""
    meant = references_meant(reference)
    found = session.scalars(loaded_with(Matter, Matter.unit).where(Matter.reference.in_(meant))).all()
    return min(found, key=lambda matter: meant.index(matter.reference), default=None)
