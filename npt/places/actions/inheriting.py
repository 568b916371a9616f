"""A unit that took over from others has their ground, until a boundary is given for it.

Where several became one, that is the union of theirs. Where one was split nobody can tell, and the boundary
is asked for.
"""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy.orm import Session

from npt.organisation.actions import follow_successions_by, lock_units
from npt.organisation.models import Unit
from npt.places.actions.boundaries import drop_boundary, keep_boundary
from npt.places.geometry import union_of
from npt.places.models import Boundary
from npt.places.queries import boundaries_of, has_boundaries, succeeded_with, successors_of
from npt.places.rules import Shape


def register() -> None:
    """From now on let boundaries follow what is said of who took over from whom."""
    follow_successions_by(_follow)


def _follow(session: Session, successors: Collection[Unit]) -> None:
    if has_boundaries(session):
        session.flush()
        inherit(session, {unit.id for unit in successors})


def inherit_from(session: Session, unit_ids: Collection[int]) -> None:
    """Work out again what was, or may be, inherited from these units, whose boundaries have changed."""
    inherit(session, successors_of(session, unit_ids))


def inherit(session: Session, unit_ids: Collection[int]) -> None:
    """Give each of these units that took over from others their ground, or take it back.

    All of those must have a boundary and no other successor. A boundary that was given for a unit stays.
    """
    pending, seen = set(unit_ids), set[int]()
    while pending:
        changed = {unit_id for unit_id in sorted(pending) if _inherit(session, unit_id)}
        seen |= pending
        pending = successors_of(session, changed) - seen


def _inherit(session: Session, unit_id: int) -> bool:
    """Whether what the unit inherits has changed."""
    # Two that close at once into the same unit: the second sees what the first has said.
    lock_units(session, [unit_id], for_closing=True)
    recorded = session.get(Boundary, unit_id)
    if recorded is not None and not recorded.is_inherited:
        return False
    taken_over = succeeded_with(session, unit_id)
    by_predecessor: defaultdict[int, set[int]] = defaultdict(set)
    for predecessor, successor in taken_over:
        by_predecessor[predecessor].add(successor)
    shapes = {each.unit_id: stored for each, stored in boundaries_of(session, by_predecessor)}
    is_merged = all(successors == {unit_id} for successors in by_predecessor.values())
    if not is_merged or not shapes or shapes.keys() != by_predecessor.keys():
        if recorded is not None:
            drop_boundary(session, recorded)
        return recorded is not None
    joined = [Shape.stored(shapes[each]) for each in sorted(shapes)]
    keep_boundary(
        session,
        session.get_one(Unit, unit_id),
        joined[0] if len(joined) == 1 else union_of(joined),
        is_inherited=True,
    )
    return True
