"""The file of units, in and out. A unit is known by its code.

A file may name a parent or a successor before the row that describes it. An empty priority class or an empty
list of successors says nothing and leaves what is known; an empty closing date says that the unit is open.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.organisation.actions import (
    UnknownUnit,
    change_unit,
    forget_successors,
    lock_units,
    place_unit,
    succeed,
)
from npt.organisation.models import Unit
from npt.organisation.queries import standing, successions_of, units_coded, within
from npt.organisation.rules import Level, Lineage, UnitFacts, WrongParent
from npt.sheets.columns import Column, Shape, choice, code, codes, day, integer, text
from npt.store.constraints import refusing
from npt.store.exchange import ExportOrder, exports, imports
from npt.store.keyed import Intake, Keyed, KeyedRow
from npt.store.rows import Lookup

UNITS_CODED = Lookup(
    units_coded, "There is no unit {}: correct the code, or import the unit first.", attrgetter("code")
)


@dataclass(frozen=True, slots=True)
class UnitRow(KeyedRow):
    """One row of the file, typed."""

    code: str
    name: str
    level: Level
    parent: str | None
    opened_on: date
    closed_on: date | None
    priority_class: int | None
    successors: tuple[str, ...] | None

    @property
    def facts(self) -> UnitFacts:
        """What is recorded of the unit besides its code and its place."""
        return UnitFacts(self.name, self.opened_on, self.closed_on, self.priority_class)

    def is_shorter_than(self, was: "UnitRow") -> bool:
        """Whether the unit would stand on fewer days than it did, on either side."""
        return self.opened_on > was.opened_on or (
            self.closed_on is not None and (was.closed_on is None or self.closed_on < was.closed_on)
        )


class RecordedUnit(NamedTuple):
    """A unit, and the codes of those that took over from it."""

    unit: Unit
    successors: tuple[str, ...] = ()


def recorded_units(session: Session, units: Collection[Unit]) -> list[RecordedUnit]:
    """The units with their successors."""
    taken_over_by = successions_of(session, units)
    return [RecordedUnit(unit, tuple(sorted(taken_over_by.get(unit.code, ())))) for unit in units]


def _as_row(recorded: RecordedUnit) -> UnitRow:
    unit = recorded.unit
    above = Lineage.parse(unit.path).parent
    return UnitRow(
        0,
        unit.code,
        unit.name,
        unit.level,
        None if above is None else above.code,
        unit.opened_on,
        unit.closed_on,
        unit.priority_class,
        recorded.successors,
    )


def _load(session: Session, rows: Sequence[UnitRow]) -> list[RecordedUnit]:
    """The units of the rows, and those that they name."""
    named = {code for row in rows for code in (row.code, row.parent, *(row.successors or ())) if code}
    units = units_coded(session, named).values()
    lock_units(session, [unit.id for unit in units], for_closing=True)
    return recorded_units(session, units)


def _differs(was: UnitRow, row: UnitRow) -> str:
    if (row.level, row.parent) != (was.level, was.parent):
        raise WrongParent(
            f"{row.code} is recorded with another level or parent, and a unit cannot move: "
            "close it and open a successor under another code.",
            field="parent",
        )
    closed = f" to {was.closed_on.isoformat()}" if was.closed_on else ""
    return (
        f"{row.code} is recorded with other values (“{was.name}”, from {was.opened_on.isoformat()}{closed})"
    )


@dataclass
class _Structure:
    """The units of a file, and those they name, while the file is taken in."""

    intake: Intake[UnitRow, RecordedUnit]
    units: dict[str, Unit]

    def place(self, row: UnitRow) -> None:
        self.units[row.code] = place_unit(
            self.intake.session,
            code=row.code,
            facts=row.facts,
            level=row.level,
            parent=self.unit(row.parent, "parent") if row.parent else None,
        )

    def change(self, row: UnitRow) -> None:
        change_unit(self.intake.session, self.units[row.code], facts=row.facts)

    def succeed(self, row: UnitRow) -> None:
        forget_successors(self.intake.session, self.units[row.code])
        taken_over_by = [self.unit(code, "successors") for code in row.successors or ()]
        succeed(self.intake.session, self.units[row.code], taken_over_by)

    def unit(self, code: str, field: str) -> Unit:
        row = self.intake.rows.get(code)
        if row is not None and self.intake.is_refused(row):
            raise UnknownUnit(
                f"{code} on line {row.line} cannot be taken: correct that line first.", field=field
            )
        if code not in self.units:
            raise UnknownUnit(
                f"There is no unit {code}: correct the code, or add a row for the unit.", field=field
            )
        return self.units[code]


def _take(intake: Intake[UnitRow, RecordedUnit]) -> None:
    """From the force down, so that a parent is there before its children.

    Shorter spans from the bottom up, so that children have closed before their parent does.
    """
    structure = _Structure(intake, {code: each.unit for code, each in intake.records.items()})
    was = {row.code: _as_row(recorded) for row, recorded in intake.changing}
    top_down = [*intake.new, *(row for row, _ in intake.changing)]
    top_down.sort(key=lambda row: (row.level.depth, row.line))
    shorter = [row for row in top_down if row.code in was and row.is_shorter_than(was[row.code])]
    later = {row.code for row in shorter}
    for row in top_down:
        with intake.telling(row):
            if row.code not in was:
                structure.place(row)
            elif row.code not in later:
                structure.change(row)
    for row in reversed(shorter):
        with intake.telling(row):
            structure.change(row)
    with refusing(intake.session):
        intake.session.flush()
    for row in top_down:
        known = was[row.code].successors if row.code in was else None
        if row.successors and row.successors != known and not intake.is_refused(row):
            with intake.telling(row):
                structure.succeed(row)


def _records(session: Session, order: ExportOrder) -> list[RecordedUnit]:
    """The units under the path, those of the month if one is given, a parent before its children."""
    asked = select(Unit).order_by(Unit.path)
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(standing(month=order.month))
    return recorded_units(session, session.scalars(asked).all())


UNITS = Keyed(
    shape=Shape(
        "units",
        (
            Column("code", code, hint="the unit's code"),
            Column("name", text(200), hint="the unit's name"),
            Column("level", choice(Level), hint="force, bcu, area, team or neighbourhood"),
            Column("parent", code, is_required=False, hint="the code of the unit above; empty for a force"),
            Column("opened_on", day, hint="the first day, like 2008-04-01"),
            Column("closed_on", day, is_required=False),
            Column("priority_class", integer, is_required=False),
            Column("successors", lambda text: tuple(sorted(codes(text))), is_required=False),
        ),
    ),
    row=UnitRow,
    known_by=("code",),
    kept=("priority_class", "successors"),
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=_take,
    records=_records,
)
IMPORTS = imports(UNITS)
EXPORTS = exports(UNITS)
