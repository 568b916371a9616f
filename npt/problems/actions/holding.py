"""A problem is held while something is done with it, so that two people do it one after the other."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.problems.models import Problem
from npt.problems.queries import problem_of
from npt.store.versions import check_version


def hold_problem(session: Session, problem: Problem, expected_version: int | None = None) -> None:
    """Hold the problem until the transaction ends, as it is now.

    StaleRecord when somebody changed it after version `expected_version`.
    """
    session.execute(select(Problem.id).where(Problem.id == problem.id).with_for_update())
    problem_of(session, problem.matter_id)
    check_version(problem, expected_version)
