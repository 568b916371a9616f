"""Measures that count records: each figure, and that the records behind it add up to it."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from npt.communities.models import Community, CommunityStatement
from npt.communities.rules import CommunityKind, Flag
from npt.engagement.models import Patrol
from npt.engagement.rules import PatrolMode
from npt.kin.models import Encounter, Move, SpokenFor
from npt.kin.rules import EncounterKind
from npt.kit.clock import local_midnight
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.measures.rules import Figure
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, PostingKind
from npt.priorities.models import Priority, PriorityLook
from npt.priorities.rules import AgreedHow, Ending
from npt.problems.models import ProblemMove
from npt.problems.rules import Bearing, Outcome
from npt.problems.rules import Stage as ProblemStage
from npt.profiles.models import Profile
from npt.work.actions import set_action, start_clock
from npt.work.rules import SHIPPED, ActionFacts, ClockFacts, ClockKind, Owner, OwnerKind
from tests import make
from tests.records.measured import OCTOBER, figure, seen

END = date(2026, 10, 31)


def counted(found: Figure) -> tuple[int | None, int | None]:
    return found.counted, found.of


def adds_up(session: Session, code: str, unit: Unit, month: Month = OCTOBER) -> None:
    """The records behind a figure make it."""
    found, parts = figure(session, code, unit, month), seen(session, code, unit, month)
    sums = [[int(number) for number in each.mark.split(" of ")] for each in parts]
    assert sum(each[0] for each in sums) == found.counted
    if found.of is not None:
        assert sum(each[1] for each in sums) == found.of


def at(day: date, hour: int = 12) -> datetime:
    return local_midnight(day) + timedelta(hours=hour)


# Neighbourhoods ---------------------------------------------------------------------------------------------


def test_a_neighbourhood_has_a_contact_while_the_one_named_works_in_its_team(session: Session) -> None:
    team = make.team(session)
    first, second = (make.neighbourhood(session, under=team) for _ in range(2))
    pcso = make.member(session, role=PolicingRole.PCSO, team=team)
    make.contact(session, neighbourhood=first, member=pcso, starts_on=date(2026, 9, 1))
    code = "neighbourhoods-with-a-contact"
    assert counted(figure(session, code, team)) == (1, 2)
    assert counted(figure(session, code, second)) == (0, 1)
    assert counted(figure(session, code, team, Month(2026, 8))) == (0, 2)
    make.posting(session, member=pcso, unit=make.team(session), kind=PostingKind.ATTACHMENT, ends_on=END)
    assert counted(figure(session, code, team)) == (0, 2)
    adds_up(session, code, team)


def test_profiles_are_seen_as_they_are_and_those_of_months_gone_by_are_not_known(session: Session) -> None:
    team = make.team(session)
    in_date, overdue = (make.neighbourhood(session, under=team) for _ in range(2))
    session.add(Profile(unit=in_date, review_due_on=END))
    session.add(Profile(unit=overdue, review_due_on=END - timedelta(days=1)))
    session.flush()
    assert counted(figure(session, "profiles-in-date", team)) == (1, 2)
    adds_up(session, "profiles-in-date", team)
    before = figure(session, "profiles-in-date", team, Month(2026, 9))
    assert before.why_unknown == "It depends on the day, and was not kept for this month."


def test_what_communities_were_said_counts_for_twelve_months(session: Session) -> None:
    place = make.neighbourhood(session)
    by = make.account(session).id
    for flag in (Flag.VULNERABLE, Flag.EMERGING):
        session.add(
            CommunityStatement(
                unit=place, flag=flag, is_none=True, said_on=END, said_by_id=by, said_at=at(END)
            )
        )
    session.flush()
    assert counted(figure(session, "communities-said", place)) == (1, 1)
    assert counted(figure(session, "communities-said", place, Month(2026, 9))) == (0, 1)
    assert seen(session, "communities-said", place) == [("unit", place.id, "1 of 1")]


# Key individuals --------------------------------------------------------------------------------------------


def test_a_key_individual_counts_as_met_for_90_days_where_they_were_then(session: Session) -> None:
    team = make.team(session)
    old, new = (make.neighbourhood(session, under=team) for _ in range(2))
    known = make.key_individual(session, unit=new, recorded_on=date(2026, 1, 5))
    session.add(
        Move(individual_id=known.id, from_unit_id=old.id, to_unit_id=new.id, moved_on=date(2026, 9, 1))
    )
    session.add(
        Encounter(
            individual_id=known.id, unit_id=new.id, at=at(END - timedelta(days=90)), kind=EncounterKind.VISIT
        )
    )
    session.flush()
    assert counted(figure(session, "kin-met", new)) == (1, 1)
    assert counted(figure(session, "kin-met", team, Month(2026, 7))) == (0, 1)
    assert counted(figure(session, "kin-met", old, Month(2026, 7))) == (0, 1)
    assert figure(session, "kin-met", old).why_unknown == "Nobody was in the network on the day."
    adds_up(session, "kin-met", team)


def test_communities_of_one_name_are_one_and_somebody_may_speak_for_them(session: Session) -> None:
    team = make.team(session)
    places = [make.neighbourhood(session, under=team) for _ in range(2)]
    groups = [
        Community(unit=place, code=f"c{number}", name=name, kind=CommunityKind.ETHNIC, starts_on=make.START)
        for number, (place, name) in enumerate(
            [(places[0], "Polish"), (places[1], "polish"), (places[1], "Irish")]
        )
    ]
    session.add_all(groups)
    speaker = make.key_individual(session, unit=places[0], recorded_on=make.START)
    session.flush()
    session.add(SpokenFor(individual_id=speaker.id, community_id=groups[0].id))
    session.flush()
    assert counted(figure(session, "kin-communities", team)) == (1, 2)
    assert counted(figure(session, "kin-communities", places[1])) == (0, 2)
    assert [each.mark for each in seen(session, "kin-communities", team)] == ["1", "0", "0"]


# Listening --------------------------------------------------------------------------------------------------


def test_patrols_are_added_up_and_a_month_without_one_is_not_known(session: Session) -> None:
    place = make.neighbourhood(session)
    for number, (mode, minutes) in enumerate([(PatrolMode.FOOT, 60), (PatrolMode.VEHICLE, 30)]):
        session.add(
            Patrol(
                reference=f"P{number}",
                unit=place,
                on_date=END,
                starts_at=at(END),
                ends_at=at(END) + timedelta(minutes=minutes),
                minutes=minutes,
                mode=mode,
                typed_at=at(END),
                received_at=at(END),
            )
        )
    session.flush()
    assert counted(figure(session, "patrols", place)) == (90, None)
    assert counted(figure(session, "patrols-on-foot", place)) == (60, 90)
    assert figure(session, "patrols", place, Month(2026, 9)).why_unknown == "No patrol is recorded."
    adds_up(session, "patrols", place)
    adds_up(session, "patrols-on-foot", place)


# Priorities and problems ------------------------------------------------------------------------------------


def priority(session: Session, team: Unit, number: int, **more: object) -> Priority:
    made = Priority(
        reference=f"PR{number}",
        unit=team,
        title="Noise in the square",
        raised_on=date(2026, 5, 1),
        agreed_on=date(2026, 5, 1),
        agreed_how=AgreedHow.TEAM,
        review_due_on=date(2026, 8, 1),
        recorded_at=at(date(2026, 5, 1)),
        **more,
    )
    session.add(made)
    session.flush()
    return made


def test_priorities_are_with_a_record_and_looked_at_as_they_were_on_the_day(session: Session) -> None:
    team = make.team(session)
    problem = make.problem(session, unit=team, raised_on=date(2026, 10, 1))
    first = priority(session, team, 1, problem_id=problem.id)
    priority(session, team, 2)
    session.add(PriorityLook(priority_id=first.id, looked_on=date(2026, 8, 15), words="Still there"))
    session.flush()
    assert counted(figure(session, "priorities", team)) == (2, None)
    assert counted(figure(session, "priorities-with-record", team)) == (1, 2)
    assert counted(figure(session, "priorities-with-record", team, Month(2026, 9))) == (0, 2)
    assert counted(figure(session, "priorities-reviewed", team)) == (1, 2)
    assert counted(figure(session, "priorities-reviewed", team, Month(2026, 7))) == (2, 2)
    assert counted(
        figure(session, "priorities-reviewed", team, Month(2026, 12), today=date(2026, 12, 31))
    ) == (0, 2)
    for code in ("priorities", "priorities-with-record", "priorities-reviewed"):
        adds_up(session, code, team)


def test_of_priorities_that_closed_those_that_were_accepted_are_signed_off(session: Session) -> None:
    team = make.team(session)
    priority(session, team, 1, closed_on=END, ending=Ending.ACCEPTED)
    priority(session, team, 2, closed_on=END, ending=Ending.NOT_REACHED)
    assert counted(figure(session, "priorities-signed-off", team)) == (1, 2)
    none = figure(session, "priorities-signed-off", team, Month(2026, 9))
    assert none.why_unknown == "No priority closed in the month."
    adds_up(session, "priorities-signed-off", team)


def test_a_problem_is_counted_at_the_stage_that_it_had_on_the_day(session: Session) -> None:
    team = make.team(session)
    problem = make.problem(session, unit=team, raised_on=date(2026, 3, 1), stage=ProblemStage.RESPONSE)
    for day, before, after in (
        (date(2026, 10, 31), ProblemStage.SCANNING, ProblemStage.ANALYSIS),
        (date(2026, 11, 2), ProblemStage.ANALYSIS, ProblemStage.RESPONSE),
    ):
        session.add(
            ProblemMove(problem_id=problem.id, stage_before=before, stage_after=after, at=at(day, 23))
        )
    session.flush()
    assert counted(figure(session, "problems-scanning", team, Month(2026, 9))) == (1, None)
    assert counted(figure(session, "problems-analysis", team)) == (1, None)
    assert counted(figure(session, "problems-response", team, Month(2026, 11))) == (1, None)
    assert counted(figure(session, "problems-old", team)) == (1, 1)
    assert counted(figure(session, "problems-old", team, Month(2026, 8))) == (0, 1)
    adds_up(session, "problems-analysis", team)


def test_outcomes_are_shown_or_not_of_what_figures_could_show(session: Session) -> None:
    team = make.team(session)
    for bearing in Bearing:
        make.problem(
            session,
            unit=team,
            stage=ProblemStage.CLOSED,
            outcome=Outcome.REDUCED,
            bearing=bearing,
            raised_on=date(2026, 3, 1),
            closed_on=END,
        )
    assert counted(figure(session, "outcomes-shown", team)) == (1, 2)
    adds_up(session, "outcomes-shown", team)


# Work -------------------------------------------------------------------------------------------------------


def test_an_action_is_overdue_from_the_day_after_it_was_due_until_it_is_done(session: Session) -> None:
    team = make.team(session)
    owner = Owner(OwnerKind.MEMBER, make.member(session, role=PolicingRole.CONSTABLE, team=team).id)
    stamp = Stamp(make.account(session).id, at(date(2026, 10, 1)))
    facts = ActionFacts("Fix the gate", owner, END - timedelta(days=1))
    action = set_action(session, unit=team, facts=facts, stamp=stamp, today=date(2026, 10, 1))
    assert counted(figure(session, "actions-overdue", team)) == (1, None)
    assert counted(figure(session, "actions-overdue", team, Month(2026, 9))) == (0, None)
    assert seen(session, "actions-overdue", team) == [("action", action.id, "1")]


def test_a_reply_is_in_time_that_ends_by_the_time_it_was_due(session: Session) -> None:
    team = make.team(session)
    owner = Owner(OwnerKind.MEMBER, make.member(session, role=PolicingRole.CONSTABLE, team=team).id)
    now, clocks = at(date(2026, 10, 1)), []
    for _ in range(3):
        facts = ClockFacts(ClockKind.REPLY, "Answer", owner, SHIPPED[ClockKind.REPLY], now)
        clocks.append(start_clock(session, unit=team, facts=facts, now=now, today=now.date()))
    due_at = clocks[0].due_at
    assert due_at is not None
    clocks[0].ended_at, clocks[1].ended_at = due_at, due_at + timedelta(minutes=1)
    session.flush()
    assert counted(figure(session, "replies-in-time", team)) == (1, 3)
    assert figure(session, "replies-in-time", team, Month(2026, 9)).why_unknown == "No reply was due."
    adds_up(session, "replies-in-time", team)
