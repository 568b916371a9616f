"""Where something happened that somebody records: a neighbourhood, open on that day."""

from datetime import datetime

from sqlalchemy.orm import Session

from npt.communities.actions.places import NeighbourhoodNotOpen, NotANeighbourhood
from npt.kit.clock import local_day
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, check_within
from npt.phone.actions import reference_used
from npt.store.constraints import name_violation

for _constraint in ("uq_community_contact_reference", "uq_patrol_reference"):
    name_violation(_constraint, reference_used)


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
