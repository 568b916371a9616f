"""Questions about communities and their flags."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import CTE, Select, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from npt.communities.models import Community, CommunityFlag
from npt.organisation.models import Succession, Unit
from npt.organisation.queries import successors, within
from npt.store.batches import found_by
from npt.store.loading import loaded_with


def _whole() -> Select[Community]:
    """Communities with their neighbourhood, flags (and who set them) and shares, in order."""
    return (
        loaded_with(Community, Community.unit)
        .options(
            selectinload(Community.flags).joinedload(CommunityFlag.set_by), selectinload(Community.shares)
        )
        .order_by(Unit.path, Community.name, Community.id)
    )


def communities_under(session: Session, path: str | None, *, as_at: date | None = None) -> list[Community]:
    """The communities of neighbourhoods at or under `path` (all, without one), whole.

    Those known to be there on a day, if one is given, in neighbourhoods that stood then. By neighbourhood and
    name. Three statements.
    """
    asked = _whole()
    if path is not None:
        asked = asked.where(within(path))
    if as_at is not None:
        asked = asked.where(Community.holding(as_at), Community.starts_on <= as_at)
    found = session.scalars(asked)
    return [each for each in found if as_at is None or each.unit.stands_on(as_at)]


def communities_of(session: Session, unit_ids: Collection[int]) -> list[Community]:
    """Every community of these neighbourhoods themselves, whole."""
    return list(found_by(session, _whole(), Community.unit_id, unit_ids))


def community_in(session: Session, unit: Unit, community_id: int) -> Community | None:
    """The community of this key, whole, when it is of the neighbourhood itself."""
    return session.scalar(_whole().where(Community.id == community_id, Community.unit_id == unit.id))


def flag_in(session: Session, unit: Unit, flag_id: int) -> CommunityFlag | None:
    """The flag of this key, with its community, when it is of one of the neighbourhood itself."""
    asked = loaded_with(CommunityFlag, CommunityFlag.community)
    asked = asked.options(joinedload(CommunityFlag.set_by))
    return session.scalar(asked.where(CommunityFlag.id == flag_id, Community.unit_id == unit.id))


def carried_over(session: Session, communities: Collection[Community]) -> dict[int, list[Community]]:
    """The communities into which each of these was carried over, with their neighbourhoods, by key."""
    asked = loaded_with(Community, Community.unit).order_by(Unit.path)
    found: dict[int, list[Community]] = {}
    keys = [each.id for each in communities]
    for each in found_by(session, asked, Community.carried_from_id, keys):
        found.setdefault(each.carried_from_id or 0, []).append(each)
    into = [each.carried_into_id for each in communities if each.carried_into_id is not None]
    joined = {each.id: each for each in found_by(session, asked, Community.id, into)}
    for each in communities:
        there = joined.get(each.carried_into_id or 0)
        if there is not None and there not in found.setdefault(each.id, []):
            found[each.id].append(there)
    return found


def became(session: Session, communities: Collection[Community]) -> dict[int, list[Community]]:
    """All that each of these communities became, by its key, at however many removes; units are loaded.

    Two statements for each remove.
    """
    found: dict[int, dict[int, Community]] = {each.id: {} for each in communities}
    step = {each.id: [each] for each in communities}
    while met := list({each.id: each for many in step.values() for each in many}.values()):
        into = carried_over(session, met)
        for key, many in step.items():
            now = [new for each in many for new in into.get(each.id, ()) if new.id not in found[key]]
            step[key] = now
            found[key] |= {new.id: new for new in now}
    return {key: list(many.values()) for key, many in found.items()}


def ancestry(path: str) -> CTE:
    """For statements: each community at or under `path` (`community_id`) beside itself, and beside all it
    was before it was carried over, at however many removes (`before_id`).
    """
    later = select(Community.id.label("now_id"), Community.carried_from_id.label("was_id"))
    joined = select(Community.carried_into_id, Community.id)
    steps = union_all(
        later.where(Community.carried_from_id.is_not(None)),
        joined.where(Community.carried_into_id.is_not(None)),
    ).subquery()
    here = select(Community.id.label("community_id"), Community.id.label("before_id")).join(Community.unit)
    known = here.where(within(path)).cte("ancestry", recursive=True)
    before = select(known.c.community_id, steps.c.was_id).join(steps, steps.c.now_id == known.c.before_id)
    return known.union(before)


def left_behind(session: Session, unit: Unit) -> list[Community]:
    """The communities of a closed neighbourhood of which nobody has said yet what becomes of them.

    They still stood when it closed, and were neither carried over nor said to have ended. None while it is
    open, or where nobody took over from it.
    """
    if unit.closed_on is None or not successors(session, unit):
        return []
    of_unit = communities_of(session, [unit.id])
    return [each for each in of_unit if each.ends_on is None and each.carried_into_id is None]


def units_with_left_behind(session: Session, path: str) -> list[Unit]:
    """The closed neighbourhoods at or under `path` with communities to carry over; see `left_behind`."""
    of_unit = select(Community.unit_id).where(
        Community.ends_on.is_(None), Community.carried_into_id.is_(None)
    )
    succeeded = select(Succession.predecessor_id)
    asked = select(Unit).where(within(path), Unit.closed_on.is_not(None), Unit.id.in_(succeeded))
    return list(session.scalars(asked.where(Unit.id.in_(of_unit)).order_by(Unit.path)))
