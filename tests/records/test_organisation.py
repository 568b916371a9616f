"""The structure as it is kept: questions, opening, changing and closing units, and files of units."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from npt.kit.limits import BadName, DayOutOfRange
from npt.kit.months import Month
from npt.kit.spans import EndsBeforeItStarts
from npt.organisation import actions, queries
from npt.organisation.exchange import EXPORTS, IMPORTS
from npt.organisation.models import Unit
from npt.organisation.rules import (
    AlreadyClosed,
    BadCode,
    Level,
    OutsideParentDates,
    PriorityClassOutOfPlace,
    StillHasOpenUnits,
    UnitFacts,
    WrongParent,
    WrongSuccessor,
)
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from npt.store.versions import StaleRecord
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HEADER = "code,name,level,parent,opened_on,closed_on,priority_class,successors\n"


def codes(units: list[Unit]) -> list[str]:
    return [unit.code for unit in units]


# Questions --------------------------------------------------------------------------------------------------


def test_a_unit_is_found_by_its_exact_code(session: Session) -> None:
    make.team(session, code="C1a")
    assert queries.unit_at(session, "C1A") is None
    found = queries.unit_at(session, "C1a")
    assert found is not None
    assert found.level is Level.TEAM


def test_a_subtree_holds_the_unit_and_all_under_it_and_no_unit_with_a_longer_code(session: Session) -> None:
    force = make.force(session, code="F")
    one = make.bcu(session, under=force, code="C1")
    make.bcu(session, under=force, code="C10")
    area = make.area(session, under=one, code="A")
    make.team(session, under=area, code="T")
    assert codes(queries.units_under(session, one.path, as_at=make.START)) == ["C1", "A", "T"]


def test_a_subtree_can_be_asked_for_one_level_alone(session: Session) -> None:
    hood = make.neighbourhood(session, code="N1")
    assert codes(queries.neighbourhoods_of(session, hood, as_at=make.START)) == ["N1"]
    assert codes(queries.units_under(session, hood.path, as_at=make.START, level=Level.TEAM)) == []


def test_a_list_shows_a_unit_from_its_first_day_to_its_last(session: Session) -> None:
    bcu = make.bcu(session)
    make.area(session, under=bcu, code="OLD", opened_on=date(2008, 5, 1), closed_on=date(2008, 6, 30))
    days = [date(2008, 4, 30), date(2008, 5, 1), date(2008, 6, 30), date(2008, 7, 1)]
    shown = [codes(queries.children(session, bcu, as_at=day)) for day in days]
    assert shown == [[], ["OLD"], ["OLD"], []]


def test_a_month_shows_every_unit_that_stood_on_one_of_its_days(session: Session) -> None:
    bcu = make.bcu(session)
    make.area(session, under=bcu, code="OLD", closed_on=date(2008, 6, 1))
    make.area(session, under=bcu, code="NEW", opened_on=date(2008, 6, 30))
    assert codes(queries.children(session, bcu, month=Month(2008, 6))) == ["NEW", "OLD"]
    assert codes(queries.children(session, bcu, month=Month(2008, 7))) == ["NEW"]


def test_a_list_of_units_needs_either_a_day_or_a_month(session: Session) -> None:
    bcu = make.bcu(session)
    with pytest.raises(ValueError, match="which day or which month"):
        queries.children(session, bcu)


def test_ancestors_come_from_the_force_down_in_one_statement(session: Session) -> None:
    force = make.force(session, code="ZZ")
    hood = make.neighbourhood(
        session,
        under=make.team(
            session,
            under=make.area(session, under=make.bcu(session, under=force, code="B"), code="Y"),
            code="A",
        ),
    )
    statements: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *sent: statements.append(sent[2]))
    assert codes(queries.ancestors(session, hood)) == ["ZZ", "B", "Y", "A"]
    assert len(statements) == 1
    assert queries.ancestors(session, force) == []


def test_many_units_are_found_by_their_codes_at_once(session: Session) -> None:
    make.force(session, code="F1")
    make.force(session, code="F2")
    assert sorted(queries.units_coded(session, ["F1", "F2", "F3"])) == ["F1", "F2"]


# Opening ----------------------------------------------------------------------------------------------------


def open_area(session: Session, bcu: Unit, **given: object) -> Unit:
    told: dict[str, Any] = {"name": "New", "opened_on": make.START, **given}
    unit = {
        name: told.pop(name, usual)
        for name, usual in (("code", "NEW"), ("level", Level.AREA), ("parent", bcu))
    }
    return actions.open_unit(session, **unit, facts=UnitFacts(**told))


def test_a_unit_opens_under_its_parent_with_a_path_of_codes(session: Session) -> None:
    bcu = make.bcu(session, under=make.force(session, code="BEDS"), code="C")
    assert open_area(session, bcu, code="C1").path == "BEDS/C/C1/"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"code": "no blanks"}, BadCode),
        ({"code": ".."}, BadCode),
        ({"name": "  "}, BadName),
        ({"name": "n" * 201}, BadName),
        ({"opened_on": date(1, 1, 1)}, DayOutOfRange),
        ({"closed_on": date(2200, 1, 1)}, DayOutOfRange),
        ({"closed_on": date(2008, 3, 31)}, EndsBeforeItStarts),
        ({"level": Level.TEAM}, WrongParent),
        ({"parent": None}, WrongParent),
        ({"opened_on": date(2008, 3, 31)}, OutsideParentDates),
        ({"priority_class": 1}, PriorityClassOutOfPlace),
    ],
)
def test_a_unit_that_cannot_be_is_refused_by_name(
    session: Session, given: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        open_area(session, make.bcu(session), **given)


def test_a_unit_is_not_opened_under_one_that_has_closed(session: Session) -> None:
    bcu = make.bcu(session, code="C", closed_on=date(2008, 12, 31))
    with pytest.raises(OutsideParentDates, match="C closed on 31 December 2008"):
        open_area(session, bcu, opened_on=date(2009, 1, 1))


def test_a_code_is_never_given_twice_even_in_another_force(session: Session) -> None:
    make.area(session, code="NEW", closed_on=date(2008, 12, 31))
    with pytest.raises(actions.CodeTaken):
        open_area(session, make.bcu(session))


# Closing and changing ---------------------------------------------------------------------------------------


def test_a_unit_closes_on_its_last_day_and_names_who_took_over(session: Session) -> None:
    area = make.area(session)
    old = make.team(session, under=area, code="OLD")
    news = [make.team(session, under=area, code=code, opened_on=date(2008, 7, 1)) for code in ("N1", "N2")]
    actions.close_unit(session, old, on=date(2008, 6, 30), taken_over_by=news)
    session.flush()
    assert old.closed_on == date(2008, 6, 30)
    assert codes(queries.successors(session, old)) == ["N1", "N2"]
    assert codes(queries.predecessors(session, news[0])) == ["OLD"]


def test_closing_with_open_units_under_it_names_them(session: Session) -> None:
    team = make.team(session, code="T")
    make.neighbourhood(session, under=team, code="N1")
    make.neighbourhood(session, under=team, code="N2", closed_on=date(2008, 6, 30))
    with pytest.raises(StillHasOpenUnits, match="close N1 on or before"):
        actions.close_unit(session, team, on=date(2008, 6, 30))


def test_a_unit_does_not_close_twice(session: Session) -> None:
    team = make.team(session, closed_on=date(2008, 6, 30))
    with pytest.raises(AlreadyClosed):
        actions.close_unit(session, team, on=date(2008, 7, 30))


def test_a_unit_does_not_close_before_it_opened(session: Session) -> None:
    with pytest.raises(EndsBeforeItStarts):
        actions.close_unit(session, make.team(session), on=date(2008, 3, 31))


def test_a_successor_has_the_same_level(session: Session) -> None:
    team = make.team(session)
    hood = make.neighbourhood(session, under=team)
    with pytest.raises(WrongSuccessor, match="same level"):
        actions.close_unit(session, hood, on=date(2008, 6, 30), taken_over_by=[team])


def test_an_open_unit_has_no_successor(session: Session) -> None:
    area = make.area(session)
    with pytest.raises(WrongSuccessor, match="is open"):
        actions.succeed(session, make.team(session, under=area), [make.team(session, under=area)])


def test_closing_on_an_outdated_page_is_refused_with_the_record_as_it_is(session: Session) -> None:
    team = make.team(session)
    with pytest.raises(StaleRecord) as refused:
        actions.close_unit(session, team, on=date(2008, 6, 30), expected_version=team.version - 1)
    assert refused.value.record is team


def test_a_unit_cannot_come_to_open_after_the_units_under_it(session: Session) -> None:
    team = make.team(session)
    make.neighbourhood(session, under=team, code="N1")
    with pytest.raises(OutsideParentDates, match="N1 under"):
        actions.change_unit(
            session,
            team,
            facts=UnitFacts(name="T", opened_on=date(2008, 5, 1), closed_on=None, priority_class=None),
        )


def test_a_changed_unit_counts_its_versions(session: Session) -> None:
    team = make.team(session)
    actions.change_unit(
        session,
        team,
        facts=UnitFacts(name="Queens Park", opened_on=make.START, closed_on=None, priority_class=None),
    )
    session.flush()
    assert (team.name, team.version) == ("Queens Park", 2)


def test_a_units_new_days_stay_within_those_of_its_parent(session: Session) -> None:
    bcu = make.bcu(session, code="C", closed_on=date(2008, 12, 31))
    area = make.area(session, under=bcu, closed_on=date(2008, 12, 31))
    with pytest.raises(OutsideParentDates, match="C closed on 31 December 2008"):
        actions.change_unit(session, area, facts=UnitFacts(name="A", opened_on=make.START))


def test_a_force_is_corrected_though_nothing_is_above_it(session: Session) -> None:
    force = make.force(session)
    actions.change_unit(session, force, facts=UnitFacts(name="Bedfordshire", opened_on=force.opened_on))
    assert force.name == "Bedfordshire"


# Files ------------------------------------------------------------------------------------------------------


def bring_in(session: Session, folder: Path, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / "units.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    table = read(path, IMPORTS["units"].shape)
    assert table.problems == []
    return IMPORTS["units"].save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


STRUCTURE = """\
T1,Team one,team,A1,2008-04-01,2008-06-30,,T2 T3
A1,Area one,area,C,2008-04-01,,,
N1,Castle,neighbourhood,T2,2008-07-01,,1,
T2,Team two,team,A1,2008-07-01,,,
T3,Team three,team,A1,2008-07-01,,,
C,C division,bcu,BEDS,2008-04-01,,,
BEDS,Bedfordshire,force,,2008-04-01,,,
"""


def test_a_file_may_name_parents_and_successors_before_their_rows(session: Session, tmp_path: Path) -> None:
    outcome = bring_in(session, tmp_path, STRUCTURE)
    assert (outcome.problems, outcome.added) == ([], 7)
    castle = queries.unit_at(session, "N1")
    assert castle is not None
    assert (castle.path, castle.priority_class) == ("BEDS/C/A1/T2/N1/", 1)
    closed = queries.unit_at(session, "T1")
    assert closed is not None
    assert codes(queries.successors(session, closed)) == ["T2", "T3"]


def test_the_same_file_of_units_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, STRUCTURE)
    outcome = bring_in(session, tmp_path, STRUCTURE)
    assert (outcome.problems, outcome.added, outcome.changed, outcome.unchanged) == ([], 0, 0, 7)


def test_a_row_that_would_change_a_unit_is_refused_unless_asked(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, STRUCTURE)
    row = "A1,Area first,area,C,2008-04-01,,,\n"
    (problem,) = bring_in(session, tmp_path, row).problems
    assert (problem.line, problem.column) == (2, "code")
    assert "--update" in problem.message
    assert bring_in(session, tmp_path, row, may_update=True).changed == 1
    changed = queries.unit_at(session, "A1")
    assert changed is not None
    assert changed.name == "Area first"


def test_a_file_may_close_a_whole_branch_whatever_the_order_of_its_rows(
    session: Session, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, STRUCTURE)
    rows = """\
