"""Priorities proposed, agreed, corrected, looked at again, and no longer chosen.

The team is held first, so that two people cannot both agree its fifth.
"""

from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.priorities.actions.originators import NotATeam, OriginatorFacts, add_originator
from npt.priorities.actions.records import NewRecord, start_record
from npt.priorities.actions.settling import close, settle
from npt.priorities.models import Priority, PriorityLook
from npt.priorities.queries import agreed_of, load_again, names_known
from npt.priorities.rules import (
    MOST_OPEN,
    AgreedHow,
    Answered,
    Ending,
    Named,
    NotPossibleNow,
    PriorityState,
    ReasonMissing,
    check_days,
    check_title,
    people_named,
    review_due,
)
from npt.problems.models import Problem
from npt.store.constraints import name_violation, refusing
from npt.store.references import free_reference
from npt.store.versions import check_version


class ReferenceTaken(Refusal):
    """Another priority has the reference."""


class TooMany(Refusal):
    """A team was to have a sixth priority."""


class AlreadyAgreed(Refusal):
    """A priority was to be agreed that is agreed, or closed."""


class NoProblem(Refusal):
    """A priority was to be agreed without a problem record."""


name_violation(
    "uq_priority_reference",
    lambda: ReferenceTaken("Another priority has this reference: give another one.", field="reference"),
)


def propose(
    session: Session,
    *,
    team: Unit,
    title: str,
    originator: OriginatorFacts,
    raised_on: date,
    neighbourhood: Unit | None = None,
    is_nobody_named: bool = False,
    reference: str | None = None,
    stamp: Stamp,
    today: date,
) -> Priority:
    """Record what somebody wants the team to solve, not agreed yet; sent to the database.

    `is_nobody_named`: somebody has looked at the words that seem to name a person.

    NotATeam, TitleMissing, Named, BadDays, ReferenceTaken; else as `add_originator` refuses.
    """
    lock_units(session, [team.id])
    check_place(team, neighbourhood, today)
    check_words(session, team, title, today, is_nobody_named=is_nobody_named)
    check_days(today, raised_on=raised_on)
    priority = Priority(
        reference=reference or f"~{uuid4().hex}",
        unit=team,
        neighbourhood=neighbourhood,
        title=title,
        raised_on=raised_on,
        recorded_by_id=stamp.by,
        recorded_at=stamp.now,
        originators=[],
        rounds=[],
        looks=[],
    )
    with refusing(session):
        session.add(priority)
    if reference is None:
        priority.reference = free_reference(session, Priority.reference, f"PR-{priority.id}")
    add_originator(session, priority, originator, is_first=True, stamp=stamp)
    return priority


