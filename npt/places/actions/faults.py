"""What may speak against boundaries: in themselves, as part of their force, beside their siblings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level, Lineage
from npt.places.geometry import crossing_of, outside_of, overlaps, union_of
from npt.places.queries import recorded_shapes, shape_of, without_boundary
from npt.places.rules import BRITAIN, SLIVER, Point, Shape

_ANYWAY = "or load it all the same with --force."


class _Doubtful(Refusal):
    """Something speaks against a boundary: it says what, where, and what else can be done."""

    def __init__(self, what: str, near: Point, cure: str) -> None:
        super().__init__(f"{what} near {near.words}: {cure}, {_ANYWAY}", field="geometry")


class BoundaryCrosses(_Doubtful):
    """A boundary crosses itself."""


class BoundaryOutside(_Doubtful):
    """A boundary lies outside its force."""


class BoundaryOverlaps(_Doubtful):
    """Two units of one level would have the same ground on the same day."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A boundary that is to be taken in, and where it stands in a file."""

    line: int
    unit: Unit
    shape: Shape


def faults_of(session: Session, wanted: Sequence[Judged], today: date) -> Iterator[tuple[Judged, Refusal]]:
    """Everything that speaks against these boundaries, by the place of each in the file."""
    for each in wanted:
        crossing = crossing_of(each.shape)
        if crossing is not None:
            what = f"{each.unit.code} crosses itself"
            yield each, BoundaryCrosses(what, crossing, "mend the outline there")
    by_force: defaultdict[str, list[Judged]] = defaultdict(list)
    for each in wanted:
        by_force[Lineage.parse(each.unit.path).codes[0]].append(each)
    for code, of_force in by_force.items():
        force = unit_at(session, code)
        if force is not None:
            yield from _outside(session, force, of_force, today)
            for level in Level:
                yield from _overlapping(session, force, level, of_force)


def _outside(
    session: Session, force: Unit, wanted: Sequence[Judged], today: date
) -> Iterator[tuple[Judged, Refusal]]:
    outline = _outline(session, force, wanted, today)
    for each in wanted:
        if each.unit.id == force.id or outline is None:
            middle = each.shape.box.middle
            if not BRITAIN.holds(middle):
                yield each, BoundaryOutside(f"{each.unit.code} is not in Britain, but", middle, "correct it")
            continue
        part, near = outside_of(each.shape, outline)
        if part > SLIVER:
            what = f"{each.unit.code} lies outside {force.name} with {_percent(part)} of its ground,"
            yield each, BoundaryOutside(what, near, "correct the outline there")


def _outline(session: Session, force: Unit, wanted: Sequence[Judged], today: date) -> Shape | None:
    """The outline of the force: its own, or the ground of its neighbourhoods where all have a boundary.

    None where it is not known, and where the file has all of them anew.
    """
    own = next((each.shape for each in wanted if each.unit.id == force.id), None) or shape_of(session, force)
    if own is not None or without_boundary(session, force.path, as_at=today):
        return own
    known = recorded_shapes(session, path=force.path, level=Level.NEIGHBOURHOOD, as_at=today)
    if {unit.id for unit, _ in known} <= {each.unit.id for each in wanted}:
        return None
    return union_of(shape for _, shape in known)


def _overlapping(
    session: Session, force: Unit, level: Level, wanted: Sequence[Judged]
) -> Iterator[tuple[Judged, Refusal]]:
    new = [each for each in wanted if each.unit.level is level]
    if not new or level is Level.FORCE:
        return
    ids = {each.unit.id for each in new}
    recorded = recorded_shapes(session, path=force.path, level=level)
    others = [(unit, shape) for unit, shape in recorded if unit.id not in ids]
    units = [each.unit for each in new] + [unit for unit, _ in others]
    shapes = [each.shape for each in new] + [shape for _, shape in others]
    for shared in overlaps(shapes, range(len(new))):
        one, other = units[shared.one], units[shared.other]
        if shared.part > SLIVER and one.span.overlaps(other.span):
            what = f"{one.code} overlaps {other.code} by {_percent(shared.part)} of the smaller,"
            yield new[shared.one], BoundaryOverlaps(what, shared.near, "correct one of the two")


def _percent(part: float) -> str:
    return f"{part * 100:.1f}%"
