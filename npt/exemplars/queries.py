"""Questions about exemplars."""

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from npt.exemplars.models import Exemplar
from npt.matters.models import Matter
from npt.organisation.queries import within
from npt.organisation.rules import Lineage
from npt.problems.models import Problem


def exemplars_of_force(session: Session, path: str) -> list[Exemplar]:
    """The library of the force that a path is of, the latest first. One statement."""
    asked = (
        select(Exemplar)
        .join(Exemplar.problem)
        .join(Problem.matter)
        .join(Matter.unit)
        .join(Problem.category)
        .options(
            contains_eager(Exemplar.problem).options(
                contains_eager(Problem.matter).contains_eager(Matter.unit),
                contains_eager(Problem.category),
            )
        )
        .where(within(f"{Lineage.parse(path).codes[0]}/"))
        .order_by(Exemplar.starts_on.desc(), Exemplar.id.desc())
    )
    return list(session.scalars(asked))


def exemplar_of(session: Session, problem: Problem) -> Exemplar | None:
    """What the library has of a problem; None where it has nothing."""
    asked = select(Exemplar).where(Exemplar.problem_id == problem.id)
    return session.scalar(asked.execution_options(populate_existing=True))
