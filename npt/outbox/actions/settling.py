"""What became of letters in a sender's hands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.outbox.actions.claiming import Claimed
from npt.outbox.actions.returns import count_against
from npt.outbox.models import Letter, LetterEvent
from npt.outbox.rules import (
    LONGEST_ANSWER,
    OUTCOME_STATES,
    LetterState,
    Outcome,
    counts_against_address,
    next_try,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """One letter and what became of it."""

    letter: Claimed
    #: sent, refused, put off or unknown
    outcome: Outcome
    #: what the server said, or why it cannot be used
    answer: str = ""
    #: whether a refusal is the address's fault, see `counts_against_address`
    status: str | None = None


def settle(session: Session, settled: Sequence[Settled], *, now: datetime) -> list[Outcome]:
    """Note what became of letters, and say it: what was put off too long is given up.

    A letter of which a person has decided otherwise since only has it in its history; one that was erased
    since has none.
    """
    if not settled:
        return []
    outcomes: list[Outcome] = []
    here = _here(session, [each.letter for each in settled])
    for each in settled:
        letter = here.get(each.letter.letter_id)
        outcome = each.outcome
        if letter is not None and letter.claim == each.letter.claim:
            outcome = _decide(letter, each, now)
            if outcome is Outcome.REFUSED and each.status is not None and counts_against_address(each.status):
                count_against(session, letter.to_address, each.answer, now)
        outcomes.append(outcome)
        if letter is not None:
            answer = each.answer[:LONGEST_ANSWER]
            session.add(LetterEvent(letter_id=letter.id, at=now, outcome=outcome, answer=answer))
    session.flush()
    return outcomes


def _decide(letter: Letter, settled: Settled, now: datetime) -> Outcome:
    """Give the letter the state that follows; what has been put off too long is given up."""
    letter.answer = settled.answer[:LONGEST_ANSWER]
    if settled.outcome is Outcome.UNKNOWN:
        letter.claimed_until = now
        return Outcome.UNKNOWN
    outcome, again = settled.outcome, None
    if outcome is Outcome.PUT_OFF:
        again = next_try(settled.letter.tried, now)
        if again is None or again >= letter.worth_until:
            outcome, again = Outcome.GIVEN_UP, None
    letter.state, letter.claim, letter.claimed_until = OUTCOME_STATES[outcome], None, None
    if again is None:
        letter.settled_at = now
    else:
        letter.not_before = again
    return outcome


def release(session: Session, letters: Collection[Claimed]) -> None:
    """Let letters wait again of which nothing was said to a server: as if they had not been taken in hand."""
    claims = {each.letter_id: each.claim for each in letters}
    for letter in _here(session, letters).values():
        if letter.claim != claims[letter.id]:
            continue
        letter.state, letter.claim, letter.claimed_until = LetterState.WAITING, None, None
        letter.tries -= 1
        if letter.tries == 0:
            letter.first_tried_at = letter.tried_at = None
    session.flush()


def _here(session: Session, letters: Collection[Claimed]) -> dict[int, Letter]:
    """Those of these letters that are still there, by key; locked, so that they stay until all is noted."""
    asked = select(Letter).where(Letter.id.in_([each.letter_id for each in letters])).order_by(Letter.id)
    found = session.scalars(asked.with_for_update().execution_options(populate_existing=True))
    return {letter.id: letter for letter in found}
