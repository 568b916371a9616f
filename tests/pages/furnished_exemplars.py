"""The library as the gallery shows it: the closed problems of the team, whatever came of them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.exemplars.actions import keep_exemplar
from npt.exemplars.rules import ExemplarFacts, Focus, Scale
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.problems.models import Problem
from npt.problems.queries import problem_of
from npt.problems.rules import Stage


def keep_library(session: Session, team: Unit, *, by: int, now: datetime) -> str:
    """Put every closed problem of the team into the library. The reference of the first."""
    closed = select(Matter.id).join(Problem, Problem.matter_id == Matter.id)
    closed = closed.where(Matter.unit_id == team.id, Problem.stage == Stage.CLOSED)
    references = []
    for number, matter_id in enumerate(session.scalars(closed.order_by(Matter.id)).all()):
        problem = problem_of(session, matter_id)
        assert problem is not None, "its matter says that it is a problem"
        facts = ExemplarFacts(
            f"Gates on the lane {number}",
            "Sheds were broken into",
            "Gates, with keys for the owners",
            "Fewer breaks",
            "Neighbourhood office",
            Focus.PLACE,
            "Housing association",
            problem.raised_on,
            Scale.PLACE,
        )
        keep_exemplar(session, problem, facts=facts, stamp=Stamp(by, now), expected_version=0)
        references.append(problem.reference)
    return references[0]
