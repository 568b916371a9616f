"""The written parts of profiles and their versions."""

from collections.abc import Collection, Mapping

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from npt.organisation.models import Succession, Unit
from npt.organisation.queries import successors, within
from npt.profiles.models import PartVersion, Profile
from npt.profiles.rules import Part


def _latest() -> Select[PartVersion]:
    """The last version of each part of each profile, with who wrote it."""
    last = (
        select(
            PartVersion.profile_id,
            PartVersion.part,
            func.max(PartVersion.number).label("number"),
        )
        .group_by(PartVersion.profile_id, PartVersion.part)
        .subquery()
    )
    same = and_(
        PartVersion.profile_id == last.c.profile_id,
        PartVersion.part == last.c.part,
        PartVersion.number == last.c.number,
    )
    asked = select(PartVersion).join(last, same).join(PartVersion.profile)
    return asked.options(contains_eager(PartVersion.profile), joinedload(PartVersion.written_by))


def latest_parts(session: Session, unit_ids: Collection[int]) -> Mapping[tuple[int, Part], PartVersion]:
    """What the parts of these neighbourhoods say now, by neighbourhood and part. One statement."""
    asked = _latest().where(Profile.unit_id.in_(sorted(unit_ids)))
    return {(each.profile.unit_id, each.part): each for each in session.scalars(asked)}


def versions_of(session: Session, unit: Unit, part: Part) -> list[PartVersion]:
    """Every version of a part of the neighbourhood, with who wrote it, the latest first."""
    asked = select(PartVersion).join(PartVersion.profile)
    asked = asked.options(joinedload(PartVersion.written_by))
    asked = asked.where(Profile.unit_id == unit.id, PartVersion.part == part)
    return list(session.scalars(asked.order_by(PartVersion.number.desc())))


def left_behind(session: Session, unit: Unit) -> list[PartVersion]:
    """The parts of a closed neighbourhood of which nobody has said yet what becomes of them.

    None while it is open, or where nobody took over from it.
    """
    if unit.closed_on is None or not successors(session, unit):
        return []
    latest = latest_parts(session, [unit.id])
    found = [latest[unit.id, part] for part in Part if (unit.id, part) in latest]
    return [each for each in found if each.settled_on is None]


def units_with_left_behind(session: Session, path: str) -> list[Unit]:
    """The closed neighbourhoods at or under `path` with parts to carry over; see `left_behind`."""
    waiting = _latest().where(PartVersion.settled_on.is_(None)).with_only_columns(Profile.unit_id)
    succeeded = select(Succession.predecessor_id)
    asked = select(Unit).where(within(path), Unit.closed_on.is_not(None), Unit.id.in_(succeeded))
    return list(session.scalars(asked.where(Unit.id.in_(waiting)).order_by(Unit.path)))
