"""Keeping the boundary of a unit: its shape, and the cells that find it."""

import hashlib

from sqlalchemy import delete
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.places.geometry import touched_cells
from npt.places.models import Boundary, BoundaryCell, BoundaryShape
from npt.places.rules import Shape


def keep_boundary(session: Session, unit: Unit, shape: Shape, *, is_inherited: bool = False) -> None:
    """Let the unit have this boundary, in place of the one that it has."""
    stored = shape.as_stored
    digest = hashlib.sha256(stored).hexdigest()
    boundary = session.get(Boundary, unit.id)
    if boundary is None:
        session.add(
            Boundary(unit_id=unit.id, digest=digest, corners=shape.corners, is_inherited=is_inherited)
        )
    else:
        boundary.digest, boundary.corners, boundary.is_inherited = digest, shape.corners, is_inherited
        _forget_shape(session, unit.id)
    session.flush()
    session.add(BoundaryShape(unit_id=unit.id, shape=stored))
    if unit.level is Level.NEIGHBOURHOOD:  # what a point is looked up among
        session.add_all(BoundaryCell(cell=cell, unit_id=unit.id) for cell in touched_cells(shape))
    session.flush()


def drop_boundary(session: Session, boundary: Boundary) -> None:
    """Take a boundary away."""
    _forget_shape(session, boundary.unit_id)
    session.delete(boundary)
    session.flush()


def _forget_shape(session: Session, unit_id: int) -> None:
    session.execute(delete(BoundaryCell).where(BoundaryCell.unit_id == unit_id))
    session.execute(delete(BoundaryShape).where(BoundaryShape.unit_id == unit_id))
