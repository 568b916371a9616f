"""Files of boundaries: features made, written, and taken in."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from npt.commands.files import TakenIn, take_in
from npt.store.exchange import ImportOrder

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def square(south: float, west: float, size: float = 0.01) -> dict[str, Any]:
    """A square as a geometry."""
    north, east = round(south + size, 7), round(west + size, 7)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: object, geometry: object) -> dict[str, Any]:
    """A feature of the unit with this code."""
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def collection(*features: object, **more: object) -> dict[str, Any]:
    """Features together."""
    return {"type": "FeatureCollection", "features": list(features), **more}


def written(folder: Path, told: object) -> Path:
    """A file that holds this, as JSON or as it is."""
    file = folder / "boundaries.geojson"
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return file


def bring_in(
    session: Session, folder: Path, told: object, *, may_update: bool = False, is_forced: bool = False
) -> TakenIn:
    """Take the boundaries in; what is bad stays in the session, as before a rollback."""
    order = ImportOrder(may_update, NOW, TODAY, is_forced=is_forced)
    return take_in(session, "boundaries", written(folder, told), order)


def problems(taken: TakenIn) -> list[tuple[str, str]]:
    """Column and message of everything that is wrong."""
    return [(problem.column, problem.message) for problem in taken.problems]


def counts(taken: TakenIn) -> tuple[int, int, int]:
    """How many were added, changed and left."""
    return taken.outcome.added, taken.outcome.changed, taken.outcome.unchanged
