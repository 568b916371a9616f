"""Questions about the specialist contacts of forces and BCUs."""

from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session, selectinload

from npt.communities.models import Community, SpecialistContact
from npt.communities.rules import Calling
from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.store.loading import loaded_with


def _whole() -> Select[SpecialistContact]:
    asked = loaded_with(SpecialistContact, SpecialistContact.unit)
    return asked.options(selectinload(SpecialistContact.callings))


def specialists_at(session: Session, unit: Unit, *, as_at: date | None = None) -> list[SpecialistContact]:
    """The specialist contacts of the unit and of all above it, the nearest first, then by subject.

    Those of a day, if one is given.
    """
    lineage = Lineage.parse(unit.path)
    paths = [unit.path, *(above.path for above in lineage.ancestors)]
    asked = _whole().where(Unit.path.in_(paths))
    asked = asked.order_by(Unit.path.desc(), SpecialistContact.subject, SpecialistContact.id)
    return list(session.scalars(asked if as_at is None else asked.where(SpecialistContact.holding(as_at))))


def specialist_contact_in(session: Session, unit: Unit, contact_id: int) -> SpecialistContact | None:
    """The specialist contact of this key, when it is the unit's own."""
    return session.scalar(
        _whole().where(SpecialistContact.id == contact_id, SpecialistContact.unit_id == unit.id)
    )


def called_for(contacts: list[SpecialistContact], community: Community, day: date) -> list[SpecialistContact]:
    """Those of the contacts whom the community calls for on a day. Asks nothing."""
    calls = Calling.of(community.kind, (flag.flag for flag in community.flags_on(day)))
    return [each for each in contacts if each.calls & calls]
