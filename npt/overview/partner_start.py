"""What a partner sees first: what is shared with their agency at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from npt.access.rules import Viewer
from npt.partners.models import Agency, Share
from npt.partners.queries import shares_open


@dataclass(frozen=True, slots=True)
class PartnerStart:
    """An agency and what it can see, what ends first first."""

    agency: Agency
    shares: Sequence[Share]


def partner_start(session: Session, viewer: Viewer, now: datetime) -> PartnerStart | None:
    """The agency for which the person acts and what it can see; None for whoever is no partner."""
    if viewer.agency_id is None:
        return None
    agency = session.get_one(Agency, viewer.agency_id)
    return PartnerStart(agency, shares_open(session, agency.id, now))
