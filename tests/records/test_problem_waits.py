"""Whom a problem waits for: what the list finds is what the page of each problem says."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.priorities.models import Priority
from npt.priorities.queries import SIGN_OFFS
from npt.problems.models import Problem, ProblemScore
from npt.problems.queries import Asked, WaitsOn, problem_of, problems_at
from npt.problems.queries.own import to_do_of
from npt.problems.rules import SCORER, Stage, Waiting, waiting_on
from npt.work.actions import set_action
from npt.work.rules import ActionFacts
from tests import make
from tests.records.priority_desk import DAY, FILE, agreed, asked, lead_of


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


def waiting(session: Session, problem: Problem) -> list[Waiting]:
    """What its page says."""
    found = problem_of(session, problem.matter_id)
    assert found is not None
    return waiting_on(
        found.stage,
        owner="Ann",
        lacks=[],
        actions=to_do_of(session, [found], DAY)[found.matter_id],
        today=DAY,
        is_scored=bool(found.scores),
        sign_offs=SIGN_OFFS.of(session, [found.id]).get(found.id, ()),
    )


def listed(session: Session, team: Unit, on: WaitsOn) -> set[str]:
    found = problems_at(
        session,
        team.path,
        Asked(waits_on=on),
        today=DAY,
        page=Page(1, 50),
        sign_off_asked=SIGN_OFFS.is_asked(),
    )
    return {line.reference for line in found.part.rows}


def test_a_list_of_what_waits_has_what_each_page_says_waits(session: Session, team: Unit) -> None:
    problems = [_problem(session, team, stage, number) for stage in Stage for number in range(4)]
    said = {problem.reference: waiting(session, problem) for problem in problems}
    for on, is_said in (
        (WaitsOn.ORIGINATOR, lambda each: each.on.startswith("Whoever raised PR-")),
        (WaitsOn.SCORER, lambda each: each.on == SCORER),
        (WaitsOn.OVERDUE, lambda each: each.is_overdue),
    ):
        on_page = {reference for reference, lines in said.items() if any(map(is_said, lines))}
        assert listed(session, team, on) == on_page, on
        assert on_page


def _problem(session: Session, team: Unit, stage: Stage, number: int) -> Problem:
    """One at the stage: as it is; asked about; scored; with an action overdue, and not asked about."""
    problem = make.problem(session, unit=team, stage=stage, title=f"{stage.value} {number}")
    if number == 1:
        _priority(session, problem).asked_on = DAY
    if number == 2:
        score = {"scanning": 1, "analysis": 1, "response": 1, "assessment": 1}
        scorer = make.account(session, unit=team)
        session.add(ProblemScore(problem_id=problem.id, scored_at=FILE.now, scored_by_id=scorer.id, **score))
    if number == 3:
        _priority(session, problem)
        facts = ActionFacts("Mend the gate", problem.owner, DAY - timedelta(days=2))
        set_action(
            session,
            stamp=FILE,
            today=DAY - timedelta(days=3),
            unit=team,
            facts=facts,
            matter=problem.matter,
        )
    session.flush()
    return problem


def _priority(session: Session, problem: Problem) -> Priority:
    made = Priority(
        reference=f"PR-{problem.id}",
        unit=problem.matter.unit,
        title=problem.title,
        raised_on=DAY,
        agreed_on=DAY,
        agreed_how="team",
        review_due_on=DAY,
        problem=problem,
        recorded_at=FILE.now,
    )
    session.add(made)
    return made


def test_a_problem_waits_on_whoever_raised_it_until_they_have_answered(session: Session, team: Unit) -> None:
    priority = agreed(session, team, lead_of(session, team))
    problem = priority.problem
    assert problem is not None
    asked(session, priority)
    first, *others = waiting(session, problem)
    assert (first.on, first.what) == (
        f"Whoever raised {priority.reference}",
        "Say whether it is solved: asked on 16 November 2026",
    )
    assert others