def agree(
    session: Session,
    priority: Priority,
    *,
    agreed_on: date,
    agreed_how: AgreedHow,
    lead: Member,
    problem: Problem | NewRecord | None,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> Priority:
    """Make a proposed priority one of the team's, with a lead and a problem record, which may be started now,
    from this day on.

    StaleRecord, AlreadyAgreed, TooMany, NoProblem, BadDays, RecordLacks.
    """
    lock_units(session, [priority.unit_id], for_closing=True)
    priority = load_again(session, priority.id)
    check_version(priority, expected_version)
    if priority.state is not PriorityState.PROPOSED:
        raise AlreadyAgreed("It is agreed already, or closed: nothing was done.")
    check_days(today, raised_on=priority.raised_on, agreed_on=agreed_on)
    check_room(session, priority.unit)
    if problem is None:
        raise NoProblem(
            "Choose the problem record that stands behind it, or start one: a priority without a record has"
            " nobody who has to solve it.",
            field="problem",
        )
    if isinstance(problem, NewRecord):
        problem = start_record(session, priority, lead=lead, new=problem, stamp=stamp)
    priority.agreed_on, priority.agreed_how = agreed_on, agreed_how
    priority.lead, priority.problem = lead, problem
    priority.review_due_on = review_due(agreed_on)
    with refusing(session):
        return priority


def check_room(session: Session, team: Unit) -> None:
    """Refuse (TooMany) one more priority of a team, which is held, that has as many as it can solve."""
    present = agreed_of(session, team)
    if len(present) >= MOST_OPEN:
        titles = "; ".join(f"{each.reference} {each.title}" for each in present)
        raise TooMany(
            f"{team.name} has {len(present)} priorities, and {MOST_OPEN} are the most that a team can solve"
            f" at once: close one, or say that it is no longer chosen. They are: {titles}."
        )


def correct(
    session: Session,
    priority: Priority,
    *,
    title: str,
    neighbourhood: Unit | None,
    lead: Member | None,
    problem: Problem | None,
    is_nobody_named: bool = False,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Correct the wording, the place, the lead or the record of a priority.

    StaleRecord, NotPossibleNow, NotATeam, TitleMissing, Named.
    """
    check_version(priority, expected_version)
    check_is_not_closed(priority)
    if neighbourhood is not priority.neighbourhood:
        check_place(priority.unit, neighbourhood, today)
    if title != priority.title:
        check_words(session, priority.unit, title, today, is_nobody_named=is_nobody_named)
    priority.title, priority.neighbourhood = title, neighbourhood
    priority.lead, priority.problem = lead, problem
    with refusing(session):
        session.flush()


def look_again(
    session: Session,
    priority: Priority,
    *,
    words: str,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> PriorityLook:
    """Say that a priority was looked at again and stays one. StaleRecord, NotPossibleNow, ReasonMissing."""
    priority = load_again(session, priority.id)
    check_version(priority, expected_version)
    if not priority.state.is_agreed:
        raise NotPossibleNow("Only a priority that the team has now is looked at again.")
    if not words.strip():
        raise ReasonMissing("Say what was found, and why it stays.", field="words")
    look = PriorityLook(words=words, looked_on=today, looked_by_id=stamp.by)
    priority.looks.append(look)
    priority.review_due_on = review_due(today)
    with refusing(session):
        session.flush()
    return look


def stop_choosing(
    session: Session,
    priority: Priority,
    *,
    reason: str,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Say that a priority is no longer chosen: its problem stays open. StaleRecord, ReasonMissing,
    NotPossibleNow.
    """
    priority = load_again(session, priority.id)
    check_version(priority, expected_version)
    check_is_not_closed(priority)
    if not reason.strip():
        raise ReasonMissing("Say why: whoever raised it is told.", field="reason")
    if priority.round is not None:
        settle(priority.round, Answered.OVERTAKEN, stamp)
    close(priority, Ending.NOT_CHOSEN, today, reason=reason)
    with refusing(session):
        session.flush()


def check_is_not_closed(priority: Priority) -> None:
    """Refuse (NotPossibleNow) a priority that has ended."""
    if priority.state is PriorityState.CLOSED:
        raise NotPossibleNow("The priority is closed: propose it anew if the problem is back.")


def check_place(team: Unit, neighbourhood: Unit | None, today: date) -> None:
    """Refuse (NotATeam) a priority of what is no team today, or of a neighbourhood of another."""
    if team.level is not Level.TEAM or not team.stands_on(today):
        raise NotATeam(f"{team.name} is no team that stands today: priorities are a team's.")
    if neighbourhood is not None and neighbourhood.parent_id != team.id:
        raise NotATeam(
            f"{neighbourhood.name} is no neighbourhood of {team.name}: choose from the list.",
            field="neighbourhood",
        )


def check_words(
    session: Session, team: Unit, title: str, today: date, *, is_nobody_named: bool = False
) -> None:
    """Refuse (TitleMissing, Named) a wording that says nothing, or that names somebody."""
    check_title(title)
    named = [] if is_nobody_named else people_named(title, names_known(session, team, today))
    if named:
        raise Named(
            f"The wording is published and seems to name somebody: {', '.join(named)}. Reword it, or tick the"
            " box if it names nobody.",
            field="title",
        )
