"""What happened to a problem, in one list by time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.problems.models import Problem
from npt.work.models import Action, ActionMove
from npt.work.rules import ActionState


class HappeningKind(Enum):
    """What sort of thing happened."""

    STARTED = "started"
    MOVED = "moved"
    ACTION_SET = "action-set"
    ACTION_ENDED = "action-ended"
    FILE_ADDED = "file-added"
    SCORED = "scored"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when, what, by whom; `who` None for the command line."""

    at: datetime
    kind: HappeningKind
    words: str
    who: str | None = None
    #: why, in somebody's words
    reason: str | None = None


def happenings_of(session: Session, problem: Problem) -> list[Happening]:
    """What happened to a problem that is loaded with all that is said of it, the latest first.

    Three statements.
    """
    found = [*_own(session, problem), *_actions(session, problem)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _own(session: Session, problem: Problem) -> Iterator[Happening]:
    recorder = None if problem.recorded_by_id is None else session.get(Account, problem.recorded_by_id)
    how = "Keyed in from a paper record" if problem.is_unproved else "Started"
    who = None if recorder is None else recorder.name
    yield Happening(problem.recorded_at, HappeningKind.STARTED, how, who)
    for move in problem.moves:
        back = move.stage_after.number < move.stage_before.number
        words = f"{'Back to' if back else 'On to'} {move.stage_after.wording.lower()}"
        if not move.stage_after.is_open:
            words = "Closed"
        name = None if move.account is None else move.account.name
        yield Happening(move.at, HappeningKind.MOVED, words, name, move.reason)
    for each in problem.evidence:
        file = each.attachment
        yield Happening(file.added_at, HappeningKind.FILE_ADDED, f"File added: {each.words}", file.adder.name)
    for score in problem.scores:
        words = f"Scored {score.marks.total} of {score.marks.BEST}"
        yield Happening(score.scored_at, HappeningKind.SCORED, words, score.scored_by.name, score.words)


def _actions(session: Session, problem: Problem) -> Sequence[Happening]:
    """When its actions were set, and when they were done or dropped."""
    here = Action.matter_id == problem.matter_id
    were_set = session.execute(
        select(Action.set_at, Action.what, Account.name)
        .outerjoin(Account, Account.id == Action.set_by)
        .where(here)
    )
    ended = session.execute(
        select(ActionMove.at, ActionMove.state_after, Action.what, Account.name, ActionMove.reason)
        .join(Action, Action.id == ActionMove.action_id)
        .outerjoin(Account, Account.id == ActionMove.account_id)
        .where(here, ActionMove.state_after.in_((ActionState.DONE, ActionState.DROPPED)))
    )
    return [
        *(Happening(at, HappeningKind.ACTION_SET, f"Action set: {what}", who) for at, what, who in were_set),
        *(
            Happening(at, HappeningKind.ACTION_ENDED, f"Action {state.wording.lower()}: {what}", who, reason)
            for at, state, what, who, reason in ended
        ),
    ]
