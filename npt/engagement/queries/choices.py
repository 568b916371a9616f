"""What the forms of the street offer: where somebody records, and the communities there."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.engagement.models import Contact, Patrol
from npt.kin.queries import Choice, chosen, to_choose
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.phone.rules import OLDEST
from npt.priorities.models import Priority
from npt.priorities.queries import present_in
from npt.store.dated import holding
from npt.store.loading import loaded_with

#: More neighbourhoods than these are nobody's patch: their communities would not fit a phone.
MOST_OF_A_PATCH = 20


def neighbourhoods_within(session: Session, paths: Collection[str], *, as_at: date) -> list[Unit]:
    """The neighbourhoods under any of the paths in which something may be recorded on the day, by path: those
    that stand, then those that closed, since what happened before that is theirs. One statement.
    """
    if not paths:
        return []
    asked = select(Unit).where(
        Unit.level == Level.NEIGHBOURHOOD,
        or_(*map(within, paths)),
        holding(Unit.opened_on, Unit.closed_on, as_at - OLDEST, as_at),
    )
    found = session.scalars(asked.order_by(Unit.path))
    return sorted(found, key=lambda unit: not unit.span.covers(as_at))


def last_recorded_at(session: Session, member_id: int) -> int | None:
    """The neighbourhood in which the member last spoke to somebody, else last patrolled."""
    spoke = select(Contact.unit_id).where(Contact.member_id == member_id).order_by(Contact.at.desc()).limit(1)
    patrolled = select(Patrol.unit_id).where(Patrol.member_id == member_id)
    return session.scalar(spoke) or session.scalar(patrolled.order_by(Patrol.starts_at.desc()).limit(1))


def individuals_of_patch(
    session: Session, paths: Collection[str], units: Sequence[Unit], asked: int | None = None
) -> list[Choice]:
    """The key individuals of these neighbourhoods under any of the paths, by name.

    Of a wide patch the one of the key `asked` alone. A statement for each path.
    """
    here = {unit.id for unit in units}
    if len(units) > MOST_OF_A_PATCH:
        found = [] if asked is None else [chosen(session, path, asked) for path in paths]
        return [
            Choice(each.id, each.name, each.organisation, each.unit_id)
            for each in found
            if each is not None and each.unit_id in here
        ]
    return [each for path in paths for each in to_choose(session, path) if each.unit_id in here]


def priorities_of_patch(session: Session, units: Sequence[Unit]) -> list[Priority]:
    """What people there are asked about: the priorities of these neighbourhoods now; none of a wide patch."""
    return present_in(session, units) if 0 < len(units) <= MOST_OF_A_PATCH else []


def communities_of_patch(session: Session, units: Sequence[Unit], *, as_at: date) -> list[Community]:
    """The communities of these neighbourhoods on the day, in their order, by name; none of a wide patch."""
    if not 0 < len(units) <= MOST_OF_A_PATCH:
        return []
    asked = loaded_with(Community, Community.unit).where(
        Community.unit_id.in_([unit.id for unit in units]), Community.holding(as_at)
    )
    places = {unit.id: place for place, unit in enumerate(units)}
    found = session.scalars(asked.order_by(Community.name, Community.id))
    return sorted(found, key=lambda each: places[each.unit_id])
