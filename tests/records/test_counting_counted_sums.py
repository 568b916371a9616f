"""Sums that the database counts under a definition are those that the rules count, part by part."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.models import DefinitionReason
from npt.counting.queries import CountedSum, counted_sums
from npt.counting.rollup.read import whole_sums
from npt.counting.rules import SHIPPED_DEFINITIONS, rate_of
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup
from npt.store.transaction import writing
from tests import make
from tests.records.november import NOVEMBER, busy_team, counts_from, defined, eight_hours

OCTOBER = Month(2026, 10)
GROUPS = {group.value: tuple(role for role in PolicingRole if role in group.roles) for group in RoleGroup}


@pytest.fixture
def units(session: Session) -> list[Unit]:
    """A busy team and the area above it, saved; court begins to count in the middle of November."""
    session.rollback()
    with writing(session):
        team = busy_team(session)
        constable = make.member(session, team=team)
        eight_hours(session, constable, "2026-10-05", "training", 3)
        eight_hours(session, constable, "2026-11-03", "court", 1)
        eight_hours(session, constable, "2026-11-17", "court", 2)
        eight_hours(session, constable, "2026-11-18", "leave", 8)
        make.confirmation(session, unit=team, day=date(2026, 11, 17))
        for code in ("local-2008", "inspectorate"):
            counts_from(session, code, "court", date(2026, 11, 16), code == "local-2008")
        paths = [team.path, team.path.rsplit("/", 2)[0] + "/"]
    return list(session.scalars(select(Unit).where(Unit.path.in_(paths)).order_by(Unit.path)))


def by_the_rules(session: Session, units: list[Unit], code: str) -> dict[tuple[int, str, date], CountedSum]:
    """What the rules count in the sums by role and reason."""
    definition = defined(session, code)
    found: dict[tuple[int, str, date], CountedSum] = {}
    for part in whole_sums(session, [unit.path for unit in units], OCTOBER, NOVEMBER):
        for group, roles in GROUPS.items():
            if part.role in roles:
                assert (part.unit_id, group, part.first) not in found, "one role a group is enough here"
                rate = rate_of(part.tally, definition.on(part.first))
                found[part.unit_id, group, part.first] = CountedSum(
                    part.unit_id,
                    group,
                    part.first,
                    rate.abstracted,
                    rate.denominator,
                    part.shifts,
                    part.confirmed_shifts,
                )
    return found


def counted(session: Session, units: list[Unit], code: str) -> dict[tuple[int, str, date], CountedSum]:
    sums = counted_sums(session, units, OCTOBER, NOVEMBER, defined(session, code), GROUPS)
    return {(each.unit_id, each.group, each.first): each for each in sums}


@pytest.mark.parametrize("code", [definition.code for definition in SHIPPED_DEFINITIONS])
def test_the_database_counts_as_the_rules_do(session: Session, units: list[Unit], code: str) -> None:
    found = counted(session, units, code)
    assert found == by_the_rules(session, units, code)
    assert len(found) == 8  # two units: October, both halves of November, and PCSOs in the first half


def test_court_counts_from_the_day_on_which_the_definition_changed(
    session: Session, units: list[Unit]
) -> None:
    found = counted(session, units, "local-2008")
    team = units[-1]
    halves = [found[team.id, "officers", day].lost for day in (NOVEMBER.first, date(2026, 11, 16))]
    assert halves == [60, 240]  # response alone; then the event and court


def test_inside_a_transaction_that_changed_something_the_count_is_the_same(
    session: Session, units: list[Unit]
) -> None:
    before = counted(session, units, "all-time-lost")
    session.add(
        DefinitionReason(
            definition_id=1,
            reason_id=session.scalars(select(DefinitionReason.reason_id)).first(),
            starts_on=date(2030, 1, 1),
            counts=False,
        )
    )
    session.flush()
    assert counted(session, units, "all-time-lost") == before


def test_no_unit_has_no_count(session: Session) -> None:
    assert counted_sums(session, [], OCTOBER, NOVEMBER, defined(session), GROUPS) == []
