"""The file of boundaries: features that are known by the code of their unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.organisation.actions import lock_units
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.places.actions import Judged, faults_of, inherit_from, keep_boundary
from npt.places.exchange.geojson import read_features, write_features
from npt.places.models import BoundaryShape
from npt.places.rules import Shape as Outline
from npt.sheets.columns import Column, Shape, code, text
from npt.sheets.reading import Row
from npt.store.batches import batches
from npt.store.exchange import Export, ExportOrder, Import, ImportOrder, Outcome, RowProblem
from npt.store.keyed import Intake, Keyed, KeyedRow, ToldTwice


class NoOutline(Refusal):
    """A feature that outlines nothing: its geometry is null or empty."""


@dataclass(frozen=True, slots=True)
class BoundaryRow(KeyedRow):
    """A feature of the file, typed; None where it outlines nothing."""

    unit: Unit
    outline: Outline | None


class Recorded(NamedTuple):
    """A unit and the boundary that it has."""

    unit: Unit
    outline: Outline


def _load(session: Session, rows: Sequence[BoundaryRow]) -> Iterator[Recorded]:
    units = {row.unit.id: row.unit for row in rows}
    # Two files at once: the second compares with what the first has said.
    lock_units(session, list(units), for_closing=True)
    for some in batches(sorted(units)):
        asked = select(BoundaryShape.unit_id, BoundaryShape.shape)
        for unit_id, stored in session.execute(asked.where(BoundaryShape.unit_id.in_(some))):
            yield Recorded(units[unit_id], Outline.stored(stored))


def _differs(was: BoundaryRow, row: BoundaryRow) -> str:
    corners = 0 if was.outline is None else was.outline.corners
    return f"{row.unit.code} is recorded with another boundary, of {corners:,} corners"


def _take(intake: Intake[BoundaryRow, Recorded]) -> None:
    """Judge all that is new or changes together, and keep it."""
    for row in [row for row in intake.rows.values() if row.outline is None]:
        _doubt(
            intake,
            row,
            NoOutline(
                f"{row.unit.code} has a geometry that is null or empty: draw the outline, or delete the"
                " feature; --force passes over it.",
                field="outline",
            ),
        )
        if row in intake.new:
            intake.new.remove(row)
    rows = [row for row in [*intake.new, *(row for row, _ in intake.changing)] if row.outline is not None]
    judged = [Judged(row.line, row.unit, row.outline) for row in rows if row.outline is not None]
    by_line = {row.line: row for row in rows}
    for each, refusal in faults_of(intake.session, judged, intake.order.today):
        _doubt(intake, by_line[each.line], refusal)
    if not intake.outcome.problems:
        for each in judged:
            keep_boundary(intake.session, each.unit, each.shape)
        inherit_from(intake.session, {each.unit.id for each in judged})


def _doubt(intake: Intake[BoundaryRow, Recorded], row: BoundaryRow, refusal: Refusal) -> None:
    """Refuse the row, or where the import is forced only say what is wrong with it."""
    if intake.order.is_forced:
        column = intake.kind.column_of(refusal.field)
        intake.outcome.warnings.append(RowProblem(row.line, column, refusal.message))
    else:
        intake.tell(row, refusal)


def _records(session: Session, order: ExportOrder) -> Iterator[Recorded]:
    asked = select(Unit, BoundaryShape.shape).join(BoundaryShape, BoundaryShape.unit_id == Unit.id)
    if order.path is not None:
        asked = asked.where(within(order.path))
    for unit, stored in session.execute(asked.order_by(Unit.path)):
        if order.covers(unit.span):
            yield Recorded(unit, Outline.stored(stored))


class _Features(Keyed[BoundaryRow, Recorded]):
    """Features may all stand on one line: what contradicts is told by the unit."""

    def told_twice(self, row: BoundaryRow, first: BoundaryRow) -> ToldTwice:
        """The refusal of a feature that contradicts an earlier one."""
        return ToldTwice(
            f"{row.unit.code} has another feature in this file, with another outline: keep one of the two.",
            field="unit",
        )


BOUNDARIES = _Features(
    shape=Shape(
        "boundaries",
        (
            Column("code", code, hint="the code of the unit"),
            Column("geometry", text(100), hint="its outline, a Polygon or MultiPolygon"),
        ),
    ),
    row=BoundaryRow,
    known_by=("unit",),
    about="outline",
    kept=("outline",),
    names={"code": UNITS_CODED},
    load=_load,
    differs=_differs,
    take=_take,
    records=_records,
)


def _save(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """As `Keyed.save`, which tells rows apart by their lines: features may all stand on one."""
    numbered = [row for chunk in chunks for row in chunk]
    rows = [row._replace(line=number) for number, row in enumerate(numbered)]
    outcome = BOUNDARIES.save(session, [rows], order)

    def placed(told: list[RowProblem]) -> list[RowProblem]:
        return [replace(each, line=numbered[each.line].line) for each in told]

    outcome.problems, outcome.warnings = placed(outcome.problems), placed(outcome.warnings)
    return outcome


def _features(session: Session, order: ExportOrder) -> Iterator[Sequence[Any]]:
    return ((each.unit.code, each.unit.name, each.outline) for each in _records(session, order))


IMPORT = Import(BOUNDARIES.shape, _save, read_features, can_be_forced=True)
EXPORT = Export(BOUNDARIES.shape, _features, write_features)
