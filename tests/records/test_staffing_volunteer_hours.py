"""Time that special constables and volunteers give: who they are, what they do, the plan, the file."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.people.models import Posting
from npt.people.rules import PolicingRole, PostingKind
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.staffing.actions import TargetOutOfRange, TargetThere, set_target
from npt.staffing.exchange import EXPORTS, IMPORTS
from npt.staffing.queries import givers, giving
from npt.staffing.rules import GivenWork
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make

DAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
SPECIAL, VOLUNTEER = PolicingRole.SPECIAL, PolicingRole.VOLUNTEER


def bring_in(session: Session, folder: Path, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / "hours.csv"
    path.write_text("number,date,minutes,role\n" + rows, encoding="utf-8")
    kind = IMPORTS["hours"]
    table = read(path, kind.shape)
    assert table.problems == []
    return kind.save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


def special(session: Session, number: str = "S1") -> Posting:
    member = make.member(session, number=number)
    return make.posting(session, member=member, role=SPECIAL, unit=make.team(session, code=f"T{number}"))


# At the unit ------------------------------------------------------------------------------------------------


def test_time_belongs_to_the_unit_of_the_posting_that_counts_on_its_day(session: Session) -> None:
    area = make.area(session)
    first, second = make.team(session, under=area), make.team(session, under=area)
    member = make.member(session, role=SPECIAL, team=first)
    make.posting(
        session, member=member, unit=second, role=SPECIAL, kind=PostingKind.ATTACHMENT, starts_on=DAY
    )
    make.given_time(session, member=member, day=DAY - timedelta(days=1), minutes=60)
    make.given_time(session, member=member, day=DAY, minutes=90)
    minutes = [giving(session, unit, DAY)[0].minutes for unit in (first, second, area)]
    assert minutes == [60, 90, 150]


def test_time_of_somebody_with_two_postings_counts_once(session: Session) -> None:
    area = make.area(session)
    member = make.member(session)
    for _ in range(2):
        make.posting(session, member=member, unit=make.team(session, under=area), role=VOLUNTEER, fte="0.50")
    make.given_time(session, member=member, day=DAY, work=GivenWork.FRONT_OFFICE, minutes=100)
    (_, volunteers) = giving(session, area, DAY)
    assert (volunteers.heads, volunteers.minutes) == (1, 100)


def test_work_is_told_by_month_and_the_commonest_first(session: Session) -> None:
    posting = special(session)
    for day, work, minutes in (
        (date(2026, 10, 3), GivenWork.PATROL, 60),
        (date(2026, 10, 31), GivenWork.PATROL, 30),
        (date(2026, 11, 1), GivenWork.TRAINING, 120),
        (date(2025, 10, 31), GivenWork.EVENT, 999),
    ):
        make.given_time(session, member=posting.member, day=day, work=work, minutes=minutes)
    unit = posting.unit
    work_lines = giving(session, unit, DAY)[0].work
    assert [(line.work, dict(line.by_month)) for line in work_lines] == [
        (GivenWork.TRAINING, {Month(2026, 11): 120}),
        (GivenWork.PATROL, {Month(2026, 10): 90}),
    ]
    (giver,) = givers(session, unit.path, DAY)
    assert (giver.member.number, giver.minutes, giver.work) == (
        "S1",
        210,
        (GivenWork.TRAINING, GivenWork.PATROL),
    )


def test_who_gave_no_time_is_listed_with_none(session: Session) -> None:
    (giver,) = givers(session, special(session).unit.path, DAY)
    assert (giver.minutes, giver.work) == (0, ())


# The plan ---------------------------------------------------------------------------------------------------


def test_heads_are_shown_from_the_first_day_of_the_plan(session: Session) -> None:
    team = make.team(session)
    for first in (make.START, date(2026, 6, 1)):
        make.posting(session, unit=team, role=SPECIAL, starts_on=first)
    set_target(session, unit=team, role=SPECIAL, due_on=date(2024, 3, 1), heads=1)
    set_target(session, unit=team, role=SPECIAL, due_on=date(2030, 3, 1), heads=5)
    specials, volunteers = giving(session, team, DAY)
    assert specials.heads_by_day[0] == (date(2024, 3, 31), 1)
    assert specials.heads_by_day[-1] == (DAY, 2)
    assert [(target.due_on.year, target.heads) for target in specials.plan] == [(2024, 1), (2030, 5)]
    assert len(volunteers.heads_by_day) == 13


def test_a_plan_is_for_people_who_give_time_with_one_target_a_day(session: Session) -> None:
    team = make.team(session)
    with pytest.raises(TargetOutOfRange, match="constables have an establishment"):
        set_target(session, unit=team, role=PolicingRole.CONSTABLE, due_on=DAY, heads=5)
    with pytest.raises(TargetOutOfRange):
        set_target(session, unit=team, role=SPECIAL, due_on=DAY, heads=-1)
    set_target(session, unit=team, role=SPECIAL, due_on=DAY, heads=5)
    with pytest.raises(TargetThere):
        set_target(session, unit=team, role=SPECIAL, due_on=DAY, heads=6)


# The file ---------------------------------------------------------------------------------------------------


def test_the_same_file_of_hours_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    special(session)
    rows = "S1,2026-11-01,240,patrol\nS1,2026-11-01,60,training\n"
    assert counts(bring_in(session, tmp_path, rows)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, rows)) == (0, 0, 2)


def test_other_minutes_for_known_time_need_leave_to_change_it(session: Session, tmp_path: Path) -> None:
    special(session)
    bring_in(session, tmp_path, "S1,2026-11-01,240,patrol\n")
    refused = bring_in(session, tmp_path, "S1,2026-11-01,200,patrol\n")
    assert [(problem.line, problem.column) for problem in refused.problems] == [(2, "minutes")]
    assert "240 minutes are recorded" in refused.problems[0].message
    changed = bring_in(session, tmp_path, "S1,2026-11-01,200,patrol\n", may_update=True)
    assert counts(changed) == (0, 1, 0)


def test_hours_and_minutes_of_a_workbook_are_minutes(session: Session, tmp_path: Path) -> None:
    special(session)
    assert counts(bring_in(session, tmp_path, "S1,2026-11-01,7:30,patrol\n")) == (1, 0, 0)
    assert counts(bring_in(session, tmp_path, "S1,2026-11-01,450,patrol\n")) == (0, 0, 1)


def test_every_bad_line_of_hours_is_told_with_its_column(session: Session, tmp_path: Path) -> None:
    special(session)
    make.member(session, number="C1", team=make.team(session))
    outcome = bring_in(
        session,
        tmp_path,
        "S1,2026-11-01,240,patrol\n"
        "S9,2026-11-01,240,patrol\n"
        "C1,2026-11-01,240,patrol\n"
        "S1,2026-11-17,240,patrol\n"
        "S1,2008-03-31,240,patrol\n"
        "S1,2026-11-01,30,patrol\n"
        "S1,2026-11-02,900,patrol\n"
        "S1,2026-11-02,600,event\n",
    )
    assert sorted((problem.line, problem.column) for problem in outcome.problems) == [
        (3, "number"),
        (4, "number"),
        (5, "date"),
        (6, "number"),
        (7, "date"),
        (8, "minutes"),
        (9, "minutes"),
    ]
    assert outcome.added == 1


def test_an_export_of_hours_reads_back_unchanged(session: Session, tmp_path: Path) -> None:
    posting, other = special(session), special(session, "S2")
    bring_in(session, tmp_path, "S1,2026-11-01,240,patrol\nS2,2026-10-31,60,front-office\n")
    kind, path = EXPORTS["hours"], tmp_path / "out.csv"
    write(path, kind.shape.names, kind.rows(session, ExportOrder(None, None)))
    assert path.read_text(encoding="utf-8").splitlines() == [
        "number,date,minutes,role",
        "S2,2026-10-31,60,front-office",
        "S1,2026-11-01,240,patrol",
    ]
    order = ImportOrder(False, NOW, NOW.date())
    assert counts(IMPORTS["hours"].save(session, [read(path, kind.shape).rows], order)) == (0, 0, 2)
    of_unit = kind.rows(session, ExportOrder(other.unit.path, Month(2026, 10)))
    assert [row[0] for row in of_unit] == ["S2"]
    assert not list(kind.rows(session, ExportOrder(posting.unit.path, Month(2026, 10))))
