"""What is kept beside the stages: named people and tactics, and other problems that belong to this one."""

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.problems.actions.holding import hold_problem
from npt.problems.models import LinkKind, Problem, ProblemLink, ProblemSensitive
from npt.problems.queries import sensitive_of
from npt.problems.rules import LONGEST_TEXT, words_of
from npt.store.constraints import refusing
from npt.store.versions import check_version


class LinkRefused(Refusal):
    """A problem was to be linked with itself."""


def keep_sensitive(
    session: Session, problem: Problem, *, people: str | None, tactics: str | None, expected_version: int
) -> None:
    """Say who is part of it and what is planned, for the team's line. StaleRecord, BadProblemText."""
    hold_problem(session, problem)
    said = sensitive_of(session, problem) or ProblemSensitive(problem_id=problem.id, version=0)
    check_version(said, expected_version)
    said.people = words_of(people, LONGEST_TEXT, "people")
    said.tactics = words_of(tactics, LONGEST_TEXT, "tactics")
    with refusing(session):
        session.add(said)


def link_problem(
    session: Session, problem: Problem, *, other: Problem, kind: LinkKind | None, stamp: Stamp
) -> None:
    """Say how another problem belongs to this one; None that it does not. LinkRefused for itself."""
    if other.id == problem.id:
        raise LinkRefused("That is this problem: enter the reference of another one.", field="other")
    hold_problem(session, problem)
    pairs = ((problem.id, other.id), (other.id, problem.id))
    there = next(filter(None, (session.get(ProblemLink, pair) for pair in pairs)), None)
    if kind is None:
        if there is not None:
            session.delete(there)
    elif there is None:
        session.add(
            ProblemLink(
                problem_id=problem.id,
                other_id=other.id,
                kind=kind,
                noted_by_id=stamp.by,
                noted_at=stamp.now,
            )
        )
    else:
        there.kind = kind
    with refusing(session):
        session.flush()
