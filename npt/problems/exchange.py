"""The file of problems, in and out. A problem is known by its reference.

A row stands at any stage: what its stages were to prove is not proved here, and said so wherever it is shown.
An empty owner leaves the one there is, or is whoever leads the team; an empty day or outcome says nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from npt.categories.exchange import CATEGORIES_CODED
from npt.categories.models import Category
from npt.categories.rules import LONGEST_CODE
from npt.kit.paging import Page, Part
from npt.kit.refusals import Refusal
from npt.matters.models import Matter
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.partners.models import Agency
from npt.people.models import Member
from npt.problems.actions import KeyedFacts, StartFacts, change_keyed, key_in_problem
from npt.problems.models import Problem
from npt.problems.rules import LONGEST_SENTENCE, Noticed, Outcome, Stage
from npt.sheets.columns import Column, Shape, choice, code, day, text
from npt.store.batches import batches
from npt.store.exchange import ExportOrder, ImportOrder, exports, imports
from npt.store.keyed import Keyed, KeyedRow, one_by_one
from npt.store.paging import paged
from npt.work.exchange import OWNERS_NAMED, NamedOwner
from npt.work.queries import owners_offered, with_owner
from npt.work.queries.owners import OwnerAccount

#: What stands where a file has no column for what a record needs.
_NOT_SAID = "Not said"


class OwnerMissing(Refusal):
    """A problem of a team without members was to be recorded without an owner."""


@dataclass(frozen=True, slots=True)
class ProblemRow(KeyedRow):
    """One row of the file of problems."""

    reference: str
    team: Unit
    title: str
    category: Category
    stage: Stage
    opened_on: date
    owner: NamedOwner | None
    closed_on: date | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class RecordedProblem:
    """A problem, and its owner as files name them."""

    problem: Problem
    owner: NamedOwner

    def as_row(self) -> ProblemRow:
        """What it says, as a row of the file."""
        problem, matter = self.problem, self.problem.matter
        return ProblemRow(
            0,
            matter.reference,
            matter.unit,
            matter.title,
            problem.category,
            problem.stage,
            matter.opened_on,
            self.owner,
            matter.closed_on,
            problem.outcome,
        )


def problems_asked() -> Select[Problem, str]:
    """The statement that asks for problems with what files call their owners; what a row says is loaded."""
    asked = select(Problem, func.coalesce(Member.number, OwnerAccount.email, Agency.code))
    asked = asked.join(Problem.matter).join(Matter.unit).join(Problem.category)
    return with_owner(asked, Problem).options(
        contains_eager(Problem.matter).contains_eager(Matter.unit), contains_eager(Problem.category)
    )


def problems_told(session: Session, path: str, *, page: Page) -> Part[Sequence[object]]:
    """One page of the problems of the unit at `path` and under it, as the file has them."""
    part = paged(session, problems_asked().where(within(path)).order_by(Problem.id), page)
    return part.of([PROBLEMS.cells(_recorded(*row)) for row in part.rows])


def problem_told(session: Session, problem: Problem) -> Sequence[object]:
    """One problem as the file has it. One statement."""
    return PROBLEMS.cells(_recorded(*session.execute(problems_asked().where(Problem.id == problem.id)).one()))


def paths_of_problems(session: Session, references: Collection[str]) -> Mapping[str, str]:
    """The path of the unit of each record of these references, whatever kind it is of."""
    asked = select(Matter.reference, Unit.path).join(Matter.unit)
    return {
        row.reference: row.path
        for some in batches(sorted(references))
        for row in session.execute(asked.where(Matter.reference.in_(some)))
    }


def _recorded(problem: Problem, owner: str) -> RecordedProblem:
    return RecordedProblem(problem, NamedOwner(problem.owner, owner))


def _load(session: Session, rows: Sequence[ProblemRow]) -> Sequence[RecordedProblem]:
    asked = problems_asked().execution_options(populate_existing=True)
    found: list[RecordedProblem] = []
    for some in batches(sorted({row.reference for row in rows})):
        of_some = session.execute(asked.where(Matter.reference.in_(some)))
        found += [_recorded(problem, owner) for problem, owner in of_some]
    return found


def _facts(session: Session, row: ProblemRow, order: ImportOrder, was: Problem | None = None) -> KeyedFacts:
    place, harmed = (_NOT_SAID, _NOT_SAID) if was is None else (was.place, was.harmed)
    noticed = Noticed.OFFICER if was is None else was.noticed
    owner = _leader(session, row.team, order.today) if row.owner is None else row.owner
    return KeyedFacts(
        StartFacts(row.team, row.title, row.category, place, noticed, harmed),
        owner.owner,
        row.stage,
        row.opened_on,
        row.closed_on,
        row.outcome,
        row.reference,
        may_lack_outcome=True,
    )


def _leader(session: Session, team: Unit, today: date) -> NamedOwner:
    """Who owns a problem of a team where nobody says: the first of whoever counts there. OwnerMissing."""
    line = next(iter(owners_offered(session, team, today)), None)
    if line is None:
        raise OwnerMissing(
            f"{team.code} has nobody who could own it: give a force number, the email address of an account,"
            " or an agency’s code.",
            field="owner",
        )
    return NamedOwner(line.owner, line.note)


def _add(session: Session, row: ProblemRow, order: ImportOrder) -> None:
    key_in_problem(session, facts=_facts(session, row, order), stamp=order.stamp)


def _change(session: Session, record: RecordedProblem, row: ProblemRow, order: ImportOrder) -> None:
    if row.stage.is_open:
        # What is not closed any more has no end: what an empty cell left as it was goes.
        row = replace(row, closed_on=None)
    if row.stage.number < Stage.ASSESSMENT.number and row.outcome is record.problem.outcome:
        row = replace(row, outcome=None)
    facts = _facts(session, row, order, record.problem)
    change_keyed(session, record.problem, facts=facts, stamp=order.stamp)


def _records(session: Session, order: ExportOrder) -> Sequence[RecordedProblem]:
    """The problems at and under the path; those raised in the month if one is given."""
    asked = problems_asked()
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(Matter.opened_on.between(order.month.first, order.month.last))
    return [_recorded(*row) for row in session.execute(asked.order_by(Problem.id))]


def _differs(was: ProblemRow, _row: ProblemRow) -> str:
    closed = "" if was.closed_on is None else f" on {was.closed_on}"
    outcome = "" if was.outcome is None else f", {was.outcome.value}"
    owner = was.owner.text if was.owner else ""
    return (
        f"“{was.title}” is recorded, of {was.team.code}, {was.category.code}, raised on {was.opened_on}, of"
        f" {owner}, at {was.stage.value}{closed}{outcome}"
    )


PROBLEMS: Keyed[ProblemRow, Any] = Keyed(
    shape=Shape(
        "problems",
        (
            Column("ref", text(40), hint="the reference of the problem"),
            Column("team", code, hint="the code of the team, or wider unit, whose it is"),
            Column("title", text(LONGEST_SENTENCE), hint="the problem in one sentence"),
            Column("category", text(LONGEST_CODE), hint="the code of the category"),
            Column("stage", choice(Stage)),
            Column("opened_on", day, hint="the day on which it was raised"),
            Column(
                "owner", text(254), is_required=False, hint="a force number, an email address or an agency"
            ),
            Column("closed_on", day, is_required=False, hint="the last day on which it was open"),
            Column("outcome", choice(Outcome), is_required=False),
        ),
    ),
    row=ProblemRow,
    known_by=("reference",),
    about="title",
    names={"team": UNITS_CODED, "category": CATEGORIES_CODED, "owner": OWNERS_NAMED},
    kept=("owner", "closed_on", "outcome"),
    load=_load,
    as_row=RecordedProblem.as_row,
    differs=_differs,
    take=one_by_one(add=_add, change=_change),
    records=_records,
)

IMPORTS = imports(PROBLEMS)
EXPORTS = exports(PROBLEMS)
