"""Questions about matters, whatever their kind."""

from sqlalchemy.orm import Session

from npt.matters.models import Matter
from npt.store.loading import loaded_with


def matter_referred(session: Session, reference: str) -> Matter | None:
    """The matter of this reference, compared exactly, its unit loaded; None when there is none."""
    asked = loaded_with(Matter, Matter.unit)
    return session.scalar(asked.where(Matter.reference == reference))