A1,Area one,area,C,2008-04-01,2009-03-31,,
T2,Team two,team,A1,2008-07-01,2009-03-31,,
N1,Castle,neighbourhood,T2,2008-07-01,2009-03-31,1,
T3,Team three,team,A1,2008-07-01,2009-03-31,,
"""
    outcome = bring_in(session, tmp_path, rows, may_update=True)
    assert (outcome.problems, outcome.changed) == ([], 4)
    assert queries.units_under(session, "BEDS/C/A1/", as_at=date(2009, 4, 1)) == []


def test_a_unit_never_moves_even_when_changes_are_allowed(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, STRUCTURE)
    rows = "J,J division,bcu,BEDS,2008-04-01,,,\nA1,Area one,area,J,2008-04-01,,,\n"
    (problem,) = bring_in(session, tmp_path, rows, may_update=True).problems
    assert (problem.line, problem.column) == (3, "parent")


def test_every_bad_row_of_a_file_of_units_is_told(session: Session, tmp_path: Path) -> None:
    rows = """\
BEDS,Bedfordshire,force,,2008-04-01,,,
C,C division,bcu,BEDS,2008-03-31,,,
C1,Area,area,C,2008-04-01,,,
J,J division,bcu,NOWHERE,2008-04-01,,,
K,K division,bcu,BEDS,2008-04-01,2008-03-31,,
L,L division,area,BEDS,2008-04-01,,,
M,M division,bcu,BEDS,2008-04-01,,2,
BEDS,Again,force,,2008-04-01,,,
O,O division,bcu,BEDS,2008-04-01,2008-12-31,,GONE
"""
    outcome = bring_in(session, tmp_path, rows)
    told = sorted((problem.line, problem.column) for problem in outcome.problems)
    assert told == [
        (3, "opened_on"),
        (4, "parent"),
        (5, "parent"),
        (6, "closed_on"),
        (7, "parent"),
        (8, "priority_class"),
        (9, "code"),
        (10, "successors"),
    ]
    assert any("C on line 3 cannot be taken" in problem.message for problem in outcome.problems)


def test_units_taken_out_come_back_unchanged(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, STRUCTURE)
    path = tmp_path / "out.csv"
    export = EXPORTS["units"]
    write(path, export.shape.names, export.rows(session, ExportOrder(None, None)))
    table = read(path, export.shape)
    outcome = IMPORTS["units"].save(session, [table.rows], ImportOrder(False, NOW, NOW.date()))
    assert (table.problems, outcome.problems, outcome.unchanged) == ([], [], 7)


def test_units_are_taken_out_by_subtree_and_month(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, STRUCTURE)
    rows = EXPORTS["units"].rows(session, ExportOrder("BEDS/C/A1/", Month(2008, 7)))
    assert [row[0] for row in rows] == ["A1", "T2", "N1", "T3"]
