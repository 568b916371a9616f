"""The quality of a record is marked by somebody who had no part in it."""

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.people.queries import member_of_account
from npt.problems.actions.holding import hold_problem
from npt.problems.models import Problem, ProblemScore
from npt.problems.rules import LONGEST_TEXT, Marks, Stage, StageRefused, words_of
from npt.store.constraints import refusing
from npt.work.rules import Owner, OwnerKind


class OwnRecord(Refusal):
    """Somebody was to score the record of a problem that they own, or that they recorded."""


def score_problem(
    session: Session, problem: Problem, *, marks: Marks, words: str | None, stamp: Stamp
) -> ProblemScore:
    """Mark the record of a problem at its assessment or after. OwnRecord, StageRefused, BadProblemText."""
    hold_problem(session, problem)
    if is_own(session, problem, stamp.account_id):
        raise OwnRecord("You own this problem or recorded it: ask somebody who had no part in it.")
    if problem.stage.number < Stage.ASSESSMENT.number:
        raise StageRefused(
            f"It is at {problem.stage.wording.lower()}: score it once it has come to its assessment."
        )
    score = ProblemScore(
        scanning=marks.scanning,
        analysis=marks.analysis,
        response=marks.response,
        assessment=marks.assessment,
        words=words_of(words, LONGEST_TEXT, "words"),
        scored_by_id=stamp.account_id,
        scored_at=stamp.now,
    )
    with refusing(session):
        problem.scores.append(score)
    return score


def is_own(session: Session, problem: Problem, account_id: int) -> bool:
    """Whether an account recorded the problem, or owns it, by itself or as a member. A statement."""
    if problem.recorded_by_id == account_id or problem.owner == Owner(OwnerKind.ACCOUNT, account_id):
        return True
    member = member_of_account(session, account_id)
    return member is not None and problem.owner == Owner(OwnerKind.MEMBER, member.id)
