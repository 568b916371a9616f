"""The neighbourhood whose profile is changed: it is held meanwhile, and has to stand on the day."""

from datetime import date

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.spans import Span
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, OutsideUnit, check_within
from npt.profiles.models import Profile
from npt.profiles.queries import profile_of
from npt.profiles.rules import review_due
from npt.store.constraints import refusing


class NotANeighbourhood(Refusal):
    """The profile of a unit that is no neighbourhood, and whose profile is therefore the sum of others."""


class NeighbourhoodNotOpen(OutsideUnit):
    """Something would be written of a neighbourhood that does not stand."""


def lock_neighbourhood(session: Session, unit: Unit) -> Profile | None:
    """Hold the neighbourhood until the transaction ends; its profile, if it has one. NotANeighbourhood."""
    if unit.level is not Level.NEIGHBOURHOOD:
        raise NotANeighbourhood(
            f"The profile of {unit.name} is the sum of its neighbourhoods’: write in one of those.",
        )
    session.flush()
    lock_units(session, [unit.id], for_closing=True)  # alone: two must not pass each other
    return profile_of(session, unit)


def check_stands(unit: Unit, day: date) -> None:
    """Refuse (NeighbourhoodNotOpen) a day on which the neighbourhood does not stand."""
    check_within(Span(day, day), unit.code, unit.span, NeighbourhoodNotOpen)


def began(session: Session, unit: Unit, profile: Profile | None, today: date) -> Profile:
    """The profile; a new one, as if reviewed today, where there is none. The neighbourhood is held."""
    if profile is None:
        profile = Profile(unit=unit, review_due_on=review_due(today))
        with refusing(session):
            session.add(profile)
    return profile
