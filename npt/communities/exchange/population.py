"""The file of populations, in and out: a row for each code of a neighbourhood as at a day.

The rows of a neighbourhood and day are one set of figures, of one source and in one code system, and are
judged together: parts may not come to more than their whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from npt.communities.actions import change_population, record_population
from npt.communities.models import Population
from npt.communities.queries import populations_of, populations_under
from npt.communities.rules import (
    EVERYBODY,
    LONGEST_SOURCE,
    MOST_PEOPLE,
    BadCount,
    CodeSystem,
    check_ethnicity,
)
from npt.kit.refusals import Refusal
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.sheets.columns import Column, Shape, choice, code, day, integer, text
from npt.store.exchange import ExportOrder
from npt.store.keyed import Intake, Keyed, KeyedRow


class SourcesDiffer(Refusal):
    """Two rows of one set of figures name different sources or code systems."""


@dataclass(frozen=True, slots=True)
class PopulationRow(KeyedRow):
    """One row of the file."""

    neighbourhood: Unit
    ethnicity: str
    people: int
    source: str
    as_at: date
    codes: CodeSystem


@dataclass(frozen=True, slots=True)
class RecordedCount:
    """A count that is recorded, with the set that it belongs to."""

    neighbourhood: Unit
    ethnicity: str
    people: int
    population: Population = field(compare=False)

    @property
    def source(self) -> str:
        """The source of the set."""
        return self.population.source

    @property
    def as_at(self) -> date:
        """The day of the set."""
        return self.population.as_at

    @property
    def codes(self) -> CodeSystem:
        """The code system of the set."""
        return self.population.codes


def _counts(populations: Iterable[Population]) -> Iterable[RecordedCount]:
    for each in populations:
        people = each.figures.people
        order = [*each.codes.codes, "W", "M", "A", "B", "O", "NS", EVERYBODY]
        for code_ in sorted(people, key=order.index):
            yield RecordedCount(each.unit, code_, people[code_], each)


def _load(session: Session, rows: Sequence[PopulationRow]) -> Iterable[RecordedCount]:
    return _counts(populations_of(session, {row.neighbourhood.id for row in rows}))


def _differs(was: PopulationRow, _row: PopulationRow) -> str:
    return (
        f"{was.people:,} people of {was.ethnicity} are recorded for {was.neighbourhood.code} as at"
        f" {was.as_at.isoformat()} ({was.source}, {was.codes.value})"
    )


def _take(intake: Intake[PopulationRow, RecordedCount]) -> None:
    """Set by set; a fault of the whole set is told at its last row."""
    for row in list(intake.standing):
        with intake.telling(row):
            check_ethnicity(row.ethnicity, row.codes)
            _check_people(row.people)

    known = {_set_of(each): each.population for each in intake.records.values()}
    unchanged = {row.line for row in intake.unchanged}
    in_order = sorted(intake.standing, key=lambda row: (*_set_of(row), row.line))
    for of_set, rows in groupby(in_order, key=_set_of):
        told = list(rows)
        if _is_of_one_source(intake, told) and not unchanged.issuperset(row.line for row in told):
            _save_set(intake, told, known.get(of_set))


def _set_of(each: PopulationRow | RecordedCount) -> tuple[int, date]:
    """What tells one set of figures from another."""
    return each.neighbourhood.id, each.as_at


def _check_people(people: int) -> None:
    if not 0 <= people <= MOST_PEOPLE:
        raise BadCount(
            f"{people:,} people cannot be: give a number from 0 to {MOST_PEOPLE:,}.", field="people"
        )


def _is_of_one_source(intake: Intake[PopulationRow, RecordedCount], rows: list[PopulationRow]) -> bool:
    first = rows[0]
    other = next((row for row in rows if (row.source, row.codes) != (first.source, first.codes)), None)
    if other is not None:
        intake.tell(
            other,
            SourcesDiffer(
                f"Line {first.line} names another source or other codes for {first.neighbourhood.code} as at"
                f" {first.as_at.isoformat()}: figures of one day have one source and one code system.",
                field="source",
            ),
        )
    return other is None


def _save_set(
    intake: Intake[PopulationRow, RecordedCount], rows: list[PopulationRow], was: Population | None
) -> None:
    last = rows[-1]
    people = {} if was is None else dict(was.figures.people)
    people |= {row.ethnicity: row.people for row in rows}
    with intake.telling(last):
        _save(intake, last, people, was)


def _save(
    intake: Intake[PopulationRow, RecordedCount],
    row: PopulationRow,
    people: dict[str, int],
    was: Population | None,
) -> None:
    session, today = intake.session, intake.order.today
    if was is None:
        record_population(
            session,
            neighbourhood=row.neighbourhood,
            as_at=row.as_at,
            codes=row.codes,
            source=row.source,
            people=people,
            today=today,
        )
        return
    if (was.source, was.codes) != (row.source, row.codes) and not intake.order.may_update:
        raise SourcesDiffer(
            f"The other figures of {row.neighbourhood.code} as at {row.as_at.isoformat()} are of"
            f" {was.source}, {was.codes.value}: correct the row, or import with --update to change them all.",
            field="source",
        )
    change_population(
        session, was, as_at=row.as_at, codes=row.codes, source=row.source, people=people, today=today
    )


def _records(session: Session, order: ExportOrder) -> Iterable[RecordedCount]:
    found = populations_under(session, order.path)
    return _counts(
        each for each in found if order.month is None or order.month.first <= each.as_at <= order.month.last
    )


POPULATION = Keyed(
    shape=Shape(
        "population",
        (
            Column("neighbourhood", code, hint="the code of the neighbourhood"),
            Column("ethnicity", lambda typed: code(typed).upper(), hint="a code such as W1, or NS"),
            Column("people", integer, hint="how many people"),
            Column("source", text(LONGEST_SOURCE), hint="who counted or estimated it"),
            Column("as_at", day, hint="the day of the figures, like 2021-03-21"),
            Column("codes", choice(CodeSystem), is_required=False, empty=CodeSystem.EIGHTEEN),
        ),
    ),
    row=PopulationRow,
    known_by=("neighbourhood", "ethnicity", "as_at"),
    about="people",
    cure="keep one of the two rows",
    names={"neighbourhood": UNITS_CODED},
    load=_load,
    differs=_differs,
    take=_take,
    records=_records,
)
