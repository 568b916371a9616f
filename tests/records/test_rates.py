"""Rates, the month page's figures and the records behind them, on small hand-made duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from npt.counting.models import Definition, DefinitionReason
from npt.counting.queries import definition_coded
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.exchange import RATE_COLUMNS, rate_lines, rates_as_json
from npt.performance.queries import (
    Asked,
    FigureBehind,
    MonthPage,
    Order,
    Shown,
    UnknownDefinition,
    figure_behind,
    month_page,
    rates,
)
from npt.performance.rules import Breakdown, RateRow
from npt.shifts.models import Reason
from tests import make
from tests.world import HomeForce, world

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 16)


@dataclass
class Place:
    """An area with two teams; a constable and a PCSO in the first."""

    area: Unit
    first: Unit
    second: Unit
    constable: Member
    pcso: Member


@pytest.fixture
def place(session: Session) -> Place:
    area = make.area(session, code="A1")
    first = make.team(session, under=area, code="T1")
    second = make.team(session, under=area, code="T2")
    return Place(
        area,
        first,
        second,
        make.member(session, role=PolicingRole.CONSTABLE, team=first),
        make.member(session, role=PolicingRole.PCSO, team=first),
    )


def worked(session: Session, member: Member, day: str, *away: tuple[str, str, str]) -> None:
    """A ten-hour shift from 08:00 on the day, with (from, to, reason) away."""
    shift = make.shift(session, member=member, starts=f"{day}T08:00", ends=f"{day}T18:00")
    for starts, ends, reason in away:
        make.away(session, shift=shift, starts=f"{day}T{starts}", ends=f"{day}T{ends}", reason=reason)


def of(
    session: Session,
    unit: Unit,
    *,
    each: Level | None = None,
    by: Breakdown = Breakdown.GROUP,
    definition: str = "",
) -> list[RateRow]:
    return rates(
        session,
        unit=unit,
        first=OCTOBER,
        last=OCTOBER,
        each=each,
        definition=definition or DEFAULT_DEFINITION,
        by=by,
    )


def page(session: Session, unit: Unit, *, month: Month = OCTOBER, **more: object) -> MonthPage:
    asked: dict[str, object] = {"today": TODAY, "definition": DEFAULT_DEFINITION, **more}
    return month_page(session, unit, month, **asked)  # type: ignore[arg-type]  # a test names real arguments


# Rates ------------------------------------------------------------------------------------------------------


def test_every_unit_group_and_month_has_its_row_also_without_duty(session: Session, place: Place) -> None:
    rows = rates(
        session,
        unit=place.area,
        first=Month(2026, 9),
        last=OCTOBER,
        each=Level.TEAM,
        definition=DEFAULT_DEFINITION,
    )
    found = [(row.unit, row.group, str(row.month), row.rate.percentage(4), row.within) for row in rows]
    assert found == [
        (unit, group, month, None, None)
        for unit in ("T1", "T2")
        for group in ("officers", "pcsos")
        for month in ("2026-09", "2026-10")
    ]


def test_a_unit_that_is_asked_for_has_rows_for_months_in_which_it_did_not_stand(session: Session) -> None:
    team = make.team(session, opened_on=date(2026, 11, 1))
    assert [row.group for row in of(session, team)] == ["officers", "pcsos"]


def test_each_unit_of_a_level_is_each_that_stood_in_that_month(session: Session, place: Place) -> None:
    make.team(session, under=place.area, code="T0", closed_on=date(2026, 9, 30))
    make.team(session, under=place.area, code="T3", opened_on=date(2026, 10, 31))
    assert {row.unit for row in of(session, place.area, each=Level.TEAM)} == {"T1", "T2", "T3"}


def test_the_four_roles_with_a_target_have_a_row_each(session: Session, place: Place) -> None:
    worked(session, place.constable, "2026-10-05", ("09:00", "12:00", "response"))
    rows = {row.group: row for row in of(session, place.first, by=Breakdown.ROLE)}
    assert list(rows) == ["constable", "inspector", "pcso", "sergeant"]
    assert (rows["constable"].abstracted, rows["constable"].denominator) == (180, 600)
    assert {role: row.target for role, row in rows.items()} == {
        "constable": 20,
        "inspector": 20,
        "pcso": 5,
        "sergeant": 20,
    }


def test_every_reason_that_counts_has_its_row_and_they_add_up(session: Session, place: Place) -> None:
    worked(
        session, place.constable, "2026-10-05", ("09:00", "12:00", "response"), ("13:00", "14:00", "training")
    )
    rows = [row for row in of(session, place.first, by=Breakdown.REASON) if row.group == "officers"]
    reasons = [row.reason for row in rows]
    assert len(reasons) == 11
    assert reasons == sorted(reasons, key=str)
    assert {"training", "court", "leave"}.isdisjoint(reasons)
    assert {row.reason: row.abstracted for row in rows if row.abstracted} == {"response": 180}
    assert {row.denominator for row in rows} == {600}
    all_lost = of(session, place.first, by=Breakdown.REASON, definition="all-time-lost")
    assert {row.reason for row in all_lost} >= {"training", "leave", "sickness", "rest-day", "other-absence"}


def test_a_definition_that_changes_in_mid_month_counts_each_day_as_it_stood_then(
    session: Session, place: Place
) -> None:
    for day in ("2026-10-14", "2026-10-15"):
        worked(session, place.constable, day, ("09:00", "10:00", "training"))
    training = session.scalars(select(Reason.id).where(Reason.code == "training")).one()
    local = session.scalars(select(Definition.id).where(Definition.code == DEFAULT_DEFINITION)).one()
    session.add(
        DefinitionReason(definition_id=local, reason_id=training, starts_on=date(2026, 10, 15), counts=True)
    )
    session.flush()
    officers = of(session, place.first)[0]
    assert (officers.abstracted, officers.denominator) == (60, 1200)
    reasons = {row.reason: row.abstracted for row in of(session, place.first, by=Breakdown.REASON)[:12]}
    assert reasons["training"] == 60
    found = behind(session, place.first, Asked(group=RoleGroup.OFFICERS))
    assert found.records is not None
    assert found.records.minutes == found.lost == 60


def test_a_definition_that_is_not_there_is_refused(session: Session, place: Place) -> None:
    with pytest.raises(UnknownDefinition, match="no definition with the code “mine”"):
        of(session, place.area, definition="mine")


def test_rates_as_json_are_what_scripts_rely_on(session: Session, place: Place) -> None:
    worked(session, place.constable, "2026-10-05", ("09:00", "09:07", "response"))
    make.confirmation(session, unit=place.first, day=date(2026, 10, 5))
    officers, pcsos = rates_as_json(of(session, place.first))
    assert officers == {
        "unit": "T1",
        "level": "team",
        "group": "officers",
        "month": "2026-10",
        "definition": "local-2008",
        "duty_minutes": 600,
        "abstracted_minutes": 7,
        "rate": "1.1667",
        "target": 20,
        "within": True,
        "coverage": "100.0000",
    }
    assert (pcsos["duty_minutes"], pcsos["rate"], pcsos["within"], pcsos["coverage"]) == (0, None, None, None)


def test_the_table_of_rates_has_a_cell_for_every_column(session: Session, place: Place) -> None:
    lines = rate_lines(of(session, place.area, by=Breakdown.REASON))
    assert {len(line) for line in lines} == {len(RATE_COLUMNS)}


# The month --------------------------------------------------------------------------------------------------


def test_the_month_holds_the_units_of_that_month(session: Session, place: Place) -> None:
    make.team(session, under=place.area, code="T0", closed_on=date(2026, 10, 1))
    make.team(session, under=place.area, code="T3", opened_on=date(2026, 11, 1))
    children = page(session, place.area, order=Order.NAME).children
    assert [child.unit.code for child in children] == ["T0", "T1", "T2"]
    assert children[0].staffing is None


def test_staffing_of_a_past_month_is_that_of_its_last_day_and_of_this_month_todays(
    session: Session, place: Place
) -> None:
    assert page(session, place.area).as_at == date(2026, 10, 31)
    assert page(session, place.area, month=Month(2026, 11)).as_at == TODAY


def test_what_is_out_of_line_comes_first(session: Session, place: Place) -> None:
    other = make.member(session, role=PolicingRole.PCSO, team=place.second)
    worked(session, place.pcso, "2026-10-05", ("09:00", "09:10", "response"))
    worked(session, other, "2026-10-05", ("09:00", "11:00", "response"))
    assert [child.unit.code for child in page(session, place.area).children] == ["T2", "T1"]


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        (Order.NAME, ["T1", "T2"]),
        (Order.PCSOS, ["T1", "T2"]),
        (Order.VACANCY, ["T2", "T1"]),
        (Order.COVERAGE, ["T1", "T2"]),
    ],
)
def test_the_units_can_be_put_in_another_order(
    session: Session, place: Place, order: Order, codes: Sequence[str]
) -> None:
    worked(session, place.pcso, "2026-10-05")
    make.establishment(session, unit=place.second, role=PolicingRole.PCSO)
    assert [child.unit.code for child in page(session, place.area, order=order).children] == codes


def test_the_trend_is_of_thirteen_months_and_keeps_the_unknown_unknown(
    session: Session, place: Place
) -> None:
    worked(session, place.constable, "2025-10-06", ("08:00", "09:00", "response"))
    worked(session, place.constable, "2025-09-30", ("08:00", "18:00", "response"))
    officers = page(session, place.area).groups[0]
    assert [str(row.month) for row in (officers.trend[0], officers.trend[-1])] == ["2025-10", "2026-10"]
    assert [row.rate.percentage(1) for row in officers.trend] == ["10.0"] + [None] * 12


def test_why_members_were_absent_is_one_line_for_whoever_may_not_know(session: Session, place: Place) -> None:
    worked(session, place.pcso, "2026-10-05", ("08:00", "12:00", "sickness"), ("12:00", "13:00", "leave"))
    hidden = page(session, place.area, definition="all-time-lost").groups[1]
    assert [(reason.code, reason.name, reason.minutes) for reason in hidden.reasons] == [
        (None, "Absence", 300)
    ]
    named = page(session, place.area, definition="all-time-lost", names_absence=True).groups[1]
    assert [(reason.code, reason.minutes) for reason in named.reasons] == [("sickness", 240), ("leave", 60)]


@pytest.fixture(params=[1, 2])
def force_of_any_size(request: pytest.FixtureRequest, session: Session) -> HomeForce:
    home = world(session, scale=request.param).home
    for month in ("2026-08", "2026-09", "2026-10")[: request.param]:
        for member in home.members[PolicingRole.CONSTABLE]:
            worked(session, member, f"{month}-05", ("09:00", "10:00", "response"))
    session.commit()
    session.refresh(home.force)
    return home


def test_the_month_takes_the_same_few_statements_for_any_force(
    session: Session, force_of_any_size: HomeForce
) -> None:
    statements: list[str] = []
    event.listen(
        session.connection(), "before_cursor_execute", lambda _c, _k, text, *_: statements.append(text)
    )
    page(session, force_of_any_size.force)
    assert len(statements) == 11


# The records behind a figure --------------------------------------------------------------------------------


def behind(
    session: Session, unit: Unit, asked: Asked, shown: Shown = Shown.LOST, number: int = 1
) -> FigureBehind:
    definition = definition_coded(session, DEFAULT_DEFINITION)
    assert definition is not None
    found = figure_behind(
        session, unit, OCTOBER, asked, definition=definition, shown=shown, page=Page(number, 50)
    )
    assert found is not None
    return found


def test_the_records_behind_a_figure_add_up_to_it(session: Session, place: Place) -> None:
    worked(
        session, place.constable, "2026-10-05", ("09:00", "12:00", "response"), ("13:00", "14:00", "court")
    )
    worked(session, place.constable, "2026-10-06", ("08:00", "18:00", "leave"))
    worked(session, place.pcso, "2026-10-05", ("09:00", "12:00", "response"))
    (row, _) = of(session, place.area)
    found = behind(session, place.area, Asked(group=RoleGroup.OFFICERS))
    assert found.records is not None
    assert found.records.minutes == found.lost == row.abstracted == 180
    assert found.denominator == found.rostered - found.absent == row.denominator == 600
    assert [record.reason_code for record in found.records.records] == ["response"]


def test_the_shifts_behind_a_figure_add_up_to_its_denominator(session: Session, place: Place) -> None:
    worked(session, place.constable, "2026-10-05", ("08:00", "10:00", "leave"))
    worked(session, place.constable, "2026-10-06")
    found = behind(session, place.area, Asked(role=PolicingRole.CONSTABLE), Shown.SHIFTS)
    assert sum(shift.minutes - shift.absent for shift in found.duties) == found.denominator == 1080
    assert found.total == len(found.duties) == 2


def test_absence_is_listed_apart(session: Session, place: Place) -> None:
    worked(session, place.constable, "2026-10-05", ("08:00", "10:00", "leave"), ("10:00", "11:00", "custody"))
    found = behind(session, place.area, Asked(), Shown.ABSENCE)
    assert found.records is not None
    assert [record.reason_code for record in found.records.records] == ["leave"]
    assert found.records.minutes == found.absent == 120


def test_a_reason_that_is_not_there_has_no_records(session: Session, place: Place) -> None:
    definition = definition_coded(session, DEFAULT_DEFINITION)
    assert definition is not None
    assert figure_behind(session, place.area, OCTOBER, Asked(reason="mine"), definition=definition) is None
