"""A problem is started, in the street or from an old paper record."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.categories.rules import check_open
from npt.kit.clock import day_in_words, local_day
from npt.kit.limits import check_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import open_matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.phone.actions import Sending, reference_used, sent_before
from npt.phone.rules import Purpose
from npt.problems.actions.described import checked_words
from npt.problems.models import Problem, ProblemScanning
from npt.problems.queries import point_meant, problem_sent_as
from npt.problems.rules import (
    Bearing,
    Noticed,
    Outcome,
    Stage,
)
from npt.store.constraints import name_violation, refusing
from npt.work.actions.owners import check_owner
from npt.work.rules import Owner, OwnerKind

name_violation("uq_problem_sent_as", reference_used)


class TeamNotOpen(Refusal):
    """A problem was to be started for a unit that is no team's line, or that was not open that day."""


class BadKeyedDays(Refusal):
    """A paper record was to be keyed in that is still to come, or that closed before it was opened."""


class OutcomeTooEarly(Refusal):
    """What came of a problem was told before it was at assessment."""


class OutcomeMissing(Refusal):
    """A closed problem was to be keyed in without what came of it."""


@dataclass(frozen=True, slots=True)
class StartFacts:
    """What is said of a problem at its start."""

    team: Unit
    title: str
    category: Category
    place: str
    noticed: Noticed
    harmed: str


@dataclass(frozen=True, slots=True)
class KeyedFacts:
    """What an old paper record says, and how far it had come. `closed_on` None while it is open."""

    start: StartFacts
    owner: Owner
    stage: Stage
    opened_on: date
    closed_on: date | None = None
    outcome: Outcome | None = None
    #: the reference on the paper; None for one of ours
    reference: str | None = None
    #: whether it may be closed without anybody having said what came of it
    may_lack_outcome: bool = False


def start_problem(session: Session, *, facts: StartFacts, sending: Sending) -> tuple[Problem, bool]:
    """Start a problem, owned by whoever starts it; and whether it is new, which it is not if the account has
    sent its reference before.

    TeamNotOpen, CategoryClosed, BadReference, ReferenceUsed, BadInstant, BadProblemText.
    """
    reference = sending.reference_for(Purpose.PROBLEM)
    there = sent_before(session, sending, lambda: problem_sent_as(session, reference))
    if there is not None:
        return there, False
    stamp, day = sending.stamp, local_day(sending.typed.at)
    problem = _open(session, facts, _starter(sending.member, stamp), stamp, day)
    problem.sent_as = reference
    _send(session, problem)
    return problem, True


def _starter(member: Member | None, stamp: Stamp) -> Owner:
    if member is None:
        return Owner(OwnerKind.ACCOUNT, stamp.account_id)
    return Owner(OwnerKind.MEMBER, member.id)


def key_in_problem(session: Session, *, facts: KeyedFacts, stamp: Stamp) -> Problem:
    """Keep what an old paper record says, at whatever stage: its stages are not proved here.

    As `start_problem`, and BadKeyedDays, OutcomeMissing, UnknownOwner, OwnerElsewhere, OwnerGone,
    ReferenceTaken.
    """
    today = local_day(stamp.now)
    check_keyed(facts, today)
    # Whoever owned what is closed may have left.
    check_owner(
        session, facts.owner, facts.start.team, today, before=facts.owner if facts.closed_on else None
    )
    problem = _open(session, facts.start, facts.owner, stamp, facts.opened_on, facts.reference)
    problem.stage, problem.is_unproved = facts.stage, facts.stage is not Stage.SCANNING
    if facts.outcome is not None:
        problem.outcome, problem.bearing = facts.outcome, bearing_on_paper(facts.outcome)
    problem.matter.closed_on = facts.closed_on
    _send(session, problem)
    return problem


def bearing_on_paper(outcome: Outcome) -> Bearing:
    """What is said of an outcome that a paper or a file tells: no paper shows by our test what came of it."""
    return Bearing.NOT_SHOWN if outcome.is_of_figures else Bearing.NOT_JUDGED


def check_keyed(facts: KeyedFacts, today: date) -> None:
    """Refuse days and outcomes that no paper can bear. BadKeyedDays, OutcomeMissing, OutcomeTooEarly."""
    check_day(facts.opened_on, "opened_on")
    check_day(facts.closed_on, "closed_on")
    is_closed = facts.stage is Stage.CLOSED
    if facts.opened_on > today or (facts.closed_on is not None and facts.closed_on > today):
        field = "opened_on" if facts.opened_on > today else "closed_on"
        raise BadKeyedDays("That day has not come: give the day that the paper bears.", field=field)
    if is_closed != (facts.closed_on is not None):
        words = "Give the day on which it was closed." if is_closed else "Leave it blank: it is not closed."
        raise BadKeyedDays(words, field="closed_on")
    if facts.closed_on is not None and facts.closed_on < facts.opened_on:
        opened = day_in_words(facts.opened_on)
        raise BadKeyedDays(f"Give a day from {opened}, when it was opened.", field="closed_on")
    if facts.outcome is not None and facts.stage.number < Stage.ASSESSMENT.number:
        raise OutcomeTooEarly(
            "Leave it blank: what came of it is said once it is at assessment.", field="outcome"
        )
    if is_closed and facts.outcome is None and not facts.may_lack_outcome:
        raise OutcomeMissing("Say what came of it: a closed problem has an outcome.", field="outcome")


def _open(
    session: Session, facts: StartFacts, owner: Owner, stamp: Stamp, day: date, reference: str | None = None
) -> Problem:
    title, place, harmed = checked_words(facts)
    if facts.team.level is Level.NEIGHBOURHOOD or not facts.team.stands_on(local_day(stamp.now)):
        raise TeamNotOpen(f"{facts.team.name} is not a team that works today: choose another.", field="team")
    check_open(facts.category.name, facts.category.closed_on, day)
    point = point_meant(session, place, facts.team, as_at=day)
    matter = open_matter(
        session,
        kind=MatterKind.PROBLEM,
        title=title,
        unit=facts.team,
        opened_on=day,
        reference=reference,
    )
    problem = Problem(
        matter=matter,
        category=facts.category,
        stage=Stage.SCANNING,
        place=place,
        lat=point and point.lat,
        lng=point and point.lng,
        noticed=facts.noticed,
        harmed=harmed,
        recorded_by_id=stamp.by,
        recorded_at=stamp.now,
        scanning=ProblemScanning(),
    )
    problem.owner = owner
    return problem


def _send(session: Session, problem: Problem) -> None:
    with refusing(session):
        session.add(problem)
