"""The file of units, in and out.

A file may name a parent or a successor before the row that describes it. An empty priority class or an empty
list of successors says nothing and leaves what is known; an empty closing date says that the unit is open.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
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
from npt.organisation.rules import Level, Lineage, UnitFacts
from npt.sheets.columns import Column, Shape, choice, code, codes, day, integer, text
from npt.sheets.reading import Row
from npt.store.constraints import refusing
from npt.store.exchange import Export, ExportOrder, Import, ImportOrder, Outcome

UNITS = Shape(
    "units",
    (
        Column("code", code, hint="the unit's code"),
        Column("name", text(200), hint="the unit's name"),
        Column("level", choice(Level), hint="force, bcu, area, team or neighbourhood"),
        Column("parent", code, is_required=False, hint="the code of the unit above; empty for a force"),
        Column("opened_on", day, hint="the first day, like 2008-04-01"),
        Column("closed_on", day, is_required=False),
        Column("priority_class", integer, is_required=False),
        Column("successors", codes, is_required=False),
    ),
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One row of the file, typed."""

    line: int
    code: str
    name: str
    level: Level
    parent: str | None
    opened_on: date
    closed_on: date | None
    priority_class: int | None
    successors: tuple[str, ...]

    @classmethod
    def of(cls, row: Row) -> "UnitRow":
        """The row as read by the shape `UNITS`."""
        cells = cast(dict[str, Any], row.values)
        return cls(row.line, **{**cells, "successors": cells["successors"] or ()})


@dataclass
class _UnitImport:
    """What is known while a file of units is taken in."""

    session: Session
    order: ImportOrder
    outcome: Outcome = field(default_factory=Outcome)
    #: every unit that exists or has been placed, by code
    units: dict[str, Unit] = field(default_factory=dict)
    #: the line on which each code of the file stands, and those of them that were refused
    lines: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def save(self, rows: list[UnitRow]) -> Outcome:
        rows = self._first_of_each_code(rows)
        named = {code for row in rows for code in (row.code, row.parent, *row.successors) if code}
        self.units = units_coded(self.session, named)
        lock_units(self.session, [unit.id for unit in self.units.values()], for_closing=True)
        existing = {code: unit for code, unit in self.units.items() if code in self.lines}
        taken_over_by = successions_of(self.session, list(existing.values()))
        changing = {row.code for row in rows if self._differs(row, existing.get(row.code), taken_over_by)}
        self._refuse_unasked_changes(rows, changing)
        # From the force down, so that a parent is there before its children; shorter spans from the
        # bottom up, so that children have closed before their parent does.
        top_down = sorted(rows, key=lambda row: row.level.depth)
        for row in top_down:
            if row.code not in existing:
                self._try(row, self._place)
            elif row.code in changing and not self._is_shortened(row):
                self._try(row, self._change)
        for row in reversed(top_down):
            if row.code in existing and row.code in changing and self._is_shortened(row):
                self._try(row, self._change)
        with refusing(self.session):
            self.session.flush()
        for row in rows:
            if row.successors and set(row.successors) != set(taken_over_by.get(row.code, ())):
                self._try(row, self._succeed)
        accepted = [row for row in rows if row.code not in self.refused]
        self.outcome.added = sum(row.code not in existing for row in accepted)
        self.outcome.changed = sum(row.code in changing for row in accepted)
        self.outcome.unchanged = len(accepted) - self.outcome.added - self.outcome.changed
        return self.outcome

    def _first_of_each_code(self, rows: list[UnitRow]) -> list[UnitRow]:
        for row in rows:
            if row.code in self.lines:
                self.outcome.refuse(
                    row.line,
                    "code",
                    f"{row.code} is on line {self.lines[row.code]} already: keep one of the two rows.",
                )
            else:
                self.lines[row.code] = row.line
        return [row for row in rows if self.lines[row.code] == row.line]

    def _differs(self, row: UnitRow, unit: Unit | None, taken_over_by: dict[str, list[str]]) -> bool:
        """Whether the row says something else than is recorded of a unit that exists."""
        if unit is None:
            return False
        return (
            (row.name, row.level, row.opened_on, row.closed_on)
            != (unit.name, unit.level, unit.opened_on, unit.closed_on)
            or self._parent_code(unit) != row.parent
            or row.priority_class not in (None, unit.priority_class)
            or (bool(row.successors) and set(row.successors) != set(taken_over_by.get(row.code, ())))
        )

    def _refuse_unasked_changes(self, rows: list[UnitRow], changing: set[str]) -> None:
        for row in rows:
            unit = self.units.get(row.code)
            if row.code not in changing or unit is None:
                continue
            if (row.level, row.parent) != (unit.level, self._parent_code(unit)):
                self._refuse(
                    row,
                    "parent",
                    f"{row.code} is recorded with another level or parent, and a unit never moves:"
                    " close it and open a successor under another code.",
                )
            elif not self.order.may_update:
                self._refuse(
                    row,
                    "code",
                    f"{row.code} is recorded with other values ({_in_words(unit)}): correct the row,"
                    " or import with --update to change the unit.",
                )

    def _try(self, row: UnitRow, take: Callable[[UnitRow], None]) -> None:
        if row.code in self.refused:
            return
        try:
            take(row)
        except Refusal as refusal:
            self._refuse(row, refusal.field, refusal.message)

    def _refuse(self, row: UnitRow, column: str | None, message: str) -> None:
        self.refused.add(row.code)
        self.outcome.refuse(row.line, column, message)

    def _place(self, row: UnitRow) -> None:
        self.units[row.code] = place_unit(
            self.session,
            code=row.code,
            facts=UnitFacts(
                name=row.name,
                opened_on=row.opened_on,
                closed_on=row.closed_on,
                priority_class=row.priority_class,
            ),
            level=row.level,
            parent=self._unit(row.parent, "parent") if row.parent else None,
        )

    def _change(self, row: UnitRow) -> None:
        unit = self.units[row.code]
        change_unit(
            self.session,
            unit,
            facts=UnitFacts(
                name=row.name,
                opened_on=row.opened_on,
                closed_on=row.closed_on,
                priority_class=unit.priority_class if row.priority_class is None else row.priority_class,
            ),
        )

    def _succeed(self, row: UnitRow) -> None:
        unit = self.units[row.code]
        forget_successors(self.session, unit)
        succeed(self.session, unit, [self._unit(code, "successors") for code in row.successors])

    def _unit(self, code: str, column: str) -> Unit:
        if code in self.refused:
            raise UnknownUnit(
                f"{code} on line {self.lines[code]} cannot be taken: mend that line first.", field=column
            )
        if code not in self.units:
            raise UnknownUnit(
                f"There is no unit {code}: correct the code, or add a row for the unit.", field=column
            )
        return self.units[code]

    def _is_shortened(self, row: UnitRow) -> bool:
        """Whether the unit would stand on fewer days than now, on either side."""
        unit = self.units[row.code]
        return row.opened_on > unit.opened_on or (
            row.closed_on is not None and (unit.closed_on is None or row.closed_on < unit.closed_on)
        )

    def _parent_code(self, unit: Unit) -> str | None:
        above = Lineage.parse(unit.path).parent
        return None if above is None else above.code


