"""Whom a network stands for, as it stood on the last day of a quarter, held against who lives there."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from npt.communities.actions import record_population
from npt.communities.rules import CodeSystem
from npt.kin.actions import carry_over, leave, merge
from npt.kin.queries import NetworkMix, kin_counts, network_mix
from npt.kin.rules import LeaveReason, Sector, Status
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from tests import make
from tests.records.kin_desk import DAY, NOBODY, ago, community, join

WHITE, ASIAN = "White", "Asian or Asian British"


@pytest.fixture
def team(session: Session) -> Unit:
    return make.team(session, code="T1")


@pytest.fixture
def places(session: Session, team: Unit) -> tuple[Unit, Unit]:
    """N1 with 1,000 people and N2 with 3,000; a tenth of N1 is Polish, and half of both Asian."""
    found = tuple(make.neighbourhood(session, under=team, code=code) for code in ("N1", "N2"))
    for unit, people in zip(found, (1_000, 3_000), strict=True):
        record_population(
            session,
            neighbourhood=unit,
            as_at=make.START,
            codes=CodeSystem.EIGHTEEN,
            source="census",
            people={"W": people // 2, "A": people // 2, "M": 0, "B": 0, "O": 0},
            today=DAY,
        )
    polish = {"share": Decimal("10"), "as_at": make.START, "starts_on": make.START}
    community(session, found[0], "Polish", **polish)
    return found[0], found[1]


def mixed(session: Session, unit: Unit, day: date = DAY) -> NetworkMix:
    (found,) = network_mix(session, unit, day)
    return found


def heard(mix: NetworkMix) -> dict[str, int]:
    return {row.name: row.heard for row in (*mix.communities.rows, *mix.ethnicities.rows)}


def test_a_team_is_held_against_the_people_of_its_neighbourhoods_together(
    session: Session, team: Unit, places: tuple[Unit, Unit]
) -> None:
    for number in range(6):
        join(session, places[number % 2], f"Person {number}", ethnicity="W")
    join(session, places[0], "Ann", ethnicity="A4")
    join(session, places[0], "Ben", ethnicity="NS")
    join(session, places[0], "Cal")
    mix = mixed(session, team)
    (polish,) = mix.communities.rows
    assert (polish.share, polish.of, polish.heard) == (Fraction(100, 4_000), 9, 0)
    assert [each.name for each in mix.nobody_for] == ["Polish"]
    by_name = {row.name: row for row in mix.ethnicities.rows}
    assert (by_name[WHITE].heard, by_name[ASIAN].heard, by_name[ASIAN].expected) == (6, 1, Fraction(7, 2))
    assert (mix.ethnicities.of, mix.ethnicities.not_stated, mix.ethnicities.not_asked) == (7, 1, 1)
    assert mix.sectors[Sector.FAITH] == 9


def test_a_quarter_counts_who_was_in_the_network_on_its_last_day(
    session: Session, places: tuple[Unit, Unit]
) -> None:
    there = [community(session, places[0], "Traders", starts_on=make.START)]
    gone = join(session, places[0], "Ann", recorded_on=ago(100), communities=there)
    leave(session, gone, left_on=ago(50), left_because=LeaveReason.MOVED, today=DAY)
    join(session, places[0], "Ben", recorded_on=ago(20), communities=there)
    join(session, places[0], "Cal", is_active=False, recorded_on=ago(100), communities=there)
    assert [heard(mixed(session, places[0], ago(days)))["Traders"] for days in (101, 60, 50, 30, 0)] == [
        0,
        1,
        1,
        0,
        1,
    ]


def test_who_was_carried_over_counts_where_they_were_before(
    session: Session, team: Unit, places: tuple[Unit, Unit]
) -> None:
    moved = join(session, places[0], "Ann", recorded_on=ago(100))
    north = make.neighbourhood(session, under=team, code="N9", opened_on=ago(9))
    close_unit(session, places[0], on=ago(10), taken_over_by=[north])
    carry_over(session, closed=places[0], to={moved.id: "N9"}, left=[])
    assert [len(mixed(session, unit, ago(11)).voices) for unit in (places[0], north)] == [1, 0]
    assert [len(mixed(session, unit, DAY).voices) for unit in (places[0], north)] == [0, 1]


def test_who_is_recorded_twice_counts_once_after_the_merge(
    session: Session, places: tuple[Unit, Unit]
) -> None:
    both = [join(session, places[0], "Ann", recorded_on=ago(9), may_be_twice=True) for _ in range(2)]
    merge(session, *both, stamp=NOBODY)
    assert len(mixed(session, places[0]).voices) == 1


def test_a_wider_unit_has_the_mix_of_each_team_beside_its_own(
    session: Session, team: Unit, places: tuple[Unit, Unit]
) -> None:
    join(session, places[0], "Ann")
    area = session.get_one(Unit, team.parent_id)
    other = make.team(session, under=area, code="T2")
    whole, own, beside = network_mix(session, area, DAY, [team, other])
    assert [len(each.voices) for each in (whole, own, beside)] == [1, 1, 0]
    assert [each.name for each in own.nobody_for] == ["Polish"]
    assert beside.communities.rows == []


def test_programs_are_told_numbers(session: Session, places: tuple[Unit, Unit]) -> None:
    there = [community(session, places[0], "Traders")]
    join(session, places[0], "Ann", communities=there, recorded_on=ago(181))
    join(session, places[0], "Ben", communities=there)
    join(session, places[0], "Cal", is_active=False, communities=there)
    counts = kin_counts(session, places[0], DAY)
    assert counts.statuses == {
        Status.PROPOSED: 1,
        Status.ACTIVE: 1,
        Status.DORMANT: 1,
        Status.LEFT: 0,
    }
    assert counts.communities == [("Traders", 2)]
    assert counts.sectors[Sector.FAITH] == 2
