"""Priorities on record: proposed, agreed, looked at again, signed off, and what the database holds to."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from npt.data_protection.actions import forget
from npt.data_protection.queries import person_of
from npt.journal.rules import PersonKey
from npt.kin.actions.erasure import KIND as KEY_INDIVIDUAL
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.priorities.actions import (
    AlreadyAgreed,
    LinkDead,
    NewRecord,
    NoProblem,
    NotATeam,
    OriginatorFacts,
    OriginatorTaken,
    RecordLacks,
    TooMany,
    add_originator,
    agree,
    answer_by_link,
    ask,
    change_originator,
    correct,
    link_for,
    look_again,
    overrule,
    stop_choosing,
)
from npt.priorities.actions.erasure import KIND, ended_before
from npt.priorities.models import Priority
from npt.priorities.queries import (
    Sought,
    agreed_of,
    counts_under,
    ended_under,
    link_keyed,
    months_of_closing,
    priorities_listed,
    priority_in,
    total_at,
)
from npt.priorities.rules import (
    MOST_OPEN,
    AgreedHow,
    Answered,
    Ending,
    Named,
    NotPossibleNow,
    NotYet,
    OriginatorKind,
    PriorityState,
    ReasonMissing,
    Recorded,
    Way,
)
from npt.problems.rules import Noticed, Stage
from npt.store.versions import StaleRecord
from tests import make
from tests.records.priority_desk import (
    ANN,
    DAY,
    FILE,
    NOW,
    after,
    agreed,
    asked,
    first_of,
    lead_of,
    proposed,
    told,
)


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def lead(session: Session, team: Unit) -> Member:
    return lead_of(session, team)


@pytest.fixture
def priority(session: Session, team: Unit, lead: Member) -> Priority:
    return agreed(session, team, lead)


def again(session: Session, priority: Priority, team: Unit) -> Priority:
    """As it stands in the database."""
    session.expire_all()
    found = priority_in(session, team, priority.id)
    assert found is not None
    return found


def test_an_agreed_priority_has_a_lead_a_record_and_a_day_to_be_looked_at_again(
    session: Session, team: Unit, lead: Member, priority: Priority
) -> None:
    found = again(session, priority, team)
    assert (found.state, found.lead, found.review_due_on) == (PriorityState.OPEN, lead, date(2027, 2, 16))
    assert found.reference == f"PR-{found.id}"
    assert found.problem is not None
    assert (found.problem.title, found.problem.stage) == ("Racing in Mill Lane", Stage.SCANNING)
    assert found.problem.noticed is Noticed.RESIDENT
    assert found.problem.owner_member_id == lead.id


def test_a_priority_is_not_agreed_without_a_record_or_with_half_of_one(
    session: Session, team: Unit, lead: Member
) -> None:
    made = proposed(session, team)
    terms: dict[str, Any] = {
        "agreed_on": DAY,
        "agreed_how": AgreedHow.TEAM,
        "lead": lead,
        "stamp": FILE,
        "today": DAY,
    }
    with pytest.raises(NoProblem):
        agree(session, made, problem=None, **terms)
    with pytest.raises(RecordLacks):
        agree(session, made, problem=NewRecord(None, "Mill Lane", "Residents"), **terms)


def test_a_sixth_priority_is_refused_with_the_list_to_choose_from(
    session: Session, team: Unit, lead: Member
) -> None:
    for number in range(MOST_OPEN):
        agreed(session, team, lead, title=f"Litter {number}")
    with pytest.raises(TooMany) as refused:
        agreed(session, team, lead)
    assert all(f"Litter {number}" in refused.value.message for number in range(MOST_OPEN))
    stop_choosing(session, agreed_of(session, team)[0], reason="Chosen afresh.", stamp=FILE, today=DAY)
    assert agreed(session, team, lead).state is PriorityState.OPEN


def test_a_priority_is_agreed_once_and_by_somebody_who_saw_it_as_it_is(
    session: Session, team: Unit, lead: Member, priority: Priority
) -> None:
    terms: dict[str, Any] = {"agreed_on": DAY, "agreed_how": AgreedHow.TEAM, "lead": lead, "problem": None}
    with pytest.raises(AlreadyAgreed):
        agree(session, priority, stamp=FILE, today=DAY, **terms)
    with pytest.raises(StaleRecord):
        agree(session, priority, stamp=FILE, today=DAY, expected_version=priority.version - 1, **terms)


def test_a_wording_may_name_nobody_of_the_team_its_network_or_its_originators(
    session: Session, team: Unit, lead: Member
) -> None:
    make.key_individual(session, unit=make.neighbourhood(session, under=team), name="Kit Sample")
    for name in (lead.name, "Kit Sample"):
        with pytest.raises(Named):
            proposed(session, team, title=f"Dogs of {name}")
    made = proposed(session, team, title="Dogs of Kit Sample", is_nobody_named=True)
    with pytest.raises(Named):
        correct(
            session,
            made,
            title="Dogs of Ann Example",
            neighbourhood=None,
            lead=None,
            problem=None,
            today=DAY,
        )


def test_a_priority_is_of_a_team_that_stands_and_a_neighbourhood_of_it(session: Session, team: Unit) -> None:
    with pytest.raises(NotATeam):
        proposed(session, make.neighbourhood(session, under=team))
    with pytest.raises(NotATeam):
        proposed(session, team, neighbourhood=make.neighbourhood(session))


def test_a_priority_overdue_for_review_is_listed_until_somebody_looks_at_it(
    session: Session, team: Unit, priority: Priority
) -> None:
    due = date(2027, 2, 16)
    later = due + timedelta(days=1)

    def overdue(today: date = later) -> int:
        return priorities_listed(session, team, Sought.OVERDUE, Page(1, 50), today=today).total

    assert (priority.review_due_on, overdue(due), overdue()) == (due, 0, 1)
    with pytest.raises(ReasonMissing):
        look_again(session, priority, words=" ", stamp=FILE, today=later)
    look_again(session, priority, words="Patrols go on.", stamp=FILE, today=later)
    assert overdue() == 0
    with pytest.raises(NotPossibleNow):
        look_again(session, proposed(session, team), words="Why not.", stamp=FILE, today=later)


def test_whoever_raised_it_says_that_it_is_solved_and_it_closes(
    session: Session, team: Unit, priority: Priority
) -> None:
    asked(session, priority)
    assert again(session, priority, team).state is PriorityState.WAITING
    told(session, priority, Recorded.SOLVED)
    found = again(session, priority, team)
    assert (found.ending, found.closed_on, found.asked_on) == (Ending.ACCEPTED, DAY, None)
    assert found.rounds[0].answered is Answered.ACCEPTED
    assert found.problem is not None
    assert found.problem.closed_on is None


def test_whoever_raised_it_refuses_with_a_reason_and_it_reopens(
    session: Session, team: Unit, priority: Priority
) -> None:
    asked(session, priority)
    with pytest.raises(ReasonMissing):
        told(session, priority, Recorded.NOT_SOLVED, reason=" ")
    told(session, priority, Recorded.NOT_SOLVED)
    found = again(session, priority, team)
    assert (found.state, found.refusals) == (PriorityState.OPEN, 1)
    assert total_at(session, team, DAY)[Sought.REFUSED] == 1


def test_an_inspector_closes_it_only_after_the_second_refusal(
    session: Session, team: Unit, priority: Priority
) -> None:
    for number in range(2):
        with pytest.raises(NotYet):
            overrule(session, priority, reason="All was done.", stamp=FILE, today=DAY)
        asked(session, priority)
        told(session, priority, Recorded.NOT_SOLVED, days=number)
    overrule(session, priority, reason="All was done.", stamp=FILE, today=DAY)
    found = again(session, priority, team)
    assert (found.ending, found.end_reason) == (Ending.OVERRULED, "All was done.")
    assert ended_under(session, team, Month.of(DAY)) == {Ending.OVERRULED: 1}


def test_it_closes_without_an_answer_only_after_three_attempts_on_three_days_by_two_ways(
    session: Session, team: Unit, priority: Priority
) -> None:
    asked(session, priority)
    for days in range(3):
        told(session, priority, Recorded.NOT_REACHED, days=days)
    with pytest.raises(NotYet, match="also try by email"):
        told(session, priority, Recorded.GIVEN_UP, days=3)
    told(session, priority, Recorded.NOT_REACHED, days=3, way=Way.EMAIL)
    told(session, priority, Recorded.GIVEN_UP, days=3)
    assert again(session, priority, team).ending is Ending.NOT_REACHED


@pytest.mark.parametrize(
    ("facts", "ending"),
    [
        (OriginatorFacts(OriginatorKind.OFFICER, name="Night shift"), Ending.NOBODY_TO_ASK),
        (OriginatorFacts(OriginatorKind.CALL), Ending.NO_WAY),
    ],
)
def test_it_closes_at_once_where_nobody_can_be_asked(
    session: Session, team: Unit, lead: Member, facts: OriginatorFacts, ending: Ending
) -> None:
    made = agreed(session, team, lead, originator=facts)
    assert asked(session, made).answered is not None
    found = again(session, made, team)
    assert (found.ending, found.asked_on) == (ending, None)


def test_a_meeting_is_asked_at_a_meeting(session: Session, team: Unit, lead: Member) -> None:
    forum = OriginatorFacts(OriginatorKind.MEETING, name="Forum of May")
    made = agreed(session, team, lead, originator=forum)
    asked(session, made)
    told(session, made, Recorded.SOLVED, way=Way.IN_PERSON)
    assert again(session, made, team).ending is Ending.ACCEPTED


def test_what_the_team_takes_back_is_no_refusal(session: Session, team: Unit, priority: Priority) -> None:
    asked(session, priority)
    told(session, priority, Recorded.TAKEN_BACK)
    found = again(session, priority, team)
    assert (found.state, found.refusals) == (PriorityState.OPEN, 0)


def test_others_who_reported_it_are_heard_and_do_not_decide(
    session: Session, team: Unit, priority: Priority
) -> None:
    other = add_originator(
        session, priority, OriginatorFacts(OriginatorKind.CALL, name="Bo"), is_first=False, stamp=FILE
    )
    asked(session, priority)
    told(session, priority, Recorded.NOT_SOLVED, originator_id=other.id)
    with pytest.raises(NotYet):
        told(session, priority, Recorded.GIVEN_UP, originator_id=other.id)
    with pytest.raises(NotPossibleNow, match="answered already"):
        told(session, priority, Recorded.SOLVED, originator_id=other.id)
    found = again(session, priority, team)
    assert (found.state, found.refusals) == (PriorityState.WAITING, 0)
    assert [each.reason for each in found.rounds[0].answers] == ["They still race."]


def test_what_is_no_longer_chosen_ends_for_a_reason_and_its_problem_goes_on(
    session: Session, team: Unit, priority: Priority
) -> None:
    asked(session, priority)
    with pytest.raises(ReasonMissing):
        stop_choosing(session, priority, reason="", stamp=FILE, today=DAY)
    stop_choosing(session, priority, reason="The forum chose afresh.", stamp=FILE, today=DAY)
    found = again(session, priority, team)
    assert (found.ending, found.rounds[0].answered) == (Ending.NOT_CHOSEN, Answered.OVERTAKEN)
    assert found.problem is not None
    assert found.problem.closed_on is None
    with pytest.raises(NotPossibleNow):
        stop_choosing(session, found, reason="Again.", stamp=FILE, today=DAY)
    with pytest.raises(NotPossibleNow):
        add_originator(session, found, ANN, is_first=False, stamp=FILE)


def test_it_is_asked_about_once_at_a_time(session: Session, team: Unit, priority: Priority) -> None:
    asked(session, priority)
    with pytest.raises(NotPossibleNow):
        asked(session, priority)
    with pytest.raises(NotPossibleNow):
        asked(session, proposed(session, team))
    with pytest.raises(ReasonMissing):
        ask(
            session,
            agreed(session, team, lead_of(session, team)),
            done=" ",
            stamp=FILE,
            today=DAY,
            expected_version=None,
        )


def test_a_link_takes_one_answer_and_no_other(session: Session, team: Unit, priority: Priority) -> None:
    closing = asked(session, priority)
    link = link_for(session, closing, first_of(priority), stamp=FILE, today=DAY)
    with pytest.raises(ReasonMissing):
        answer_by_link(session, link, is_solved=False, reason=None, now=NOW, today=DAY)
    answer_by_link(session, link, is_solved=True, reason=None, now=NOW, today=DAY)
    assert again(session, priority, team).ending is Ending.ACCEPTED
    with pytest.raises(LinkDead):
        answer_by_link(session, link, is_solved=True, reason=None, now=NOW, today=DAY)


def test_a_link_sent_to_an_address_that_was_wrong_takes_no_answer(
    session: Session, team: Unit, priority: Priority
) -> None:
    first = first_of(priority)
    link = link_for(session, asked(session, priority), first, stamp=FILE, today=DAY)
    facts = OriginatorFacts(first.kind, first.name, first.phone, "right@example.org")
    change_originator(session, first, facts)
    with pytest.raises(LinkDead):
        answer_by_link(session, link, is_solved=True, reason=None, now=NOW, today=DAY)
    assert priority.round is not None


def test_a_link_ends_with_its_days_and_with_its_round(
    session: Session, team: Unit, priority: Priority
) -> None:
    link = link_for(session, asked(session, priority), first_of(priority), stamp=FILE, today=DAY)
    late = DAY + timedelta(days=31)
    with pytest.raises(LinkDead):
        answer_by_link(session, link, is_solved=True, reason=None, now=NOW, today=late)
    told(session, priority, Recorded.TAKEN_BACK)
    asked(session, priority)
    with pytest.raises(LinkDead):
        answer_by_link(session, link, is_solved=True, reason=None, now=NOW, today=DAY)
    assert again(session, priority, team).state is PriorityState.WAITING


def test_a_letter_that_is_not_answered_is_an_attempt(
    session: Session, team: Unit, priority: Priority
) -> None:
    closing = asked(session, priority)
    for days in range(3):
        link_for(session, closing, first_of(priority), stamp=after(days), today=DAY)
    found = again(session, priority, team)
    assert [each.way for each in found.rounds[0].attempts] == [Way.EMAIL] * 3


def test_erasure_of_whoever_raised_it_answers_by_itself(
    session: Session, team: Unit, priority: Priority
) -> None:
    link_id = link_for(session, asked(session, priority), first_of(priority), stamp=FILE, today=DAY).id
    person = person_of(session, PersonKey(KIND, first_of(priority).id))
    forget(session, person, today=DAY, now=NOW, also_current=True)
    found = again(session, priority, team)
    assert (found.ending, found.title) == (Ending.GONE, "Racing in Mill Lane")
    raised = first_of(found)
    assert (raised.phone, raised.email) == (None, None)
    assert raised.name is not None
    assert raised.name.startswith("Erased")
    assert link_keyed(session, link_id) is None
    with pytest.raises(NotPossibleNow):
        change_originator(session, raised, ANN)


def test_erasure_of_a_key_individual_answers_for_what_they_raised(
    session: Session, team: Unit, lead: Member
) -> None:
    kit = make.key_individual(
        session,
        unit=make.neighbourhood(session, under=team),
        name="Kit Sample",
        email="kit@shop.example",
        consents=[],
        communities=[],
    )
    facts = OriginatorFacts(OriginatorKind.KIN, individual=kit)
    made = agreed(session, team, lead, originator=facts)
    assert asked(session, made).answered is None
    forget(
        session, person_of(session, PersonKey(KEY_INDIVIDUAL, kit.id)), today=DAY, now=NOW, also_current=True
    )
    assert again(session, made, team).ending is Ending.GONE


def test_who_raised_what_ended_long_ago_has_had_their_time(session: Session, priority: Priority) -> None:
    assert list(ended_before(session, DAY + timedelta(days=900))) == []
    stop_choosing(session, priority, reason="Chosen afresh.", stamp=FILE, today=DAY)
    assert list(ended_before(session, DAY)) == []
    assert list(ended_before(session, DAY + timedelta(days=1))) == [first_of(priority).id]


def test_the_numbers_of_a_unit_are_those_of_its_teams(session: Session, team: Unit, lead: Member) -> None:
    made = [agreed(session, team, lead, title=f"Litter {number}") for number in range(3)]
    proposed(session, team)
    asked(session, made[0])
    made[1].problem = None
    session.flush()
    counted = {
        Sought.PRESENT: 3,
        Sought.PROPOSED: 1,
        Sought.WITHOUT_RECORD: 1,
        Sought.OVERDUE: 0,
        Sought.WAITING: 1,
        Sought.REFUSED: 0,
        Sought.REFUSED_TWICE: 0,
        Sought.PROBLEM_CLOSED: 0,
    }
    assert total_at(session, team, DAY) == counted
    assert [each.on for each in counts_under(session, team, DAY)] == [counted]
    for sought, count in counted.items():
        assert priorities_listed(session, team, sought, Page(1, 50), today=DAY).total == count


def test_the_months_in_which_any_closed_are_known_the_latest_first(
    session: Session, team: Unit, lead: Member
) -> None:
    assert months_of_closing(session, team) == []
    for day in (date(2026, 11, 30), date(2026, 11, 1), date(2025, 12, 31)):
        made = proposed(session, team, raised_on=date(2025, 1, 1))
        made.closed_on, made.ending = day, Ending.NOT_CHOSEN
    session.flush()
    assert months_of_closing(session, team) == [Month(2026, 11), Month(2025, 12)]
    assert months_of_closing(session, make.team(session)) == []


def test_a_priority_whose_problem_is_closed_is_proposed_for_closing(
    session: Session, team: Unit, priority: Priority
) -> None:
    assert priority.problem is not None
    priority.problem.matter.closed_on = DAY
    session.flush()
    assert total_at(session, team, DAY)[Sought.PROBLEM_CLOSED] == 1
    assert again(session, priority, team).state is PriorityState.OPEN


def test_a_priority_has_one_who_raised_it_first(session: Session, priority: Priority) -> None:
    with pytest.raises(OriginatorTaken):
        add_originator(session, priority, ANN, is_first=True, stamp=FILE)
