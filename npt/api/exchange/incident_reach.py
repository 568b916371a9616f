"""Which incidents of a push lie outside the reach of whoever pushes. What is there is not told to them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy.orm import Session

from npt.incidents.actions import Ground
from npt.incidents.queries import paths_of
from npt.kit.clock import local_day
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import units_coded
from npt.sheets.reading import Row
from npt.store.exchange import RowProblem


@dataclass(frozen=True, slots=True)
class _Told:
    """A row as far as it says where something happened."""

    lat: int | None
    lng: int | None
    neighbourhood: Unit | None
    street: str | None
    on: date


def incidents_outside(session: Session, rows: Sequence[Row], paths: Collection[str]) -> Iterator[RowProblem]:
    """The rows whose incident is recorded outside the paths, or would be. Others may be refused later."""
    within = tuple(paths)
    recorded = paths_of(session, {cast(str, row.values["ref"]) for row in rows})
    units = units_coded(session, {cast(str, code) for row in rows if (code := row.values["neighbourhood"])})
    ground, told = Ground(session), [(row, _told(row, units)) for row in rows]
    ground.meet(each for _, each in told if (each.lat is None) == (each.lng is None))
    for row, each in told:
        ref, code = row.values["ref"], cast("str | None", row.values["neighbourhood"])
        was = recorded.get(cast(str, ref))
        if was is not None and not was.startswith(within):
            yield RowProblem(
                row.line,
                "ref",
                f"This token may use no incident {ref}: correct the reference, or leave it out.",
            )
        elif code is not None and (code not in units or not units[code].path.startswith(within)):
            yield RowProblem(
                row.line,
                "neighbourhood",
                f"There is no unit {code} that this token may use: correct the code.",
            )
        elif not _lies_within(ground, each, within):
            yield RowProblem(
                row.line,
                "lat",
                "This token may record no incident at that place: correct it, or leave it out.",
            )


def _told(row: Row, units: dict[str, Unit]) -> _Told:
    values = cast("dict[str, Any]", row.values)
    return _Told(
        values["lat"],
        values["lng"],
        units.get(values["neighbourhood"] or ""),
        values["street"],
        local_day(values["at"].instant),
    )


def _lies_within(ground: Ground, each: _Told, within: tuple[str, ...]) -> bool:
    """Whether it would be placed within the paths; what cannot be placed is refused later, in other words."""
    try:
        return ground.unit_of(each).path.startswith(within)
    except Refusal:
        return True
