"""Instants in keyed rows, and the places that a file names, held once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from npt.kit.clock import Reading
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit


def instant_of(value: datetime | Reading) -> datetime:
    """The instant of a cell, or of a record."""
    return value.instant if isinstance(value, Reading) else value


def hold(session: Session, units: Iterable[Unit]) -> None:
    """Hold the neighbourhoods that the rows of a file name, all at once."""
    lock_units(session, {unit.id for unit in units})
