"""Who could be taken for an operation: who is there, what speaks against them, what ranks them."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from npt.operations.actions import AskOutside, AskOverlaps, NotEnough, OperationUnitClosed, drop_ask
from npt.operations.rules import Against, Candidate
from npt.people.models import Member
from npt.people.rules import PolicingRole
from tests import make
from tests.records.match_day import FOOTBALL, MATCH, NOW, MatchDay, open_match_day


@pytest.fixture
def day(session: Session) -> MatchDay:
    return open_match_day(session)


def numbers(candidates: list[Candidate]) -> list[str]:
    return [each.number for each in candidates]


def only(day: MatchDay, number: str) -> Candidate:
    (found,) = (each for each in day.candidates(day.plan()) if each.number == number)
    return found


def test_the_candidates_are_those_of_the_role_on_shift_in_the_units_under_the_one_asked(
    day: MatchDay,
) -> None:
    operation = day.plan()
    assert sorted(numbers(day.candidates(operation))) == ["1001", "1002", "1003", "2001", "2002", "2003"]
    assert numbers(day.candidates(operation, day.teams[1], PolicingRole.PCSO)) == ["2009"]


def test_whoever_is_not_on_shift_at_the_time_is_no_candidate(day: MatchDay) -> None:
    assert day.candidates(day.plan(replace(FOOTBALL, starts=time(20), ends=time(23)))) == []


def test_a_shift_that_ends_during_the_operation_covers_it_in_part(day: MatchDay) -> None:
    operation = day.plan(replace(FOOTBALL, starts=time(16), ends=time(23)))
    found = day.candidates(operation)
    assert {each.taken.minutes for each in found} == {4 * 60}
    assert not any(each.covers_fully for each in found)


def test_a_night_operation_takes_from_the_shift_that_began_the_day_before(day: MatchDay) -> None:
    member = make.member(day.session, number="3001", team=day.teams[0])
    make.shift(day.session, member=member, starts="2026-11-20T22:00", ends="2026-11-21T07:00")
    operation = day.plan(replace(FOOTBALL, starts=time(1), ends=time(5)))
    (found,) = day.candidates(operation)
    assert (found.on, found.shift_on, found.taken.minutes) == (MATCH, date(2026, 11, 20), 240)


def test_whoever_is_absent_then_is_said_to_be_and_not_why(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1001"], reason="sickness")
    (objection,) = only(day, "1001").objections
    assert objection.against is Against.ABSENT
    assert objection.words == "absent 10:00 to 20:00"


def test_absence_at_another_time_of_the_shift_is_no_objection(day: MatchDay) -> None:
    make.away(
        day.session,
        shift=day.shifts["1001"],
        starts="2026-11-21T10:00",
        ends="2026-11-21T12:00",
        reason="leave",
    )
    assert only(day, "1001").objections == ()


def test_whoever_is_already_away_is_said_to_be_and_why(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1001"], starts="2026-11-21T17:00", ends="2026-11-21T19:00")
    (objection,) = only(day, "1001").objections
    assert objection.against is Against.AWAY
    assert objection.words == "already away 17:00 to 19:00: Response to incidents"


def test_whoever_another_operation_has_taken_is_said_to_be_on_it(day: MatchDay) -> None:
    day.committed("1001")
    (objection,) = only(day, "1001").objections
    assert (objection.against, objection.is_final) == (Against.OTHER_OPERATION, True)
    assert "Town against Rovers" in objection.words


def test_whoever_is_chosen_for_another_draft_may_still_be_taken(day: MatchDay) -> None:
    other = day.plan()
    day.ask(other, 1)
    day.choose(other, ["1001"])
    found = only(day, "1001")
    assert [objection.against for objection in found.objections] == [Against.OTHER_OPERATION]
    assert found.can_be_taken


def test_a_cancelled_operation_is_no_objection(day: MatchDay) -> None:
    day.cancel(day.committed("1001"))
    assert only(day, "1001").objections == ()


def test_the_month_of_their_own_team_gives_each_candidate_their_headroom(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1003"], starts="2026-11-21T10:00", ends="2026-11-21T11:00")
    found = {each.number: each.headroom_left for each in day.candidates(day.plan())}
    # 20% of 3 x 600 minutes, and an hour of it used in team 1.
    assert found["1001"] == 300
    assert found["2001"] == 360
    assert numbers(day.candidates(day.plan()))[0] == "2001"


def test_everybody_of_the_team_counts_among_those_left_on_duty(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1002"], reason="leave")
    # Two constables and the PCSO are there beside 1001, and one of the constables is on leave.
    assert only(day, "1001").left_on_duty == 2
    assert only(day, "2001").left_on_duty == 3


def test_whoever_is_chosen_is_not_counted_as_left_on_duty(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2)
    day.choose(operation, ["1001"])
    left = {each.number: each.left_on_duty for each in day.candidates(operation)}
    assert (left["1002"], left["2002"]) == (2, 3)


def test_abstraction_of_the_last_ninety_days_tells_who_was_taken_least_lately(day: MatchDay) -> None:
    member = day.session.get_one(Member, day.shifts["1001"].member_id)
    for on in ("2026-11-10", "2026-08-18", "2026-08-17"):
        shift = make.shift(day.session, member=member, starts=f"{on}T08:00", ends=f"{on}T16:00")
        make.away(day.session, shift=shift, starts=f"{on}T08:00", ends=f"{on}T10:00")
    found = only(day, "1001")
    assert found.minutes_lately == 240
    assert found.last_taken_on == date(2026, 11, 10)


def test_absence_does_not_count_as_having_been_taken(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1001"], reason="leave")
    assert only(day, "1001").minutes_lately == 0
    assert only(day, "1001").last_taken_on is None


def test_asking_for_more_than_there_are_names_how_many_there_are(day: MatchDay) -> None:
    make.away(day.session, shift=day.shifts["1001"], reason="sickness")
    operation = day.plan()
    with pytest.raises(NotEnough, match="has 5 constables on shift and free during 21 November 2026 12:00"):
        day.ask(operation, 6)
    day.session.rollback()


def test_asking_as_many_as_there_are_is_allowed(day: MatchDay) -> None:
    assert day.ask(day.plan(), 6).number == 6


def test_asking_where_nobody_is_rostered_says_so(day: MatchDay) -> None:
    operation = day.plan(replace(FOOTBALL, last_on=date(2026, 11, 22)))
    with pytest.raises(NotEnough, match="has no constable on shift and free during 22 November 2026"):
        day.ask(operation, 1)


def test_asking_again_changes_the_number(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2)
    day.ask(operation, 3)
    assert [ask.number for ask in operation.asks] == [3]


def test_a_unit_above_or_under_one_that_is_asked_for_the_role_is_refused(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2, unit=day.teams[0])
    with pytest.raises(AskOverlaps, match="already asked for constables"):
        day.ask(operation, 2)


def test_two_teams_may_be_asked_for_one_role_and_one_team_for_two(day: MatchDay) -> None:
    operation = day.plan()
    day.ask(operation, 2, unit=day.teams[0])
    day.ask(operation, 2, unit=day.teams[1])
    day.ask(operation, 1, unit=day.teams[1], role=PolicingRole.PCSO)
    assert len(operation.asks) == 3


def test_a_unit_outside_the_one_that_plans_cannot_be_asked(day: MatchDay) -> None:
    operation = day.plan()
    with pytest.raises(AskOutside, match="cannot be asked"):
        day.ask(operation, 1, unit=make.team(day.session))


def test_a_team_that_closes_before_the_operation_cannot_be_asked(day: MatchDay) -> None:
    closed = make.team(day.session, under=day.area, closed_on=date(2026, 11, 20))
    operation = day.plan()
    with pytest.raises(OperationUnitClosed, match="is not open on 21 November 2026"):
        day.ask(operation, 1, unit=closed)


def test_dropping_what_was_asked_lets_go_of_who_was_chosen(day: MatchDay) -> None:
    operation = day.plan()
    ask = day.ask(operation, 1)
    day.choose(operation, ["1001"])
    drop_ask(day.session, now=NOW, operation=operation, expected_version=operation.version, ask=ask)
    assert day.choices(operation) == []
