"""Boundaries and points: which neighbourhood holds a point, and what shapes there are, on which day."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import Date, bindparam, select
from sqlalchemy.orm import Session

from npt.organisation.models import Succession, Unit
from npt.organisation.queries import standing, within
from npt.organisation.rules import Level
from npt.places.models import Boundary, BoundaryCell, BoundaryShape, Street
from npt.places.rules import Point, Shape, cells_over
from npt.store.batches import batches

#: The units whose shapes reach into some of `cells` on `day`. Put together once: it is asked for every point.
_REACHING_INTO = (
    select(Unit, BoundaryShape.shape)
    .join(BoundaryShape, BoundaryShape.unit_id == Unit.id)
    .where(
        Unit.id.in_(
            select(BoundaryCell.unit_id).where(BoundaryCell.cell.in_(bindparam("cells", expanding=True)))
        ),
        standing(as_at=bindparam("day", type_=Date)),
    )
)


def neighbourhood_at(session: Session, point: Point, *, as_at: date) -> Unit | None:
    """The one neighbourhood that holds the point on the day; None where none does."""
    return neighbourhoods_at(session, [point], as_at=as_at)[0]


def neighbourhoods_at(session: Session, points: Sequence[Point], *, as_at: date) -> list[Unit | None]:
    """The neighbourhood that holds each of the points on the day. One statement for a few hundred points.

    A point in or on the edge of several belongs to that with the smaller code, compared by Python: the
    orders of databases differ.
    """
    found: list[Unit | None] = []
    for some in batches(points, 500):
        keys = {key for point in some for key in cells_over(point)}
        rows = session.execute(_REACHING_INTO, {"cells": sorted(keys), "day": as_at})
        candidates = sorted(
            ((unit, Shape.stored(stored)) for unit, stored in rows), key=lambda each: each[0].code
        )
        found += [next((unit for unit, shape in candidates if shape.holds(point)), None) for point in some]
    return found


def shape_of(session: Session, unit: Unit) -> Shape | None:
    """The shape that is recorded of the unit itself."""
    stored = session.scalar(select(BoundaryShape.shape).where(BoundaryShape.unit_id == unit.id))
    return None if stored is None else Shape.stored(stored)


def shapes_under(session: Session, path: str, *, as_at: date) -> list[tuple[Unit, Shape | None]]:
    """The units at and under the path on the day, each with the shape that is recorded of it, by path."""
    units = session.scalars(select(Unit).where(within(path), standing(as_at=as_at)).order_by(Unit.path))
    asked = select(BoundaryShape.unit_id, BoundaryShape.shape).join(Unit, Unit.id == BoundaryShape.unit_id)
    rows = session.execute(asked.where(within(path), standing(as_at=as_at)))
    shapes = {unit_id: Shape.stored(stored) for unit_id, stored in rows}
    return [(unit, shapes.get(unit.id)) for unit in units]


def recorded_shapes(
    session: Session, *, path: str, level: Level, as_at: date | None = None
) -> list[tuple[Unit, Shape]]:
    """The units of a level under the path that have a boundary, on the day or whenever, by path."""
    asked = select(Unit, BoundaryShape.shape).join(BoundaryShape, BoundaryShape.unit_id == Unit.id)
    asked = asked.where(within(path), Unit.level == level).order_by(Unit.path)
    if as_at is not None:
        asked = asked.where(standing(as_at=as_at))
    return [(unit, Shape.stored(stored)) for unit, stored in session.execute(asked)]


def boundaries_of(session: Session, unit_ids: Collection[int]) -> Iterator[tuple[Boundary, bytes]]:
    """The boundaries of these units, each with its shape as stored."""
    for some in batches(sorted(unit_ids)):
        asked = select(Boundary, BoundaryShape.shape).join(
            BoundaryShape, BoundaryShape.unit_id == Boundary.unit_id
        )
        for row in session.execute(asked.where(Boundary.unit_id.in_(some))):
            yield row.Boundary, row.shape


def without_boundary(session: Session, path: str | None, *, as_at: date) -> list[Unit]:
    """The neighbourhoods that stand on the day and have no boundary, by path."""
    asked = select(Unit).outerjoin(Boundary, Boundary.unit_id == Unit.id)
    asked = asked.where(Boundary.unit_id.is_(None), Unit.level == Level.NEIGHBOURHOOD, standing(as_at=as_at))
    if path is not None:
        asked = asked.where(within(path))
    return list(session.scalars(asked.order_by(Unit.path)))


def has_boundaries(session: Session) -> bool:
    """Whether any unit has a boundary."""
    return session.scalar(select(Boundary.unit_id).limit(1)) is not None


def successors_of(session: Session, unit_ids: Collection[int]) -> set[int]:
    """The units that took over from any of these."""
    asked = select(Succession.successor_id)
    return {
        successor
        for some in batches(sorted(unit_ids))
        for successor in session.scalars(asked.where(Succession.predecessor_id.in_(some)))
    }


def succeeded_with(session: Session, unit_id: int) -> list[tuple[int, int]]:
    """Of the units that this one took over from, who took over from each: predecessor and successor."""
    predecessors = select(Succession.predecessor_id).where(Succession.successor_id == unit_id)
    asked = select(Succession.predecessor_id, Succession.successor_id)
    rows = session.execute(asked.where(Succession.predecessor_id.in_(predecessors)))
    return [(predecessor, successor) for predecessor, successor in rows]


def streets_answered_by(session: Session, unit_ids: Collection[int]) -> list[Street]:
    """The streets of which somebody has said that one of these few neighbourhoods answers for them."""
    asked = select(Street).where(Street.neighbourhood_id.in_(unit_ids))
    return list(session.scalars(asked.order_by(Street.id)))
