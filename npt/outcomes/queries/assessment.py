"""What an assessment rests on: when the response ended, what it cost, what is missing to close."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.outcomes.queries.figures_shown import Shown
from npt.problems.models import Problem
from npt.problems.queries.gates import assessment_of
from npt.problems.rules import Lack, lacks_of
from npt.work.models import Action
from npt.work.rules import ActionState, MatterStage


def lacks_to_close(problem: Problem, shown: Shown) -> list[Lack]:
    """What is missing before a problem at assessment may be closed.

    Counted incidents that are not known are missing too, unless it is said why there is no count.
    """
    lacks = lacks_of(assessment_of(problem))
    said = problem.assessment
    is_unknown = shown.is_counted and shown.after is not None and shown.figures is None
    if is_unknown and not (said and said.not_measured_why):
        lacks.append(
            Lack(
                "not_measured_why",
                "The imported incidents do not reach over the days before and after: import them, or say why"
                " there is no count.",
            )
        )
    return lacks


def response_ended_on(session: Session, problem: Problem) -> date | None:
    """The day on which the last action of the response ended, or is to end; None where it has none."""
    asked = select(func.max(func.coalesce(Action.ended_on, Action.due_on))).where(
        Action.matter_id == problem.matter_id,
        Action.stage == MatterStage.RESPONSE,
        Action.state != ActionState.DROPPED,
    )
    return session.scalar(asked)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a problem cost: its actions, and what the assessment says beside."""

    #: of the actions whose cost is known, and how many others there are
    actions_pence: int
    without_cost: int
    beside_pence: int | None

    @property
    def total_pence(self) -> int:
        """All that is known, in pence."""
        return self.actions_pence + (self.beside_pence or 0)


def cost_of(session: Session, problem: Problem) -> Cost:
    """What a problem cost, as far as that is known. One statement."""
    asked = select(func.sum(Action.cost_pence), func.count() - func.count(Action.cost_pence)).where(
        Action.matter_id == problem.matter_id, Action.state != ActionState.DROPPED
    )
    pence, without = session.execute(asked).one()
    beside = None if problem.assessment is None else problem.assessment.cost_pence
    return Cost(int(pence or 0), int(without), beside)
