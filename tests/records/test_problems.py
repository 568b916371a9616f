"""Problem records: started once, said stage by stage, moved on when nothing is missing, handed over whole."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import ShareLevel
from npt.attachments.actions import TooMuchTogether, receive
from npt.categories.rules import CategoryClosed
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.partners.actions import share_with_agency
from npt.partners.rules import LegalBasis, ShareTerms
from npt.phone.actions import OtherTypist, ReferenceUsed, Sending, check_typist
from npt.places.actions import add_street
from npt.places.rules import Point
from npt.problems.actions import (
    KeyedFacts,
    add_evidence,
    evidence,
    give_problem,
    keep_sensitive,
    key_in_problem,
    link_problem,
    remove_evidence,
    say_analysis,
    say_scanning,
)
from npt.problems.actions.evidence import SameFile
from npt.problems.actions.keeping import LinkRefused
from npt.problems.actions.owning import CannotHaveIt
from npt.problems.actions.stages import BadComparison
from npt.problems.actions.starting import BadKeyedDays, OutcomeMissing, TeamNotOpen
from npt.problems.models import LinkKind, Problem
from npt.problems.queries import happenings_of, lacks_at, links_of, point_meant, sensitive_of
from npt.problems.rules import (
    BadProblemText,
    BadWindows,
    MeasureKind,
    NotReady,
    Outcome,
    Source,
    SourceKind,
    Stage,
    StageRefused,
)
from npt.store.versions import StaleRecord
from npt.work.rules import MatterStage, Owner, OwnerElsewhere, OwnerKind
from tests import make
from tests.records.problem_desk import ANALYSIS, NOW, TODAY, ProblemDesk, problem_desk


@pytest.fixture
def desk(session: Session) -> ProblemDesk:
    return problem_desk(session)


def street(desk: ProblemDesk, name: str, west: str) -> Point:
    """A street at this longitude; where it is."""
    lat, lng = Decimal("52.005"), Decimal(west)
    add_street(desk.session, name=name, lat=lat, lng=lng, neighbourhood=None)
    return Point.of_degrees(lat, lng)


# Started ----------------------------------------------------------------------------------------------------


def test_a_problem_is_owned_by_whoever_starts_it(desk: ProblemDesk) -> None:
    problem = desk.start()
    assert (problem.owner, problem.stage) == (Owner(OwnerKind.MEMBER, desk.ann.id), Stage.SCANNING)
    assert problem.matter.opened_on == TODAY
    of_nobody = desk.start(sending=Sending(Stamp(desk.sergeant.id, NOW), None))
    assert of_nobody.owner == Owner(OwnerKind.ACCOUNT, desk.sergeant.id)


def test_what_a_phone_sends_twice_is_kept_once_and_under_the_day_on_which_it_was_typed(
    desk: ProblemDesk,
) -> None:
    typed = Sending(desk.stamp, desk.ann, "s-phone", NOW - timedelta(days=8))
    first, second = desk.start(sending=typed), desk.start(sending=typed, title="Something else")
    assert first.id == second.id
    assert (second.title, second.raised_on) == ("Mopeds race around the precinct", TODAY - timedelta(days=8))


def test_the_reference_of_somebody_else_is_refused_and_so_is_what_they_typed(desk: ProblemDesk) -> None:
    desk.start(sending=Sending(desk.stamp, desk.ann, "s-phone"))
    with pytest.raises(ReferenceUsed):
        desk.start(sending=Sending(Stamp(desk.sergeant.id, NOW), None, "s-phone"))
    with pytest.raises(OtherTypist):
        check_typist(str(desk.officer.id), Stamp(desk.sergeant.id, NOW))


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"title": " "}, BadProblemText),
        ({"place": "\u200b"}, BadProblemText),
        ({"harmed": "x" * 501}, BadProblemText),
        ({"title": "word " * 50_000}, BadProblemText),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(
    desk: ProblemDesk, said: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        desk.start(**said)


def test_a_closed_category_and_a_neighbourhood_are_refused(desk: ProblemDesk) -> None:
    with pytest.raises(TeamNotOpen):
        desk.start(team=desk.neighbourhood)
    desk.category.closed_on = TODAY - timedelta(days=1)
    with pytest.raises(CategoryClosed):
        desk.start()


# Where it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place",
    ["Mill Lane", "Car park behind Mill Lane, by the shops", "52.005, -0.495", "The green (Mill Lane)"],
)
def test_the_point_of_a_problem_is_found_in_what_is_said_of_its_place(desk: ProblemDesk, place: str) -> None:
    street(desk, "Mill Lane", "-0.495")
    problem = desk.start(place=place)
    assert problem.point == Point.of_degrees(Decimal("52.005"), Decimal("-0.495"))


def test_a_street_of_another_team_or_one_that_could_be_two_places_gives_no_point(desk: ProblemDesk) -> None:
    street(desk, "High Street", "-0.485")
    assert desk.start(place="High Street").point is None
    for west in ("-0.4951", "-0.4959"):
        street(desk, "Church Lane", west)
    make.boundary(
        desk.session,
        unit=make.neighbourhood(desk.session, under=desk.team, code="N3"),
        south=52.0,
        west=-0.51,
    )
    street(desk, "Church Lane", "-0.505")
    assert point_meant(desk.session, "Church Lane", desk.team, as_at=TODAY) is None
    assert desk.start(place="Nowhere that anybody knows").point is None


# Said stage by stage ----------------------------------------------------------------------------------------


def test_what_is_missing_at_each_stage_is_said_until_it_is_there(desk: ProblemDesk) -> None:
    problem = desk.start()
    told = {stage: len(lacks_at(desk.session, problem, stage)) for stage in Stage}
    assert told == {
        Stage.SCANNING: 3,
        Stage.ANALYSIS: 10,
        Stage.RESPONSE: 6,
        Stage.ASSESSMENT: 7,
        Stage.CLOSED: 0,
    }
    desk.scan(problem)
    desk.analyse(problem)
    desk.respond(problem)
    assert [lack.field for lack in lacks_at(desk.session, problem, Stage.RESPONSE)] == ["actions"]
    desk.act(problem, MatterStage.ANALYSIS)
    assert lacks_at(desk.session, problem, Stage.RESPONSE)
    desk.act(problem)
    stages = (Stage.SCANNING, Stage.ANALYSIS, Stage.RESPONSE)
    assert [lacks_at(desk.session, problem, stage) for stage in stages] == [[], [], []]


def test_rows_are_changed_added_and_taken_away_in_their_order(desk: ProblemDesk) -> None:
    problem = desk.start()
    first, second, third = (Source(SourceKind.CALLS, words) for words in ("One", "Two", "Three"))
    for wanted in ([first, second], [second, third, first], [third], []):
        desk.scan(problem, sources=wanted)
        problem = desk.again(problem)
        assert [each.source for each in problem.sources] == wanted


def test_who_saves_a_stage_second_is_told(desk: ProblemDesk) -> None:
    problem = desk.start()
    seen = problem.scanning
    assert seen is not None
    version = seen.version
    desk.scan(problem, sources=[Source(SourceKind.CALLS, "Only a row has changed")])
    assert seen.version == version + 1
    with pytest.raises(StaleRecord):
        _say_scanning_seen(desk, problem, version)
    desk.analyse(problem)
    fresh = desk.start()
    desk.analyse(fresh)
    with pytest.raises(StaleRecord):
        _say_analysis_seen(desk, fresh, 0)


def _say_scanning_seen(desk: ProblemDesk, problem: Problem, version: int) -> None:
    facts = desk.scanning(problem)
    say_scanning(desk.session, problem, facts=facts, stamp=desk.stamp, expected_version=version)


def _say_analysis_seen(desk: ProblemDesk, problem: Problem, version: int) -> None:
    say_analysis(desk.session, problem, facts=ANALYSIS, stamp=desk.stamp, expected_version=version)


def test_similar_problems_keep_the_day_on_which_they_were_first_looked_at(desk: ProblemDesk) -> None:
    problem = desk.start()
    desk.analyse(problem)
    assert problem.analysis is not None
    problem.analysis.similar_seen_on = TODAY - timedelta(days=5)
    desk.session.flush()
    desk.analyse(problem)
    assert problem.analysis.similar_seen_on == TODAY - timedelta(days=5)
    desk.analyse(problem, has_seen_similar=False)
    assert problem.analysis.similar_seen_on is None


def test_the_days_that_made_somebody_notice_are_the_28_before_it_was_raised(desk: ProblemDesk) -> None:
    problem = desk.start()
    desk.respond(problem)
    said = problem.response
    assert said is not None
    assert (said.noticed_from, said.noticed_to) == (TODAY - timedelta(days=28), TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (40, 20, "baseline_from"),  # in the days that made somebody notice
        (60, 70, "baseline_to"),  # ends before it begins
        (60, -1, "baseline_to"),  # still to come
        (60, None, "baseline_to"),
        (None, 60, "baseline_from"),
    ],
)
def test_days_before_the_response_that_cannot_be_are_refused(
    desk: ProblemDesk, first: int | None, last: int | None, field: str
) -> None:
    days = [None if each is None else TODAY - timedelta(days=each) for each in (first, last)]
    with pytest.raises(BadWindows) as refused:
        desk.respond(desk.start(), baseline_from=days[0], baseline_to=days[1])
    assert refused.value.field == field


def test_incidents_are_counted_and_not_typed_and_no_unit_is_compared_with_itself(desk: ProblemDesk) -> None:
    problem = desk.start()
    desk.respond(problem, measure=MeasureKind.INCIDENTS)
    assert problem.response is not None
    assert problem.response.baseline_count is None
    with pytest.raises(BadComparison):
        desk.respond(problem, elsewhere_unit=desk.team)
    desk.respond(problem, elsewhere_unit=desk.other)
    assert desk.again(problem).response.elsewhere_unit.code == "T2"  # type: ignore[union-attr]  # it is there


# Moved ------------------------------------------------------------------------------------------------------


def test_a_problem_moves_on_only_when_nothing_is_missing_and_back_with_a_reason(desk: ProblemDesk) -> None:
    problem = desk.start()
    with pytest.raises(NotReady):
        desk.move(problem, Stage.ANALYSIS)
    desk.scan(problem)
    with pytest.raises(StageRefused):
        desk.move(problem, Stage.RESPONSE)
    desk.move(problem, Stage.ANALYSIS)
    desk.move(problem, Stage.SCANNING, "The sources were of one evening")
    told = [(move.stage_before, move.stage_after, move.reason) for move in desk.again(problem).moves]
    assert told == [
        (Stage.SCANNING, Stage.ANALYSIS, None),
        (Stage.ANALYSIS, Stage.SCANNING, "The sources were of one evening"),
    ]


def test_who_moves_it_second_is_told(desk: ProblemDesk) -> None:
    problem = desk.start()
    desk.scan(problem)
    version = problem.version
    desk.move(problem, Stage.ANALYSIS, version=version)
    with pytest.raises(StaleRecord):
        desk.move(problem, Stage.SCANNING, "No", version=version)


# Keyed in ---------------------------------------------------------------------------------------------------


def keyed(desk: ProblemDesk, stage: Stage = Stage.CLOSED) -> KeyedFacts:
    """An old paper record."""
    is_closed = stage is Stage.CLOSED
    return KeyedFacts(
        desk.facts(),
        Owner(OwnerKind.MEMBER, desk.ann.id),
        stage,
        TODAY - timedelta(days=900),
        TODAY - timedelta(days=700) if is_closed else None,
        Outcome.REDUCED if is_closed else None,
        "OLD 17",
    )


def test_an_old_record_stands_at_its_stage_unproved_and_opens_again_with_a_reason(desk: ProblemDesk) -> None:
    problem = desk.again(key_in_problem(desk.session, facts=keyed(desk), stamp=desk.stamp))
    assert (problem.stage, problem.is_unproved, problem.reference) == (Stage.CLOSED, True, "OLD 17")
    assert problem.outcome_words == "Fewer incidents, not shown by the figures"
    desk.move(problem, Stage.RESPONSE, "It came back")
    assert (problem.closed_on, problem.is_unproved) == (None, True)
    scanning = replace(keyed(desk, Stage.SCANNING), reference=None)
    assert not key_in_problem(desk.session, facts=scanning, stamp=desk.stamp).is_unproved


def test_an_old_record_that_cannot_be_is_refused(desk: ProblemDesk) -> None:
    whole = keyed(desk)
    for facts, refusal in (
        (replace(whole, opened_on=TODAY + timedelta(days=1)), BadKeyedDays),
        (replace(whole, closed_on=TODAY + timedelta(days=1)), BadKeyedDays),
        (replace(whole, closed_on=None), BadKeyedDays),
        (replace(whole, stage=Stage.ANALYSIS), BadKeyedDays),
        (replace(whole, closed_on=whole.opened_on - timedelta(days=1)), BadKeyedDays),
        (replace(whole, outcome=None), OutcomeMissing),
    ):
        with pytest.raises(refusal):
            key_in_problem(desk.session, facts=facts, stamp=desk.stamp)


# Handed over, linked, files, names --------------------------------------------------------------------------


def test_a_problem_is_handed_over_with_its_actions_and_its_shares_are_to_be_confirmed(
    desk: ProblemDesk,
) -> None:
    problem = desk.start()
    action, council = desk.act(problem), make.agency(desk.session)
    terms = ShareTerms("To solve it", LegalBasis.CRIME_AND_DISORDER, TODAY + timedelta(days=60))
    share = share_with_agency(
        desk.session,
        matter=problem.matter,
        agency=council,
        level=ShareLevel.FULL,
        terms=terms,
        stamp=desk.stamp,
    )
    owner = Owner(OwnerKind.AGENCY, council.id)
    give_problem(
        desk.session,
        problem,
        owner=owner,
        unit=desk.other,
        stamp=desk.stamp,
        expected_version=problem.version,
    )
    assert (problem.owner, problem.matter.unit_id, action.unit_id) == (owner, desk.other.id, desk.other.id)
    assert share.confirm_by is not None


def test_a_neighbourhood_or_somebody_of_another_force_cannot_have_a_problem(desk: ProblemDesk) -> None:
    problem, version = desk.start(), 1
    stranger = make.member(desk.session, team=make.team(desk.session, code="X1"))
    for unit, owner, refusal in (
        (desk.neighbourhood, problem.owner, CannotHaveIt),
        (desk.other, Owner(OwnerKind.MEMBER, stranger.id), OwnerElsewhere),
    ):
        with pytest.raises(refusal):
            give_problem(
                desk.session, problem, owner=owner, unit=unit, stamp=desk.stamp, expected_version=version
            )


def test_two_problems_are_linked_once_whichever_says_so(desk: ProblemDesk) -> None:
    one, other = desk.start(), desk.start(title="Mopeds again")
    link_problem(desk.session, one, other=other, kind=LinkKind.RELATED, stamp=desk.stamp)
    link_problem(desk.session, other, other=one, kind=LinkKind.DUPLICATE, stamp=desk.stamp)
    for problem, there in ((one, other), (other, one)):
        (found,) = links_of(desk.session, problem)
        assert (found.matter.id, found.kind) == (there.matter_id, LinkKind.DUPLICATE)
    link_problem(desk.session, one, other=other, kind=None, stamp=desk.stamp)
    assert links_of(desk.session, other) == []
    with pytest.raises(LinkRefused):
        link_problem(desk.session, one, other=one, kind=LinkKind.RELATED, stamp=desk.stamp)


def test_a_file_is_kept_once_until_it_is_removed_and_never_more_than_there_is_room(
    desk: ProblemDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, file = desk.start(), receive("note.txt", b"The barrier", scanner=None)

    def add() -> None:
        add_evidence(
            desk.session, problem, stamp=desk.stamp, stage=Stage.SCANNING, words="The barrier", file=file
        )

    add()
    with pytest.raises(SameFile):
        add()
    remove_evidence(desk.session, problem, problem.evidence[0], stamp=desk.stamp)
    add()
    assert [each.attachment.removed_at is None for each in desk.again(problem).evidence] == [False, True]
    remove_evidence(desk.session, problem, problem.evidence[1], stamp=desk.stamp)
    monkeypatch.setattr(evidence, "MOST_BYTES", 5)
    with pytest.raises(TooMuchTogether):
        add()


def test_names_and_tactics_are_kept_beside_the_record_and_who_saves_second_is_told(desk: ProblemDesk) -> None:
    problem = desk.start()
    assert sensitive_of(desk.session, problem) is None
    keep_sensitive(desk.session, problem, people="J. from the flats", tactics=None, expected_version=0)
    with pytest.raises(StaleRecord):
        keep_sensitive(desk.session, problem, people="K.", tactics=None, expected_version=0)
    found = sensitive_of(desk.session, problem)
    assert found is not None
    assert (found.people, found.version) == ("J. from the flats", 1)


def test_what_happened_stands_in_one_list_by_time(desk: ProblemDesk) -> None:
    problem = desk.start()
    desk.scan(problem)
    desk.move(problem, Stage.ANALYSIS)
    desk.act(problem)
    told = [each.words for each in happenings_of(desk.session, desk.again(problem))]
    assert sorted(told) == ["Action set: Mend the barrier", "On to analysis", "Started"]


def test_a_word_is_kept_as_it_was_typed(desk: ProblemDesk) -> None:
    hostile = "<script>alert(1)</script>'; DROP TABLE problem; -- \u202dO’Brien"
    problem = desk.start(title=hostile[:120], place=hostile[:120])
    desk.session.flush()
    assert desk.session.scalars(select(Problem.place)).all() == [hostile[:120]]
    assert desk.again(problem).title == hostile[:120]
