"""Units merge and split in mid-month: the sums of the parts before and after are the sum of the whole."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.commands.files import EXPORTS, take_in
from npt.counting.rollup.settle import differences
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.organisation.actions import close_unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.exchange import headrooms_as_json, rates_as_json
from npt.performance.queries import headroom_page, headrooms_under, month_page
from npt.sheets.writing import write
from npt.shifts.attribution import StillConfirmed
from npt.staffing.queries import staffing_of
from npt.store.exchange import ExportOrder, ImportOrder
from tests import make
from tests.conftest import Engines
from tests.records.desk import NOW
from tests.records.november import NOVEMBER
from tests.records.reorganisation import CONFIRMER, Structure, build, move, of, summed, take_over

OCTOBER = Month(2026, 10)
TODAY = date(2026, 11, 16)
TENTH, FIFTEENTH = date(2026, 11, 10), date(2026, 11, 15)


@pytest.fixture
def before(session: Session) -> Structure:
    made = build(session)
    session.commit()
    return made


@pytest.fixture
def after(session: Session, before: Structure) -> Structure:
    """T1 and T2 have become T9 on the 15th; T3 became T31, T32 and T33 on the 10th."""
    reorganise(session, before)
    return before


def reorganise(session: Session, structure: Structure) -> None:
    first, second, third, *_ = structure.teams
    take_over(session, [third], ["T31", "T32", "T33"], TENTH)
    take_over(session, [first, second], ["T9"], FIFTEENTH)
    session.commit()


# Merged and split -------------------------------------------------------------------------------------------


def test_the_month_of_an_area_is_the_sum_of_before_and_after(session: Session, before: Structure) -> None:
    area, others = before.areas
    was = {unit.code: summed(of(session, unit, NOVEMBER)) for unit in (area, others, before.bcu)}
    reorganise(session, before)
    for unit in (area, others, before.bcu):
        assert summed(of(session, unit, NOVEMBER)) == was[unit.code]
    assert was["A1"]["officers ", "duty"] > 0
    assert differences(session) == []


def test_the_month_page_lists_closed_and_new_teams_each_with_its_own_part(
    session: Session, after: Structure
) -> None:
    area = after.areas[0]
    page = month_page(session, area, NOVEMBER, today=TODAY, definition=DEFAULT_DEFINITION)
    shifts = {
        child.unit.code: {group: row.coverage.whole for group, row in child.rows.items()}
        for child in page.children
    }
    officers, pcsos = RoleGroup.OFFICERS, RoleGroup.PCSOS
    assert shifts == {
        # Constable, sergeant and PCSO on the 3rd, 9th, 10th and 14th; then on the 15th and 24th.
        "T1": {officers: 8, pcsos: 4},
        "T2": {officers: 8, pcsos: 4},
        "T9": {officers: 8, pcsos: 4},
        # Until the 9th; from then on one each (the special constable, dealt to the first again, counts not).
        "T3": {officers: 4, pcsos: 2},
        "T31": {officers: 4, pcsos: 0},
        "T32": {officers: 0, pcsos: 4},
        "T33": {officers: 4, pcsos: 0},
        "T4": {officers: 12, pcsos: 6},
    }
    standing = {child.unit.code for child in page.children if child.staffing is not None}
    assert standing == {"T4", "T9", "T31", "T32", "T33"}


@pytest.mark.parametrize("by", ["group", "role", "reason"])
def test_the_parts_of_every_level_add_up_to_the_whole(session: Session, after: Structure, by: str) -> None:
    whole = summed(of(session, after.force, NOVEMBER, by=by))
    for level in (Level.FORCE, Level.BCU, Level.AREA):
        assert summed(of(session, after.force, NOVEMBER, each=level, by=by)) == whole


def test_the_teams_of_a_force_and_the_inspectors_of_its_areas_are_all_of_it(
    session: Session, after: Structure
) -> None:
    by_role = of(session, after.force, NOVEMBER, each=Level.TEAM, by="role")
    for area in after.areas:
        by_role += [row for row in of(session, area, NOVEMBER, by="role") if row.group == "inspector"]
    assert summed(by_role) == summed(of(session, after.force, NOVEMBER, by="role"))


def test_headroom_used_and_planned_of_the_parts_add_up_too(session: Session, after: Structure) -> None:
    page = headroom_page(session, after.areas[0], NOVEMBER, today=TODAY, definition=DEFAULT_DEFINITION)
    codes = [unit.code for unit in page.children]
    assert codes == ["T1", "T2", "T3", "T31", "T32", "T33", "T4", "T9"]
    parts = [room.forecast for room in page.under[RoleGroup.PCSOS]]
    whole = page.own[RoleGroup.PCSOS].forecast
    assert whole.room.used == sum(part.room.used for part in parts) > 0
    assert whole.room.planned == sum(part.room.planned for part in parts) > 0
    assert whole.denominator_gone == sum(part.denominator_gone for part in parts)
    assert whole.denominator_ahead == sum(part.denominator_ahead for part in parts)
    for room in (*page.own.values(), *(room for rooms in page.under.values() for room in rooms)):
        found = room.forecast.room
        assert found.left + found.used + found.planned == found.target * found.denominator // 100


def test_a_closed_team_is_owed_nothing_after_its_last_day(session: Session, after: Structure) -> None:
    page = headroom_page(session, after.teams[0], NOVEMBER, today=TODAY, definition=DEFAULT_DEFINITION)
    assert page.own[RoleGroup.OFFICERS].forecast.denominator_ahead == 0
    assert page.has_stood
    december = headroom_page(
        session, after.teams[0], Month(2026, 12), today=TODAY, definition=DEFAULT_DEFINITION
    )
    assert not december.has_stood


def test_rates_and_headroom_of_a_past_month_are_unchanged_by_a_later_merge(
    session: Session, before: Structure
) -> None:
    def figures() -> list[object]:
        found: list[object] = []
        for unit in (before.force, before.areas[0], before.teams[0]):
            for each in (None, Level.TEAM):
                found += rates_as_json(of(session, unit, OCTOBER, each=each))
                found += headrooms_as_json(
                    headrooms_under(
                        session,
                        unit=unit,
                        month=OCTOBER,
                        today=TODAY,
                        each=each,
                        definition=DEFAULT_DEFINITION,
                    )
                )
        children = month_page(
            session, before.areas[0], OCTOBER, today=TODAY, definition=DEFAULT_DEFINITION
        ).children
        return [*found, sorted(child.unit.code for child in children)]

    was = figures()
    reorganise(session, before)
    assert figures() == was


def test_staffing_is_of_the_structure_of_its_day(session: Session, after: Structure) -> None:
    def seen(day: date) -> tuple[list[str], object]:
        found = staffing_of(session, after.areas[0], day, with_children=True)
        children = found.children
        for role in PolicingRole:
            if role is not PolicingRole.INSPECTOR:
                parts = sum(child.of(role).strength for child in children)
                assert found.of(role).strength == parts
        return [child.unit.code for child in children], [line.strength for line in found.roles]

    (ninth, fourteenth, fifteenth) = (seen(date(2026, 11, day)) for day in (9, 14, 15))
    assert ninth[0] == ["T1", "T2", "T3", "T4"]
    assert fourteenth[0] == ["T1", "T2", "T31", "T32", "T33", "T4"]
    assert fifteenth[0] == ["T31", "T32", "T33", "T4", "T9"]
    assert ninth[1] == fourteenth[1] == fifteenth[1]


def test_a_team_does_not_close_before_a_day_that_it_has_confirmed(
    session: Session, before: Structure
) -> None:
    team = before.teams[0]
    for posting in session.scalars(select(Posting).where(Posting.unit_id == team.id)):
        move(session, posting, before.teams[1], date(2026, 11, 9))
    with pytest.raises(StillConfirmed, match=r"T1 has confirmed 9 November 2026.*\(1 in all\)"):
        close_unit(session, team, on=date(2026, 11, 8))


# Out and in again -------------------------------------------------------------------------------------------

#: The number of the first member, whose account confirmed days.
FIRST = "10"
KINDS = ("units", "members", "postings", "establishment", "duty", "away", "confirmations")


def export_all(session: Session, folder: Path, month: Month | None = None) -> dict[str, list[str]]:
    """Every kind as a file in the folder; its lines."""
    for kind in KINDS:
        rows = EXPORTS[kind].rows(session, ExportOrder(None, month, TODAY))
        write(folder / f"{kind}.csv", EXPORTS[kind].shape.names, rows)
    return {kind: (folder / f"{kind}.csv").read_text(encoding="utf-8").splitlines() for kind in KINDS}


def test_what_is_exported_makes_the_same_force_where_there_was_none(
    session: Session, after: Structure, engines: Engines, engine_name: str, tmp_path: Path
) -> None:
    def figures() -> list[object]:
        force = unit_at(session, "F")
        assert force is not None
        rows = of(session, force, NOVEMBER, each=Level.TEAM, by="reason") + of(session, force, OCTOBER)
        return [*rates_as_json(rows)]

    was, written = figures(), export_all(session, tmp_path)
    assert all(len(lines) > 1 for lines in written.values())
    bind = session.connection().engine
    session.close()
    bind.dispose()
    engines.get(engine_name).renew()
    for kind in KINDS:
        taken = take_in(session, kind, tmp_path / f"{kind}.csv", ImportOrder(False, NOW, TODAY))
        assert taken.problems == []
        assert taken.outcome.added == len(written[kind]) - 1
        if kind == "members":
            first = session.scalars(select(Member).where(Member.number == FIRST)).one()
            make.account(session, email=CONFIRMER, member=first)
        session.commit()
    assert figures() == was
    assert export_all(session, tmp_path) == written


def test_a_month_is_exported_with_every_unit_and_posting_that_it_had(
    session: Session, after: Structure, tmp_path: Path
) -> None:
    units = [line.split(",")[0] for line in export_all(session, tmp_path, NOVEMBER)["units"][1:]]
    assert {"T1", "T3", "T9", "T31"} <= set(units)
    december = [line.split(",")[0] for line in export_all(session, tmp_path, Month(2026, 12))["units"][1:]]
    assert {"T1", "T2", "T3"}.isdisjoint(december)
    assert {"T9", "T31", "T32", "T33", "T4"} <= set(december)