def _in_words(unit: Unit) -> str:
    closed = f" to {unit.closed_on.isoformat()}" if unit.closed_on else ""
    return f"“{unit.name}”, from {unit.opened_on.isoformat()}{closed}"


def save_units(session: Session, chunks: Iterable[Sequence[Row]], order: ImportOrder) -> Outcome:
    """Take a file of units in; see `npt.store.exchange.Import`."""
    rows: list[UnitRow] = []
    for chunk in chunks:
        rows += [UnitRow.of(row) for row in chunk]
        order.progress(len(chunk))
    return _UnitImport(session, order).save(rows)


def unit_rows(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    """The units under the path, those of the month if one is given, a parent before its children."""
    asked = select(Unit).order_by(Unit.path)
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(standing(month=order.month))
    units = list(session.scalars(asked))
    taken_over_by = successions_of(session, units)
    for unit in units:
        yield unit_line(unit, taken_over_by.get(unit.code, ()))


def unit_line(unit: Unit, successors: Iterable[str]) -> Sequence[object]:
    """The unit as a row of the file; `successors` are the codes of those that took over from it."""
    above = Lineage.parse(unit.path).parent
    return (
        unit.code,
        unit.name,
        unit.level.value,
        None if above is None else above.code,
        unit.opened_on,
        unit.closed_on,
        unit.priority_class,
        " ".join(successors) or None,
    )


IMPORTS = {UNITS.kind: Import(UNITS, save_units)}
EXPORTS = {UNITS.kind: Export(UNITS, unit_rows)}
