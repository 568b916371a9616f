"""A problem is closed: its figures are kept as they are that day, and somebody is to look again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.stamps import Stamp
from npt.outcomes.actions.assessment import borne, judge
from npt.outcomes.queries.assessment import lacks_to_close
from npt.outcomes.queries.figures_shown import Shown, shown_of
from npt.problems.actions.holding import hold_problem
from npt.problems.actions.kept import counted_pairs
from npt.problems.actions.looking_again import look_again_later
from npt.problems.actions.moving import note_move
from npt.problems.models import Problem
from npt.problems.rules import Lack, NotReady, Stage, StageRefused
from npt.store.constraints import refusing


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing a problem would say and keep."""

    version: int
    stage: Stage
    lacks: Sequence[Lack]
    shown: Shown
    #: what came of it, as the figures bear it now; "" while nobody has said it
    outcome_words: str

    @property
    def digest(self) -> str:
        """Tells this closing from any other: of which record, and what would be kept of it."""
        told = (self.version, self.stage, self.lacks, self.shown.figures, self.outcome_words)
        return hashlib.sha256(repr(told).encode()).hexdigest()


def closing_of(session: Session, problem: Problem) -> Closing:
    """What closing the problem, which is loaded, would say of it now."""
    shown, outcome = shown_of(session, problem), problem.outcome
    return Closing(
        version=problem.version,
        stage=problem.stage,
        lacks=lacks_to_close(problem, shown),
        shown=shown,
        outcome_words="" if outcome is None else borne(outcome, shown).wording(outcome),
    )


def close_problem(session: Session, problem: Problem, *, stamp: Stamp, expected_version: int) -> None:
    """Close a problem that is assessed, with the figures of today, and set its owner to look again.

    StaleRecord, StageRefused, NotReady; OwnerGone, UnitClosed where nobody can look again.
    """
    hold_problem(session, problem, expected_version)
    if problem.stage is not Stage.ASSESSMENT:
        raise StageRefused(
            f"It is at {problem.stage.wording.lower()}: a problem is closed once it is at assessment."
        )
    shown = shown_of(session, problem)
    lacks = lacks_to_close(problem, shown)
    if lacks:
        raise NotReady(problem.stage, lacks)
    judge(problem, problem.outcome, shown)
    _keep(problem, shown)
    note_move(problem, Stage.CLOSED, stamp, None)
    problem.matter.closed_on = local_day(stamp.now)
    with refusing(session):
        session.flush()
    look_again_later(session, problem, stamp)


def _keep(problem: Problem, shown: Shown) -> None:
    """Keep what was counted from the incidents, which may be imported anew later."""
    response, said, counts = problem.response, problem.assessment, shown.counts
    if response is None or said is None or not shown.is_counted or shown.figures is None:
        return
    response.baseline_count, said.after_count = counts.before, counts.after
    for name, found in (("elsewhere", counts.elsewhere), ("buffer", counts.around)):
        if name in counted_pairs(problem):
            setattr(said, f"{name}_before", found and found.before)
            setattr(said, f"{name}_after", found and found.after)
