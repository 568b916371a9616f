"""What the figures show of a problem: its incidents counted here, around and elsewhere, or counts entered."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from npt.kit.statistics import Windows
from npt.organisation.models import Unit
from npt.outcomes.queries.figures import Ground, incidents_seen
from npt.outcomes.queries.figures_shown import shown_of
from npt.places.rules import Point
from npt.problems.models import Problem
from npt.problems.rules import MeasureKind
from npt.work.rules import Owner, OwnerKind
from tests import make
from tests.measured import AFTER, BEFORE, incident, problem, reached, spread


@pytest.fixture
def units(session: Session) -> dict[str, Unit]:
    """Teams T1 with neighbourhoods N1 and N2, and T2 with N3, of one area."""
    team = make.team(session, code="T1")
    other = make.team(session, under=make.area(session, code="A2"), code="T2")
    return {
        "T1": team,
        "T2": other,
        "N1": make.neighbourhood(session, under=team, code="N1"),
        "N2": make.neighbourhood(session, under=team, code="N2"),
        "N3": make.neighbourhood(session, under=other, code="N3"),
    }


@pytest.fixture
def owner(session: Session, units: dict[str, Unit]) -> Owner:
    """A constable of T1."""
    return Owner(OwnerKind.MEMBER, make.member(session, team=units["T1"]).id)


@pytest.fixture
def on_the_green(session: Session, units: dict[str, Unit], owner: Owner) -> Problem:
    """A problem within 250 m of a point, its files reaching over all days."""
    reached(session, units["N1"])
    return problem(session, team=units["T1"], owner=owner)


def counted(session: Session, found: Problem) -> tuple[int | None, int | None]:
    """How many before and after."""
    shown = shown_of(session, found)
    return shown.counts.before, shown.counts.after


def test_incidents_within_the_radius_count_by_metres_and_not_by_the_box(
    session: Session, units: dict[str, Unit], on_the_green: Problem
) -> None:
    for metres in (0, 249, -249, 251, -251):
        incident(session, units["N1"], BEFORE.first, metres_north=metres)
    assert counted(session, on_the_green) == (3, 0)
    assert shown_of(session, on_the_green).counts.around == Windows(2, 0)


def test_incidents_of_another_neighbourhood_count_where_they_are_near_enough(
    session: Session, units: dict[str, Unit], on_the_green: Problem
) -> None:
    incident(session, units["N2"], AFTER.last, metres_north=100)
    assert counted(session, on_the_green) == (0, 1)


def test_neither_another_category_nor_another_day_counts(
    session: Session, units: dict[str, Unit], on_the_green: Problem
) -> None:
    incident(session, units["N1"], BEFORE.last, of="burglary")
    for day in (date(2026, 2, 28), date(2026, 6, 1), date(2026, 7, 31), date(2026, 11, 1)):
        incident(session, units["N1"], day)
    assert counted(session, on_the_green) == (0, 0)


def test_what_has_no_point_is_not_counted_and_told(
    session: Session, units: dict[str, Unit], on_the_green: Problem
) -> None:
    incident(session, units["N1"], BEFORE.first, has_point=False, times=3)
    incident(session, units["N3"], BEFORE.first, has_point=False)
    shown = shown_of(session, on_the_green)
    assert shown.counts.before == 0
    assert shown.seen is not None
    assert shown.seen.nowhere_in(BEFORE, AFTER) == 3


def test_without_a_point_the_whole_unit_counts(
    session: Session, units: dict[str, Unit], owner: Owner
) -> None:
    reached(session, units["N1"])
    everywhere = problem(session, team=units["T1"], owner=owner, point=None)
    incident(session, units["N1"], BEFORE.first, has_point=False)
    incident(session, units["N2"], BEFORE.last, metres_north=5000)
    incident(session, units["N3"], BEFORE.first)
    assert counted(session, everywhere) == (2, 0)
    assert shown_of(session, everywhere).counts.around is None


def test_days_that_the_files_do_not_reach_are_not_known_and_never_nothing(
    session: Session, units: dict[str, Unit], owner: Owner
) -> None:
    reached(session, units["N1"], last=date(2026, 9, 1))
    found = problem(session, team=units["T1"], owner=owner)
    assert counted(session, found) == (0, None)
    assert shown_of(session, found).figures is None


def test_a_force_without_any_incident_knows_nothing(
    session: Session, units: dict[str, Unit], owner: Owner
) -> None:
    assert counted(session, problem(session, team=units["T1"], owner=owner)) == (None, None)


def test_an_area_to_compare_with_is_counted_without_the_ground_of_the_problem(
    session: Session, units: dict[str, Unit], owner: Owner
) -> None:
    reached(session, units["N1"])
    found = problem(session, team=units["T1"], owner=owner, elsewhere=units["N1"])
    spread(session, units["N1"], BEFORE, 20)
    spread(session, units["N1"], BEFORE, 4, metres_north=400)
    spread(session, units["N1"], BEFORE, 18, metres_north=900)
    spread(session, units["N1"], AFTER, 8)
    spread(session, units["N1"], AFTER, 21, metres_north=900)
    shown = shown_of(session, found)
    assert shown.counts.elsewhere == Windows(18, 21)
    assert shown.counts.around == Windows(4, 0)
    assert shown.figures is not None
    assert shown.figures.change.has_changed
    assert shown.figures.fewer is not None
    assert shown.figures.fewer.difference == -15


@pytest.mark.parametrize("code", ["T1", "N1"])
def test_without_a_point_a_unit_of_its_own_ground_is_not_compared_with(
    session: Session, units: dict[str, Unit], owner: Owner, code: str
) -> None:
    reached(session, units["N1"])
    spread(session, units["N1"], BEFORE, 3)
    shown = shown_of(
        session, problem(session, team=units["T1"], owner=owner, point=None, elsewhere=units[code])
    )
    assert shown.is_itself
    assert shown.counts.elsewhere is None


def test_another_unit_is_compared_with_whole(session: Session, units: dict[str, Unit], owner: Owner) -> None:
    reached(session, units["N1"])
    found = problem(session, team=units["T1"], owner=owner, point=None, elsewhere=units["T2"])
    spread(session, units["N3"], BEFORE, 5)
    spread(session, units["N3"], AFTER, 6)
    assert shown_of(session, found).counts.elsewhere == Windows(5, 6)


def test_the_same_days_a_year_before_stand_beside_where_they_are_known(
    session: Session, units: dict[str, Unit], on_the_green: Problem
) -> None:
    spread(session, units["N1"], AFTER.year_before, 9)
    spread(session, units["N1"], AFTER, 2)
    season = shown_of(session, on_the_green).season
    assert season is not None
    assert (season.before.count, season.after.count) == (9, 2)


def test_entered_counts_ask_no_incident(session: Session, units: dict[str, Unit], owner: Owner) -> None:
    found = problem(session, team=units["T1"], owner=owner, measure=MeasureKind.COUNTS)
    assert found.response is not None
    assert found.assessment is not None
    found.response.baseline_count, found.assessment.after_count = 25, 12
    shown = shown_of(session, found)
    assert not shown.is_counted
    assert shown.figures is not None
    assert shown.figures.change.has_changed


def test_no_days_are_asked_for_nothing(session: Session, units: dict[str, Unit], owner: Owner) -> None:
    found = problem(session, team=units["T1"], owner=owner, after=None)
    reached(session, units["N1"])
    assert incidents_seen(session, Ground.of(found), []).here == ()
    assert shown_of(session, found).figures is None


def test_the_database_finds_in_a_circle_what_the_rule_does(
    session: Session, units: dict[str, Unit], on_the_green: Problem
) -> None:
    ground = Ground.of(on_the_green)
    circle = ground.circle
    assert circle is not None
    points = [
        Point(circle.middle.lat + north, circle.middle.lng + east)
        for north in range(-50_000, 50_001, 7_491)
        for east in range(-80_000, 80_001, 9_127)
    ]
    # To one side and the other of the rim, as near as points can be.
    rim = circle.reach // 1_000
    points += [Point(circle.middle.lat + rim + more, circle.middle.lng) for more in (-1, 0, 1, 2)]
    for point in points:
        incident(session, units["N1"], BEFORE.first, point=point)
    seen = incidents_seen(session, ground, [BEFORE])
    here = sum(circle.holds(point) for point in points)
    both = sum(circle.doubled.holds(point) for point in points)
    assert 20 < here < both < len(points)
    assert (seen.count(BEFORE), seen.count_wider(BEFORE)) == (here, both)
