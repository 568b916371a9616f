"""Questions about problem records: one with all that is said of it, and those of a unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from npt.attachments.models import Attachment
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.problems.models import (
    LinkKind,
    Problem,
    ProblemEvidence,
    ProblemLink,
    ProblemMove,
    ProblemResponse,
    ProblemScore,
    ProblemSensitive,
)
from npt.problems.rules import Stage
from npt.store.dated import holding


@dataclass(frozen=True, slots=True)
class LinkedProblem:
    """Another problem that somebody has linked with this one; its unit is loaded."""

    matter: Matter
    stage: Stage
    kind: LinkKind


def problem_of(session: Session, matter_id: int) -> Problem | None:
    """The problem of a matter with all that is said of it but the sensitive part; None where there is none.

    Six statements, whatever it holds.
    """
    return _loaded(session, Problem.matter_id == matter_id)


def problem_sent_as(session: Session, reference: str) -> Problem | None:
    """The problem that a phone sent under this reference."""
    return _loaded(session, Problem.sent_as == reference)


def _loaded(session: Session, condition: ColumnElement[bool]) -> Problem | None:
    return session.scalar(whole_problems().where(condition).execution_options(populate_existing=True))


def whole_problems() -> Select[Problem]:
    """The statement that asks for problems with all that is said of them but the sensitive part."""
    return (
        select(Problem)
        .join(Problem.matter)
        .join(Matter.unit)
        .options(
            contains_eager(Problem.matter).contains_eager(Matter.unit),
            joinedload(Problem.category),
            joinedload(Problem.scanning),
            joinedload(Problem.analysis),
            joinedload(Problem.response).joinedload(ProblemResponse.elsewhere_unit),
            joinedload(Problem.assessment),
            selectinload(Problem.sources),
            selectinload(Problem.hypotheses),
            selectinload(Problem.moves).joinedload(ProblemMove.account),
            selectinload(Problem.scores).joinedload(ProblemScore.scored_by),
            selectinload(Problem.evidence)
            .joinedload(ProblemEvidence.attachment)
            .joinedload(Attachment.adder),
        )
    )


def sensitive_of(session: Session, problem: Problem) -> ProblemSensitive | None:
    """What of the problem is for the team's own line; None where nobody has said anything."""
    return session.get(ProblemSensitive, problem.id, populate_existing=True)


def stage_told_to_residents(session: Session, matter: Matter) -> str:
    """How far an open problem has come, in words for residents; "" for anything else. One statement."""
    if matter.kind is not MatterKind.PROBLEM or matter.closed_on is not None:
        return ""
    stage = session.scalar(select(Problem.stage).where(Problem.matter_id == matter.id))
    return "" if stage is None else _TOLD[stage]


#: The stages as somebody reads them who has never heard of them.
_TOLD = {
    Stage.SCANNING: "we are finding out how often it happens and whom it harms",
    Stage.ANALYSIS: "we are finding out why it happens",
    Stage.RESPONSE: "we are doing something about it",
    Stage.ASSESSMENT: "we are finding out whether it helped",
    Stage.CLOSED: "",
}


def links_of(session: Session, problem: Problem) -> list[LinkedProblem]:
    """The problems linked with this one, whichever of the two says so, by reference. One statement."""
    theirs = select(ProblemLink.other_id.label("id"), ProblemLink.kind).where(
        ProblemLink.problem_id == problem.id
    )
    ours = select(ProblemLink.problem_id.label("id"), ProblemLink.kind).where(
        ProblemLink.other_id == problem.id
    )
    both = theirs.union_all(ours).subquery()
    asked = (
        select(Matter, Problem.stage, both.c.kind)
        .join(Problem, Problem.matter_id == Matter.id)
        .join(both, both.c.id == Problem.id)
        .join(Matter.unit)
        .options(contains_eager(Matter.unit))
        .order_by(Matter.id)
    )
    return [LinkedProblem(*tuple(row)) for row in session.execute(asked)]


def teams_within(session: Session, paths: Collection[str], *, as_at: date) -> list[Unit]:
    """The teams under any of the paths that stand on the day, by path. One statement."""
    if not paths:
        return []
    asked = select(Unit).where(
        Unit.level == Level.TEAM,
        or_(*map(within, paths)),
        holding(Unit.opened_on, Unit.closed_on, as_at),
    )
    return list(session.scalars(asked.order_by(Unit.path)))
