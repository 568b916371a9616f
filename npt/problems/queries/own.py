"""The problems that somebody owns, each with its next step."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from npt.matters.models import Matter
from npt.problems.models import Problem
from npt.problems.queries.gates import lacks_with, response_actions
from npt.problems.queries.problems import whole_problems
from npt.problems.rules import OpenAction, Stage, Waiting, waiting_on
from npt.work.models import Action
from npt.work.queries import Mine
from npt.work.queries.register import lines_asked, lines_of
from npt.work.rules import OPEN_STATES


@dataclass(frozen=True, slots=True)
class OwnProblem:
    """An open problem of somebody's, and what it waits for first."""

    problem: Problem
    step: Waiting


@dataclass(frozen=True, slots=True)
class OwnProblems:
    """The first open problems of somebody, and how many there are."""

    first: Sequence[OwnProblem]
    total: int


def own_problems(session: Session, mine: Mine, *, today: date, most: int) -> OwnProblems:
    """The open problems that a person owns, those raised first. Nine statements at most."""
    owned = [Problem.owner_account_id == mine.account_id]
    if mine.member_id is not None:
        owned.append(Problem.owner_member_id == mine.member_id)
    conditions = (or_(*owned), Problem.stage != Stage.CLOSED)
    total = session.scalar(select(func.count()).select_from(Problem).where(*conditions)) or 0
    if not total:
        return OwnProblems((), 0)
    asked = whole_problems().where(*conditions).order_by(Matter.opened_on, Problem.id).limit(most)
    found = session.scalars(asked).all()
    return OwnProblems(_with_steps(session, found, today), total)


def _with_steps(session: Session, problems: Sequence[Problem], today: date) -> list[OwnProblem]:
    counts, to_do = response_actions(session, problems), to_do_of(session, problems, today)
    return [
        OwnProblem(
            problem,
            waiting_on(
                problem.stage,
                owner="you",
                lacks=lacks_with(problem, problem.stage, counts.get(problem.matter_id, 0)),
                actions=to_do[problem.matter_id],
                today=today,
                is_scored=bool(problem.scores),
            )[0],
        )
        for problem in problems
    ]


def to_do_of(
    session: Session, problems: Sequence[Problem], today: date
) -> defaultdict[int, list[OpenAction]]:
    """What is still to be done for each, by matter."""
    keys = [each.matter_id for each in problems]
    asked = lines_asked(today).where(Action.matter_id.in_(keys), Action.state.in_(OPEN_STATES))
    found: defaultdict[int, list[OpenAction]] = defaultdict(list)
    for line in lines_of(session.execute(asked).all()):
        action = line.action
        if action.matter_id is not None:
            found[action.matter_id].append(OpenAction(action.what, line.owner_name, action.due_on))
    return found
