"""Measures that count records: what is counted is said once, and gives the figures and the records behind."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, case, func, literal, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from npt.kit.months import Month
from npt.measures.queries.asked import Asked
from npt.measures.queries.months import Months, months_table
from npt.measures.rules import At, Behind, Figure, Measure, RecordSeen
from npt.organisation.models import Unit
from npt.organisation.queries import within

ONE = literal(1, Integer)


class Counting(NamedTuple):
    """What of a record counts, and what it is out of; None for a plain count."""

    counted: ColumnElement[int] | InstrumentedAttribute[int]
    of: ColumnElement[int] | InstrumentedAttribute[int] | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Records in the months that they are counted in, joined with `Unit`, whose they are."""

    #: what is asked of: tables, joins and conditions, without columns
    asked: Select[*tuple[Any, ...]]
    #: the record's number, by which each is there once in a month
    key: InstrumentedAttribute[int]
    #: by code, how each measure counts them
    counting: Mapping[str, Counting]


@dataclass(frozen=True, slots=True)
class Part:
    """Measures that count the same records."""

    measures: tuple[Measure, ...]
    #: what the records are: "priority"
    record: str
    rows: Callable[[Months], Rows]
    #: the page that opens the records
    view: Callable[[str, Unit, Month, Asked], Behind]
    #: by code, why the figure is not known where there is no such record; without a word it is 0
    where_none: Mapping[str, str] = field(default_factory=dict)
    #: from which day on something has to have happened to count on a day
    since: Callable[[date], date] = lambda day: day

    def figures(self, session: Session, asked: Asked) -> Iterator[tuple[str, At, Figure]]:
        """Every figure that the records give. One statement for what is recomputed, one for what is seen."""
        for is_recomputable in (True, False):
            codes = [each.code for each in self.measures if each.is_recomputable is is_recomputable]
            months = asked.months if is_recomputable else asked.months_seen
            if codes and months:
                yield from self._figures(session, asked, codes, months)

    def _figures(
        self, session: Session, asked: Asked, codes: list[str], months: list[Month]
    ) -> Iterator[tuple[str, At, Figure]]:
        table = months_table(session, asked, months, self.since)
        rows = self.rows(table)
        sums: list[ColumnElement[Any]] = []
        for code in codes:
            counting = rows.counting[code]
            sums += [func.sum(counting.counted), func.sum(ONE if counting.of is None else counting.of)]
        statement = rows.asked.add_columns(Unit.path, table.number, *sums).where(within(asked.path))
        folded = _Folded(asked, len(sums))
        for path, number, *amounts in session.execute(statement.group_by(Unit.path, table.number)):
            folded.add(path, months[number], amounts)
        for unit in asked.units:
            for month in months:
                amounts = folded.at(unit.path, month)
                for place, code in enumerate(codes):
                    counted, of = amounts[2 * place : 2 * place + 2]
                    is_count = rows.counting[code].of is None
                    yield code, (unit.path, month), self._figure(code, counted, of, is_count=is_count)

    def _figure(self, code: str, counted: int, of: int, *, is_count: bool) -> Figure:
        if not of and code in self.where_none:
            return Figure(None, why_unknown=self.where_none[code])
        return Figure(counted, None if is_count else of)

    def records(
        self, session: Session, code: str, unit: Unit, month: Month, asked: Asked
    ) -> Iterator[RecordSeen]:
        """The records of a figure, in the order of their numbers, with what of each counts."""
        rows = self.rows(months_table(session, asked, [month], self.since))
        counted, of = rows.counting[code]
        columns = [rows.key, counted] if of is None else [rows.key, counted, of]
        statement = rows.asked.add_columns(*columns).where(within(unit.path)).order_by(rows.key)
        for key, *amounts in session.execute(statement):
            if of is not None or amounts[0]:
                yield RecordSeen(self.record, key, " of ".join(str(int(each)) for each in amounts))


class _Folded:
    """Sums of records by their own unit, put together for every unit asked for."""

    def __init__(self, asked: Asked, width: int) -> None:
        self._asked = asked
        self._width = width
        self._sums: dict[At, list[int]] = {}

    def add(self, path: str, month: Month, amounts: list[int]) -> None:
        """Add the sums of the unit at `path`, and so of each above it."""
        for above in self._asked.over(path):
            sums = self._sums.setdefault((above, month), [0] * self._width)
            for place, amount in enumerate(amounts):
                sums[place] += int(amount or 0)

    def at(self, path: str, month: Month) -> list[int]:
        """The sums of a unit with all under it."""
        return self._sums.get((path, month), [0] * self._width)


@dataclass(frozen=True)
class Recorded:
    """A file of measures that count records."""

    parts: tuple[Part, ...]

    @property
    def MEASURES(self) -> tuple[Measure, ...]:  # noqa: N802  # as a module that is a file of measures has it
        """Its measures."""
        return tuple(measure for part in self.parts for measure in part.measures)

    def figures(self, session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
        """A statement or two for each of its parts."""
        found: dict[str, dict[At, Figure]] = {measure.code: {} for measure in self.MEASURES}
        for part in self.parts:
            for code, at, figure in part.figures(session, asked):
                found[code][at] = figure
        return found

    def records(
        self, session: Session, code: str, unit: Unit, month: Month, asked: Asked
    ) -> Iterator[RecordSeen]:
        """What a figure rests on."""
        return self._part(code).records(session, code, unit, month, asked)

    def behind(self, code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
        """The page that opens the records."""
        return self._part(code).view(code, unit, month, asked)

    def _part(self, code: str) -> Part:
        return next(part for part in self.parts if any(each.code == code for each in part.measures))


def when(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where all of the conditions hold, 0 where one does not."""
    first, *others = conditions
    for other in others:
        first = first & other
    return case((first, 1), else_=0)


def open_at_end(
    opened_on: InstrumentedAttribute[Any], closed_on: InstrumentedAttribute[Any], day: ColumnElement[date]
) -> ColumnElement[bool]:
    """The condition that something was open at the end of a day: what closed on it no longer was."""
    return (opened_on <= day) & or_(closed_on.is_(None), closed_on > day)
