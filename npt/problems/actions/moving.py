"""A problem moves from one stage to another."""

from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.problems.actions.holding import hold_problem
from npt.problems.actions.kept import forget_kept
from npt.problems.actions.looking_again import drop_looking_again
from npt.problems.models import Problem, ProblemMove
from npt.problems.queries import lacks_at
from npt.problems.rules import LONGEST_WORDS, Stage, check_move, words_of
from npt.store.constraints import refusing


def move_problem(
    session: Session,
    problem: Problem,
    *,
    stamp: Stamp,
    stage: Stage,
    reason: str | None,
    expected_version: int | None,
) -> None:
    """Move the problem on to the next stage, or back to an earlier one, which opens it if it was closed.

    StaleRecord, StageRefused, NotReady, ReasonMissing, BadProblemText.
    """
    hold_problem(session, problem, expected_version)
    before = problem.stage
    words = words_of(reason, LONGEST_WORDS, "reason")
    check_move(before, stage, lacks_at(session, problem, before), words)
    note_move(problem, stage, stamp, words)
    if not before.is_open:
        forget_kept(problem)
        drop_looking_again(session, problem, f"It was opened again: {words}", stamp)
    problem.matter.closed_on = None
    with refusing(session):
        session.flush()


def note_move(problem: Problem, stage: Stage, stamp: Stamp, reason: str | None) -> None:
    """Give the problem, which is held, its new stage, and note who said so."""
    problem.moves.append(
        ProblemMove(
            stage_before=problem.stage,
            stage_after=stage,
            reason=reason,
            account_id=stamp.by,
            at=stamp.now,
        )
    )
    problem.stage = stage
    if stage.number < Stage.ASSESSMENT.number:
        # What came of it is said at its assessment: it comes there again.
        problem.outcome = problem.bearing = None
