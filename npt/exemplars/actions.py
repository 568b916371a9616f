"""A closed problem is put into the library, told otherwise there, or taken out."""

from sqlalchemy.orm import Session

from npt.exemplars.models import Exemplar
from npt.exemplars.queries import exemplar_of
from npt.exemplars.rules import ExemplarFacts, ExemplarRefused
from npt.kit.stamps import Stamp
from npt.problems.actions import hold_problem
from npt.problems.models import Problem
from npt.problems.rules import Stage
from npt.store.constraints import refusing
from npt.store.versions import StaleRecord


def keep_exemplar(
    session: Session,
    problem: Problem,
    *,
    facts: ExemplarFacts | None,
    stamp: Stamp,
    expected_version: int,
) -> None:
    """Let the library tell this of a closed problem; None takes it out.

    `expected_version`: 0 where there was nothing. StaleRecord, ExemplarRefused.
    """
    hold_problem(session, problem)
    there = exemplar_of(session, problem)
    if (0 if there is None else there.version) != expected_version:
        raise StaleRecord(there or Exemplar(version=0))
    if facts is None:
        if there is not None:
            session.delete(there)
    else:
        if problem.stage is not Stage.CLOSED:
            raise ExemplarRefused("Only a closed problem goes into the library: close it first.")
        facts.check()
        there = there or Exemplar(problem_id=problem.id)
        session.add(there)
        there.title, there.problem_words = facts.title, facts.problem
        there.solution, there.outcomes = facts.solution, facts.outcomes
        there.contact, there.focus, there.partners = facts.contact, facts.focus, facts.partners
        there.starts_on, there.scale = facts.starts_on, facts.scale
        there.marked_by_id, there.marked_at = stamp.by, stamp.now
    with refusing(session):
        session.flush()
