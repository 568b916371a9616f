"""Priorities as files tell them, at whatever point they stand; nothing here proves that anybody was asked."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.priorities.actions.agreeing import check_place, check_room, check_words, propose
from npt.priorities.actions.originators import OriginatorFacts
from npt.priorities.actions.settling import close, settle
from npt.priorities.models import Closing, Priority
from npt.priorities.queries import load_again
from npt.priorities.rules import (
    AgreedHow,
    Answered,
    Ending,
    OriginatorKind,
    check_days,
    review_due,
)
from npt.store.constraints import refusing

#: What a file does not say of what was done.
_UNSAID = "Not said: it came in a file."


class BadAnswer(Refusal):
    """An answer that does not fit the days of a priority."""


class OtherTeam(Refusal):
    """A file was to give a priority to another team."""


class FiledAnswer(Enum):
    """How it stands with whoever raised it, as files say it."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_REACHED = "not-reached"
    NO_WAY = "no-way"
    NOBODY_TO_ASK = "nobody-to-ask"
    GONE = "died-or-erased"
    NOT_CHOSEN = "no-longer-chosen"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Filed:
    """What a row says of a priority."""

    title: str
    originator: OriginatorKind
    raised_on: date
    neighbourhood: Unit | None = None
    agreed_on: date | None = None
    closed_on: date | None = None
    answer: FiledAnswer | None = None


def answer_of(priority: Priority) -> FiledAnswer | None:
    """How a priority stands, as files say it; None where nobody was asked yet."""
    if priority.ending is not None:
        return FiledAnswer(priority.ending.value)
    if priority.asked_on is not None:
        return FiledAnswer.WAITING
    return FiledAnswer.REFUSED if priority.refusals else None


def file_priority(
    session: Session, *, reference: str, team: Unit, filed: Filed, stamp: Stamp, today: date
) -> Priority:
    """Keep a priority of a file. BadAnswer, TooMany; else as `propose` refuses."""
    _check(filed, today)
    # Alone from the start: two who share the lock and then both want it alone would wait for each other.
    lock_units(session, [team.id], for_closing=True)
    priority = propose(
        session,
        team=team,
        title=filed.title,
        originator=OriginatorFacts(filed.originator),
        raised_on=filed.raised_on,
        neighbourhood=filed.neighbourhood,
        reference=reference,
        stamp=stamp,
        today=today,
    )
    if filed.agreed_on is not None and filed.closed_on is None:
        check_room(session, team)
    _say(session, priority, filed, stamp, today)
    return priority


def change_filed(
    session: Session, priority: Priority, *, team: Unit, filed: Filed, stamp: Stamp, today: date
) -> None:
    """Correct a priority by a file. BadAnswer for what would open it again.

    OtherTeam, NotATeam, TitleMissing, Named, TooMany.
    """
    lock_units(session, [priority.unit_id], for_closing=True)
    priority = load_again(session, priority.id)
    if team.id != priority.unit_id:
        raise OtherTeam(
            f"{priority.reference} is a priority of {priority.unit.code} here: give that team, or propose it"
            " anew in the other one.",
            field="team",
        )
    _check(filed, today)
    if filed.neighbourhood is not priority.neighbourhood:
        check_place(priority.unit, filed.neighbourhood, today)
    if filed.title != priority.title:
        check_words(session, priority.unit, filed.title, today)
    if priority.closed_on is not None and filed.closed_on is None:
        raise BadAnswer(
            f"{priority.reference} is closed here: leave its row out, or propose it anew.", field="closed_on"
        )
    if priority.agreed_on is None and filed.agreed_on is not None and filed.closed_on is None:
        check_room(session, priority.unit)
    priority.title, priority.raised_on = filed.title, filed.raised_on
    priority.neighbourhood = filed.neighbourhood
    if priority.first is not None and priority.first.kind is not filed.originator:
        first = priority.first
        first.kind, first.individual, first.agency = filed.originator, None, None
    _say(session, priority, filed, stamp, today)


def _check(filed: Filed, today: date) -> None:
    check_days(today, raised_on=filed.raised_on, agreed_on=filed.agreed_on, closed_on=filed.closed_on)
    answer = filed.answer
    if filed.closed_on is not None and answer in (None, FiledAnswer.WAITING):
        raise BadAnswer(
            "It is closed: say how, like accepted or not-reached, or leave closed_on empty.", field="answer"
        )
    if filed.closed_on is None and answer not in (None, FiledAnswer.WAITING, FiledAnswer.REFUSED):
        raise BadAnswer(
            "It is not closed: give closed_on, or an answer of waiting, of refused, or none.", field="answer"
        )
    if filed.agreed_on is None and answer not in (None, FiledAnswer.NOT_CHOSEN):
        raise BadAnswer(
            "It was never agreed, so nobody was asked: give agreed_on, or no answer.", field="answer"
        )


def _say(session: Session, priority: Priority, filed: Filed, stamp: Stamp, today: date) -> None:
    """Let it stand where the file says, of a priority that is whole."""
    if filed.agreed_on != priority.agreed_on:
        is_meeting = filed.originator is OriginatorKind.MEETING
        how = AgreedHow.MEETING if is_meeting else AgreedHow.TEAM
        priority.agreed_on = filed.agreed_on
        priority.agreed_how = None if filed.agreed_on is None else how
        priority.review_due_on = None if filed.agreed_on is None else review_due(filed.agreed_on)
    if filed.closed_on is not None and filed.answer is not None:
        if priority.round is not None:
            settle(priority.round, Answered.OVERTAKEN, stamp)
        close(priority, Ending(filed.answer.value), filed.closed_on, reason=priority.end_reason)
    elif filed.answer is FiledAnswer.WAITING and priority.asked_on is None:
        # Also where this file knows no way to reach them: somebody waits for their answer elsewhere.
        priority.rounds.append(
            Closing(
                number=len(priority.rounds) + 1,
                done=_UNSAID,
                asked_by_id=stamp.by,
                asked_at=stamp.now,
                attempts=[],
                answers=[],
            )
        )
        priority.asked_on = today
    elif filed.answer is FiledAnswer.REFUSED:
        priority.refusals = max(priority.refusals, 1)
    with refusing(session):
        session.flush()
