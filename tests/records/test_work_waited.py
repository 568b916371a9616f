"""Work that waited while its owner was taken off, by day and month, and what a team lost meanwhile."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from npt.counting.queries import default_definition
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.outcomes.queries.cost import while_open
from npt.people.models import Member
from npt.people.rules import RoleGroup
from npt.performance.queries.waited import waited_in
from npt.problems.queries import problem_of
from npt.problems.rules import Stage
from npt.work.actions import move_action, set_action
from npt.work.models import Action
from npt.work.queries import waited_on
from npt.work.rules import ActionFacts, ActionState, Owner, OwnerKind, Term
from tests import make
from tests.measured import problem

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
#: a Wednesday
DAY = date(2026, 11, 18)


@pytest.fixture
def team(session: Session) -> Unit:
    """A team."""
    return make.team(session, code="T1")


@pytest.fixture
def member(session: Session, team: Unit) -> Member:
    """A constable of the team."""
    return make.member(session, team=team)


def to_do(
    session: Session, team: Unit, member: Member, due_on: date, *, set_days_before: int = 10, **more: object
) -> Action:
    """An action of the member, set some days before it is due."""
    set_at = datetime.combine(due_on - timedelta(days=set_days_before), datetime.min.time(), UTC)
    return set_action(
        session,
        stamp=Stamp(None, set_at + timedelta(hours=9)),
        today=set_at.date(),
        unit=team,
        facts=ActionFacts(f"Due {due_on}", Owner(OwnerKind.MEMBER, member.id), due_on),
        **more,  # type: ignore[arg-type]  # the matter
    )


def done(session: Session, action: Action, day: date) -> None:
    """The action was done on a day."""
    move_action(
        session,
        action,
        stamp=Stamp(None, NOW),
        today=TODAY,
        state=ActionState.DONE,
        ended_on=day,
        result="Done",
        expected_version=None,
    )


def taken_off(session: Session, member: Member, day: date, *, reason: str = "response") -> None:
    """A late shift on a day, lost to a reason twice, from 14:00 to 16:00 and from 18:00 to 22:00."""
    shift = make.shift(session, member=member, starts=f"{day}T14:00", ends=f"{day}T22:00")
    make.away(session, shift=shift, starts=f"{day}T14:00", ends=f"{day}T16:00", reason=reason)
    make.away(session, shift=shift, starts=f"{day}T18:00", ends=f"{day}T22:00", reason=reason)


@pytest.mark.parametrize(
    ("term", "waits"),
    [
        (Term(DAY, DAY, None), True),
        (Term(DAY, DAY + timedelta(days=1), None), False),
        (Term(DAY - timedelta(days=9), DAY - timedelta(days=2), DAY), False),
        (Term(DAY - timedelta(days=9), DAY - timedelta(days=2), DAY + timedelta(days=1)), True),
        (Term(DAY + timedelta(days=1), DAY - timedelta(days=2), None), False),
    ],
)
def test_work_waits_from_the_day_on_which_it_is_due_until_it_is_done(term: Term, waits: bool) -> None:
    assert term.waits_on(DAY) is waits


def test_the_work_that_waited_on_a_day_is_told_by_its_owner(
    session: Session, team: Unit, member: Member
) -> None:
    overdue = to_do(session, team, member, DAY - timedelta(days=3))
    due = to_do(session, team, member, DAY)
    to_do(session, team, member, DAY + timedelta(days=1))
    done(session, to_do(session, team, member, DAY - timedelta(days=5)), DAY - timedelta(days=4))
    to_do(session, team, make.member(session, team=team), DAY)
    assert waited_on(session, [member.id], DAY) == {member.id: [overdue, due]}
    assert waited_on(session, [], DAY) == {}


def test_a_month_tells_how_much_waited_in_its_abstracted_shifts(
    session: Session, team: Unit, member: Member
) -> None:
    to_do(session, team, member, DAY)
    for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=2)):
        taken_off(session, member, day)
    taken_off(session, member, DAY + timedelta(days=3), reason="leave")
    month = Month.of(DAY)
    found = waited_in(session, team.path, month.first, month.last, default_definition(session))
    assert (found.shifts, found.waited, found.for_each) == (3, 2, "0.7")


# While a problem was open -----------------------------------------------------------------------------------


def test_a_problem_tells_what_its_team_lost_while_it_was_open_and_what_slipped_in_weeks_over_target(
    session: Session, team: Unit, member: Member
) -> None:
    found = problem(session, team=team, owner=Owner(OwnerKind.MEMBER, member.id), stage=Stage.RESPONSE)
    found.matter.opened_on = date(2026, 10, 5)
    taken_off(session, member, date(2026, 10, 1))  # before it was raised
    taken_off(session, member, DAY)
    quiet = DAY - timedelta(days=14)
    make.shift(session, member=member, starts=f"{quiet}T14:00", ends=f"{quiet}T22:00")
    late = to_do(session, team, member, DAY, matter=found.matter)
    done(session, late, DAY + timedelta(days=4))
    to_do(session, team, member, quiet, matter=found.matter)
    done(session, to_do(session, team, member, DAY + timedelta(days=1), matter=found.matter), DAY)
    to_do(session, team, member, TODAY, matter=found.matter)
    session.commit()
    again = problem_of(session, found.matter_id)
    assert again is not None
    told = while_open(session, again, today=TODAY)
    assert (told.first, told.last) == (date(2026, 10, 5), TODAY)
    assert told.lost == {RoleGroup.OFFICERS: (360, 960)}
    assert [(each.due_on, each.over) for each in told.slipped] == [
        (quiet, ()),
        (DAY, [RoleGroup.OFFICERS]),
    ]
    assert [each.ended_on for each in told.in_weeks_over] == [DAY + timedelta(days=4)]


def test_a_team_without_duty_has_lost_nobody_knows_what(session: Session, team: Unit, member: Member) -> None:
    found = problem(session, team=team, owner=Owner(OwnerKind.MEMBER, member.id))
    told = while_open(session, found, today=TODAY)
    assert (told.lost, told.slipped, told.minutes) == ({}, [], 0)
