"""The demonstration force has the structure and the numbers that the HMIC report of 2008 published."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from npt.demonstration.places import FORCE_CODE
from npt.organisation.queries import predecessors, successors, units_under
from npt.organisation.rules import Level
from npt.people.rules import PolicingRole
from npt.staffing.queries import cover_of, endings, giving, ratios
from npt.staffing.rules import Answering, GivenWork, Supervision, planned_on
from tests.records.demonstration.loading import TODAY, Loaded


@pytest.mark.parametrize(
    ("code", "constables", "pcsos", "inspectors", "sergeants"),
    [
        ("C", (22, 28), (46, 54), (3, 3), (6, 7)),
        ("J", (46, 48), (60, 68), (7, 7), (13, 13)),
        (FORCE_CODE, (68, 76), (106, 122), (10, 10), (19, 20)),
    ],
)
def test_strength_and_establishment_are_those_of_the_report(
    demonstration: Loaded,
    code: str,
    constables: tuple[int, int],
    pcsos: tuple[int, int],
    inspectors: tuple[int, int],
    sergeants: tuple[int, int],
) -> None:
    staffing = demonstration.staffing(code)
    published = {
        PolicingRole.CONSTABLE: constables,
        PolicingRole.PCSO: pcsos,
        PolicingRole.INSPECTOR: inspectors,
        PolicingRole.SERGEANT: sergeants,
    }
    told = {
        line.role: (line.strength, line.establishment) for line in staffing.roles if line.role in published
    }
    assert told == {role: (Decimal(held), Decimal(funded)) for role, (held, funded) in published.items()}


@pytest.mark.parametrize(("code", "strength", "establishment"), [("C", "11.3", "11.7"), ("J", "8.2", "8.9")])
def test_supervisory_ratios_are_those_of_the_report(
    demonstration: Loaded, code: str, strength: str, establishment: str
) -> None:
    staffing = demonstration.staffing(code)
    assert (str(staffing.ratio_on_strength), str(staffing.ratio_on_establishment)) == (
        strength,
        establishment,
    )


def test_there_are_130_special_constables_and_78_volunteers_for_whom_no_posts_are_recorded(
    demonstration: Loaded,
) -> None:
    staffing = demonstration.staffing(FORCE_CODE)
    specials, volunteers = staffing.of(PolicingRole.SPECIAL), staffing.of(PolicingRole.VOLUNTEER)
    assert (specials.strength, specials.establishment) == (Decimal(130), None)
    assert (volunteers.strength, volunteers.establishment) == (Decimal(78), None)


@pytest.mark.parametrize(
    ("level", "count"), [(Level.BCU, 2), (Level.AREA, 10), (Level.TEAM, 35), (Level.NEIGHBOURHOOD, 88)]
)
def test_there_are_as_many_units_open_today_as_the_report_says(
    demonstration: Loaded, level: Level, count: int
) -> None:
    assert len(demonstration.units(level)) == count


@pytest.mark.parametrize(("code", "areas", "teams"), [("C", 3, 6), ("J", 7, 29)])
def test_each_bcu_has_its_areas_and_teams(demonstration: Loaded, code: str, areas: int, teams: int) -> None:
    path = demonstration.unit(code).path
    under = Counter(unit.level for unit in units_under(demonstration.session, path, as_at=TODAY))
    assert (under[Level.AREA], under[Level.TEAM]) == (areas, teams)


def test_bedford_town_centre_went_from_one_neighbourhood_to_three(demonstration: Loaded) -> None:
    one = demonstration.unit("J110")
    three = successors(demonstration.session, one)
    assert one.closed_on is not None
    assert [unit.code for unit in three] == ["J111", "J112", "J113"]
    assert {unit.opened_on for unit in three} == {one.closed_on + timedelta(days=1)}
    assert predecessors(demonstration.session, three[0]) == [one]


def test_every_neighbourhood_has_a_named_contact_today(demonstration: Loaded) -> None:
    cover = cover_of(
        demonstration.session, demonstration.unit(FORCE_CODE), TODAY, away=lambda _session, _members, _day: {}
    )
    assert len(cover) == 88
    assert {each.answering for each in cover} == {Answering.CONTACT}


def test_the_special_constables_are_fewer_than_the_plan_from_130_to_325_asks_for(
    demonstration: Loaded,
) -> None:
    specials, volunteers = giving(demonstration.session, demonstration.unit(FORCE_CODE), TODAY)
    planned = planned_on(specials.plan, TODAY)
    assert [target.heads for target in specials.targets] == [130, 325]
    assert (specials.heads, volunteers.heads) == (130, 78)
    assert planned is not None
    assert planned > specials.heads
    assert {line.work for line in volunteers.work} >= {GivenWork.FRONT_OFFICE, GivenWork.ADMINISTRATION}


def test_one_bcu_is_over_the_limit_on_supervision_and_the_other_within(demonstration: Loaded) -> None:
    found = ratios(demonstration.session, demonstration.unit(FORCE_CODE), TODAY)
    stands = {line.staffing.unit.code: line.on_strength for line in found.lines}
    assert (stands["C"], stands["J"]) == (Supervision.OVER, Supervision.WITHIN)


def test_postings_end_in_the_coming_half_year_with_and_without_a_successor(demonstration: Loaded) -> None:
    path = demonstration.unit(FORCE_CODE).path
    found = endings(demonstration.session, path, TODAY, within_days=180)
    assert {bool(ending.covered_by) for ending in found} == {True, False}
    assert len(endings(demonstration.session, path, TODAY, within_days=90)) < len(found)


def test_every_team_has_somebody_in_post_and_posts_to_compare_with(demonstration: Loaded) -> None:
    of_teams = [staffing.roles for staffing in map(demonstration.staffing, _codes(demonstration, Level.TEAM))]
    thin = [
        line
        for roles in of_teams
        for line in roles
        if line.role in (PolicingRole.CONSTABLE, PolicingRole.PCSO)
        and not (line.strength and line.establishment)
    ]
    assert thin == []


def _codes(demonstration: Loaded, level: Level) -> list[str]:
    return [unit.code for unit in demonstration.units(level)]
