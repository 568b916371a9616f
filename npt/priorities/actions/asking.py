"""A priority is called solved; whoever raised it is asked, answers, or cannot be reached."""

from datetime import date

from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.priorities.actions.agreeing import check_is_not_closed
from npt.priorities.actions.settling import close, end_round, gone, reopen, settle
from npt.priorities.models import Closing, Originator, Priority, PriorityAnswer, PriorityAttempt
from npt.priorities.queries import load_again, originator_of
from npt.priorities.rules import (
    Answered,
    Ending,
    NotPossibleNow,
    NotYet,
    PriorityState,
    ReasonMissing,
    Recorded,
    Way,
    check_not_reached,
    check_overruled,
    ending_at_once,
)
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version

_ASKED = "Somebody else has just asked about it: look at the priority as it is now."
name_violation("uq_priority_closing_waiting", lambda: NotPossibleNow(_ASKED))
name_violation("uq_priority_closing_priority_id_number", lambda: NotPossibleNow(_ASKED))
name_violation(
    "uq_priority_answer_closing_id_originator_id",
    lambda: NotPossibleNow("They have answered already: nothing was done."),
)


def ask(
    session: Session,
    priority: Priority,
    *,
    done: str,
    stamp: Stamp,
    today: date,
    expected_version: int | None,
) -> Closing:
    """Call a priority solved, and wait for whoever raised it; where nobody can be asked it ends at once.

    StaleRecord, NotPossibleNow, ReasonMissing.
    """
    priority = load_again(session, priority.id)
    check_version(priority, expected_version)
    if priority.state is not PriorityState.OPEN:
        raise NotPossibleNow(
            "Only a priority that the team has now, and that waits for nobody, can be closed."
        )
    if not done.strip():
        raise ReasonMissing("Say what was done: whoever raised it reads it.", field="done")
    closing = Closing(
        number=len(priority.rounds) + 1,
        done=done,
        asked_by_id=stamp.by,
        asked_at=stamp.now,
        attempts=[],
        answers=[],
    )
    priority.rounds.append(closing)
    ending = ending_at_once(None if priority.first is None else priority.first.whom)
    if ending is None:
        priority.asked_on = today
    else:
        end_round(priority, closing, ending, stamp)
    with refusing(session):
        session.flush()
    return closing


def record(
    session: Session,
    priority: Priority,
    *,
    originator_id: int,
    recorded: Recorded,
    way: Way | None,
    reason: str | None,
    stamp: Stamp,
    expected_version: int | None = None,
) -> Priority:
    """Record what came of asking somebody who raised a priority, first or also.

    What whoever raised it first says ends the round; of others it is kept beside it. StaleRecord,
    NotPossibleNow, ReasonMissing, NotYet.
    """
    priority = load_again(session, priority.id)
    check_version(priority, expected_version)
    closing, asked = priority.round, originator_of(priority, originator_id)
    if closing is None or asked is None:
        raise NotPossibleNow("Nobody is waited for now: ask first whether it is solved.")
    if recorded.is_answer or recorded is Recorded.NOT_REACHED:
        if way is None:
            raise ReasonMissing("Say how they were asked.", field="way")
        if recorded is Recorded.NOT_REACHED:
            closing.attempts.append(
                PriorityAttempt(originator_id=asked.id, way=way, at=stamp.now, by_id=stamp.by)
            )
        else:
            take_answer(
                priority,
                closing,
                asked,
                is_solved=recorded is Recorded.SOLVED,
                reason=reason,
                way=way,
                stamp=stamp,
            )
    else:
        _end(priority, closing, asked, recorded, stamp)
    with refusing(session):
        session.flush()
    return priority


def take_answer(
    priority: Priority,
    closing: Closing,
    asked: Originator,
    *,
    is_solved: bool,
    reason: str | None,
    way: Way,
    stamp: Stamp,
) -> None:
    """Take the word of somebody who raised a priority. ReasonMissing, NotPossibleNow."""
    if any(each.originator_id == asked.id for each in closing.answers):
        raise NotPossibleNow("They have answered already: nothing was done.")
    reason = (reason or "").strip() or None
    if not is_solved and reason is None:
        raise ReasonMissing("Say what is not solved.", field="reason")
    closing.answers.append(
        PriorityAnswer(
            originator_id=asked.id, is_solved=is_solved, reason=reason, way=way, at=stamp.now, by_id=stamp.by
        )
    )
    if not asked.is_first:
        return
    if is_solved:
        end_round(priority, closing, Ending.ACCEPTED, stamp)
    else:
        reopen(priority, closing, Answered.REFUSED, stamp)


def _end(priority: Priority, closing: Closing, asked: Originator, recorded: Recorded, stamp: Stamp) -> None:
    if recorded is Recorded.DIED:
        gone(priority, asked, stamp.now)
        return
    if recorded is Recorded.TAKEN_BACK:
        reopen(priority, closing, Answered.TAKEN_BACK, stamp)
        return
    if not asked.is_first:
        raise NotYet("Only whoever raised it first is waited for.", field="recorded")
    ending = ending_at_once(asked.whom)
    if ending is None:
        check_not_reached(closing.attempts_with(asked), asked.ways)
        ending = Ending.NOT_REACHED
    end_round(priority, closing, ending, stamp)


def overrule(
    session: Session,
    priority: Priority,
    *,
    reason: str,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Close a priority against whoever raised it, after their second refusal. StaleRecord, NotYet,
    ReasonMissing, NotPossibleNow.
    """
    priority = load_again(session, priority.id)
    check_version(priority, expected_version)
    check_is_not_closed(priority)
    check_overruled(priority.refusals, reason)
    if priority.round is not None:
        settle(priority.round, Answered.OVERTAKEN, stamp)
    close(priority, Ending.OVERRULED, today, reason=reason)
    with refusing(session):
        session.flush()
