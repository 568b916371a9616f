"""Postcodes and streets as they are kept, and what somebody finds by them."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from npt.commands.files import EXPORTS, TakenIn, take_in
from npt.journal.models import Entry
from npt.organisation.models import Unit
from npt.places.models import Postcode, Street
from npt.places.queries import Match, Taken, answers
from npt.places.rules import Point
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder
from tests import make
from tests.records.features import NOW, TODAY, counts, problems

HEADER = "postcode,lat,lng,terminated,quality\n"
#: as the directory of an older and of a newer edition names its columns, in its own order
OLD_ONSPD = "pcd,pcd2,pcds,dointr,doterm,oscty,usertype,oseast1m,osnrth1m,osgrdind,ctry,lat,long,imd\n"
NEW_ONSPD = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,usrtypind,east1m,north1m,gridind,ctry25cd,lat,long,imd20ind\n"
)


def bring_in(
    session: Session,
    folder: Path,
    text: str,
    kind: str = "postcodes",
    *,
    may_update: bool = False,
    is_forced: bool = False,
) -> TakenIn:
    """Take the rows in."""
    file = folder / f"{kind}.csv"
    file.write_text(text, encoding="utf-8")
    return take_in(session, kind, file, ImportOrder(may_update, NOW, TODAY, is_forced=is_forced))


# Postcodes --------------------------------------------------------------------------------------------------


def test_a_postcode_is_taken_in_whatever_its_spacing(session: Session, tmp_path: Path) -> None:
    taken = bring_in(session, tmp_path, HEADER + "lu9 1aa,51.88,-0.42,,\nLU91AB,51.89,-0.42,2019-03-31,1\n")
    assert counts(taken) == (2, 0, 0)
    ended = session.get_one(Postcode, "LU91AB")
    assert (ended.point, ended.terminated_on) == (Point(518_900_000, -4_200_000), date(2019, 3, 31))


def test_the_same_file_twice_changes_nothing_also_across_its_pieces(session: Session, tmp_path: Path) -> None:
    rows = [f"LU9 {n // 400}{chr(65 + n // 20 % 20)}{chr(65 + n % 20)},51.88,-0.42,,\n" for n in range(4000)]
    text = HEADER + "".join(rows) + rows[0]
    assert counts(bring_in(session, tmp_path, text)) == (4000, 0, 1)
    session.commit()
    before = session.query(Entry).count()
    assert counts(bring_in(session, tmp_path, text)) == (0, 0, 4001)
    session.commit()
    assert session.query(Entry).count() == before


def test_a_postcode_that_moved_is_refused_unless_the_import_may_change_it(
    session: Session, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, HEADER + "LU9 1AA,51.88,-0.42,,\n")
    moved = HEADER + "LU9 1AA,51.89,-0.42,,\n"
    ((column, message),) = problems(bring_in(session, tmp_path, moved))
    assert (column, "--update" in message) == ("postcode", True)
    assert counts(bring_in(session, tmp_path, moved, may_update=True)) == (0, 1, 0)
    session.expire_all()
    assert session.get_one(Postcode, "LU91AA").lat == 518_900_000


def test_two_rows_that_contradict_each_other_are_refused_with_the_line_of_the_first(
    session: Session, tmp_path: Path
) -> None:
    text = HEADER + "LU9 1AA,51.88,-0.42,,\nLU9 1AA,51.89,-0.42,,\n"
    for may_update in (False, True):
        ((_, message),) = problems(bring_in(session, tmp_path, text, may_update=may_update))
        assert "on line 2 already" in message
        session.rollback()


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("LU9 1AA,51.88,-0.42,,9", "quality", "no position"),
        ("LU9 1AA,-0.42,51.88,,", "lat", "look swapped"),
        ("LU9 1AA,507300,221000,,", "lat", "National Grid"),
        ("LU9 1AA,99.999999,0,,", "lat", "not in Britain"),
        ("LU9,51.88,-0.42,,", "postcode", "not a postcode"),
        (",51.88,-0.42,,", "postcode", "is empty"),
        ('LU9 1AA,"51,88",-0.42,,', "lat", "decimal point"),
        ("LU9 1AA,NaN,-0.42,,", "lat", "decimal point"),
        ("LU9 1AA,51.88,-0.42,,0", "quality", "1 to 9"),
        ("LU9 1AA,51.88,-0.42,2019-13,", "terminated", "no such day"),
    ],
)
def test_a_bad_row_is_told_at_its_column(
    session: Session, tmp_path: Path, row: str, column: str, told: str
) -> None:
    found = problems(bring_in(session, tmp_path, f"{HEADER}{row}\n"))
    assert column in {name for name, _ in found}
    assert told in " ".join(message for _, message in found)


def test_a_place_that_is_only_about_right_is_warned_about(session: Session, tmp_path: Path) -> None:
    taken = bring_in(session, tmp_path, HEADER + "LU9 1AA,51.88,-0.42,,6\n")
    assert counts(taken) == (1, 0, 0)
    assert [(warning.line, warning.column) for warning in taken.warnings] == [(2, "quality")]


def test_postcodes_without_a_place_are_passed_over_by_force(session: Session, tmp_path: Path) -> None:
    text = HEADER + "LU9 1AA,99.999999,0,,9\nLU9 1AB,51.88,-0.42,,1\n"
    taken = bring_in(session, tmp_path, text, is_forced=True)
    assert (counts(taken), len(taken.warnings)) == ((1, 0, 0), 1)


@pytest.mark.parametrize("header", [OLD_ONSPD, NEW_ONSPD])
def test_the_directory_of_postcodes_is_read_under_its_old_and_new_names(
    session: Session, tmp_path: Path, header: str
) -> None:
    rows = (
        "LU9 1AA,LU9  1AA,LU9 1AA,198001,,E99,0,507300,221000,1,E92,51.878,-0.442,9000\n"
        "LU9 1AB,LU9  1AB,LU9 1AB,198001,201903,E99,0,507300,221000,1,E92,51.878,-0.442,9000\n"
    )
    assert counts(bring_in(session, tmp_path, header + rows)) == (2, 0, 0)
    ended = session.get_one(Postcode, "LU91AB")
    assert (ended.terminated_on, ended.quality, ended.lat) == (date(2019, 3, 1), 1, 518_780_000)


def test_what_is_wrong_in_a_directory_is_told_in_its_own_words(session: Session, tmp_path: Path) -> None:
    row = "LU9 1AA,LU9  1AA,LU9 1AA,198001,,E99,0,,,1,E92,51.878,somewhere,9000\n"
    ((column, _),) = problems(bring_in(session, tmp_path, OLD_ONSPD + row))
    assert column == "long"


def test_postcodes_that_were_exported_come_back_unchanged(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, HEADER + "LU9 1AA,51.8812345,-0.42,2019-03-31,6\nLU9 1AB,51.8,-0.4,,\n")
    export, out = EXPORTS["postcodes"], tmp_path / "out.csv"
    write(out, export.shape.names, export.rows(session, ExportOrder(None, None, TODAY)))
    assert counts(bring_in(session, tmp_path, out.read_text("utf-8-sig"))) == (0, 0, 2)


# Streets and finding ----------------------------------------------------------------------------------------

STREETS = "street,lat,lng,neighbourhood\n"


@pytest.fixture
def team(session: Session) -> Unit:
    """Team T, called Riverside, with the neighbourhoods A and B side by side."""
    team = make.team(session, code="T")
    team.name = "Riverside"
    for number, code in enumerate(("A", "B")):
        unit = make.neighbourhood(session, under=team, code=code)
        unit.name = ("Upper Town", "Lower Town")[number]
        make.boundary(session, unit=unit, west=-0.5 + number * 0.01)
    return team


def found(session: Session, typed: str, day: date = TODAY) -> list[tuple[str, str | None, str | None]]:
    """Name, neighbourhood and team of everything that fits."""

    def code(unit: Unit | None) -> str | None:
        return None if unit is None else unit.code

    return [
        (match.name, code(match.neighbourhood), code(match.team))
        for match in answers(session, typed, as_at=day).matches
    ]


def test_a_street_is_in_the_neighbourhood_around_its_point(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, STREETS + "Mill Lane,52.005,-0.495,\nMill Lane,52.005,-0.485,\n", "streets")
    assert found(session, "mill ln") == [("Mill Lane", "A", "T"), ("Mill Lane", "B", "T")]
    assert found(session, "7 Mill Lane, Upper") == [("Mill Lane", "A", "T")]
    assert found(session, "mill lane lower town") == [("Mill Lane", "B", "T")]


def test_a_street_may_name_the_neighbourhood_that_answers_for_it(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, STREETS + "Mill Lane,52.005,-0.495,B\n", "streets")
    assert found(session, "Mill Lane") == [("Mill Lane", "B", "T")]


def test_a_street_with_several_points_in_one_neighbourhood_is_named_once(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, STREETS + "Mill Lane,52.005,-0.495,\nMill Lane,52.006,-0.495,\n", "streets")
    assert found(session, "mill") == [("Mill Lane", "A", "T")]


def test_a_later_word_of_a_street_finds_it_where_no_street_begins_so(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, STREETS + "Old Station Road,52.005,-0.495,\n", "streets")
    assert found(session, "station") == [("Old Station Road", "A", "T")]


def test_whatever_is_typed_the_names_of_all_streets_are_read_once(session: Session, team: Unit) -> None:
    read: list[str] = []

    def note(_c: object, _u: object, sql: str, *_: object) -> None:
        if "LIKE" in sql:
            read.append(sql)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    found(session, "somewhere near the old mill in a big town")
    event.remove(engine, "before_cursor_execute", note)
    assert len(read) == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [("Mill Lane,-0.495,52.005,", "lat"), ("Mill Lane,52.005,-0.495,T", "neighbourhood"),
     ("Mill Lane,52.005,-0.495,X", "neighbourhood"), (",52.005,-0.495,", "street")],
)  # fmt: skip
def test_a_street_that_cannot_be_is_told_at_its_column(
    session: Session, team: Unit, tmp_path: Path, row: str, column: str
) -> None:
    ((told, _),) = problems(bring_in(session, tmp_path, f"{STREETS}{row}\n", "streets"))
    assert told == column


def test_what_is_under_a_unit_is_exported_by_where_it_lies(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    text = STREETS + "Mill Lane,52.005,-0.495,\nMill Lane,52.005,-0.485,\n"
    bring_in(session, tmp_path, text, "streets")
    bring_in(session, tmp_path, HEADER + "LU9 1AA,52.005,-0.495,,\nLU9 1AB,52.005,-0.485,,\n")
    order = ExportOrder(session.query(Unit).filter_by(code="B").one().path, None, TODAY)
    assert [str(row[2]) for row in EXPORTS["streets"].rows(session, order)] == ["-0.485"]
    assert [row[0] for row in EXPORTS["postcodes"].rows(session, order)] == ["LU9 1AB"]


def test_a_postcode_finds_neighbourhood_and_team(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, HEADER + "LU9 1AA,52.005,-0.485,,\n")
    assert found(session, "lu91aa") == [("LU9 1AA", "B", "T")]
    assert found(session, "LU9 1AB") == []


def test_an_ended_postcode_says_so_and_where_it_was(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, HEADER + "LU9 1AA,52.005,-0.485,2026-11-16,\n")
    ((ended,), (standing,)) = (answers(session, "LU9 1AA", as_at=day).matches for day in (TODAY, make.START))
    assert (ended.ended_on, standing.ended_on) == (TODAY, None)
    assert ended.neighbourhood is not None


def test_a_point_and_a_unit_are_found(session: Session, team: Unit) -> None:
    assert found(session, "52.005, -0.485") == [("52.00500, -0.48500", "B", "T")]
    assert answers(session, "52.005, -0.485", as_at=TODAY).taken_for is Taken.POINT
    assert found(session, "riverside") == [("Riverside", None, "T")]
    assert found(session, "upper town")[0] == ("Upper Town", "A", "T")


def test_a_point_outside_is_found_nowhere(session: Session, team: Unit) -> None:
    nowhere = answers(session, "52.5, -0.485", as_at=TODAY)
    assert nowhere.is_nowhere
    assert nowhere.matches == [Match("52.50000, -0.48500", None, (), Point(525_000_000, -4_850_000))]


@pytest.mark.parametrize("typed", ["%", "_", "'", "—", "\\", "(", "a" * 500, "ß", "1", ","])
def test_strange_words_find_nothing_and_do_no_harm(session: Session, team: Unit, typed: str) -> None:
    session.add(Street(name="Mill Lane", search_key="mill lane", lat=520_050_000, lng=-4_950_000))
    session.flush()
    assert found(session, typed) == []
