"""The neighbourhood to which something is done: it is held meanwhile, and has to stand on the day."""

from datetime import date

from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.queries import communities_of
from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, OutsideUnit, check_within


class NotANeighbourhood(Refusal):
    """Communities or figures were given to a unit that is no neighbourhood."""


class NeighbourhoodNotOpen(OutsideUnit):
    """Something would be recorded of a neighbourhood on a day on which it does not stand."""


def lock_neighbourhood(session: Session, unit: Unit) -> list[Community]:
    """Hold the neighbourhood until the transaction ends; its communities, whole. NotANeighbourhood."""
    if unit.level is not Level.NEIGHBOURHOOD:
        raise NotANeighbourhood(
            f"{unit.code} is not a neighbourhood: choose one of the neighbourhoods under it.",
            field="neighbourhood",
        )
    session.flush()
    lock_units(session, [unit.id], for_closing=True)  # alone: two must not pass each other
    return communities_of(session, [unit.id])


def check_stands(unit: Unit, day: date) -> None:
    """Refuse (NeighbourhoodNotOpen) a day on which the neighbourhood does not stand."""
    check_within(Span(day, day), unit.code, unit.span, NeighbourhoodNotOpen)
