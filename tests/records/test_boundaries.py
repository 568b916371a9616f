"""Boundaries as they are kept: files in and out, the neighbourhood of a point, merges and splits."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.commands.files import EXPORTS
from npt.journal.models import Entry
from npt.organisation.actions import close_unit, forget_successors
from npt.organisation.models import Unit
from npt.places.actions import keep_boundary
from npt.places.models import Boundary
from npt.places.queries import (
    neighbourhood_at,
    neighbourhoods_at,
    shape_of,
    shapes_under,
    without_boundary,
)
from npt.places.rules import Point
from npt.sheets.writing import CannotWrite
from npt.store.exchange import ExportOrder
from tests import make
from tests.records.features import (
    TODAY,
    bring_in,
    collection,
    counts,
    feature,
    problems,
    square,
)

IN_A, IN_B = Point(520_050_000, -4_950_000), Point(520_050_000, -4_850_000)
#: on the edge between the two
BETWEEN = Point(520_050_000, -4_900_000)


@pytest.fixture
def team(session: Session) -> Unit:
    """Team T with the neighbourhoods A and B."""
    team = make.team(session, code="T")
    for code in ("A", "B"):
        make.neighbourhood(session, under=team, code=code)
    return team


def unit(session: Session, code: str) -> Unit:
    return session.query(Unit).filter_by(code=code).one()


def code_at(session: Session, point: Point, day: date = TODAY) -> str | None:
    found = neighbourhood_at(session, point, as_at=day)
    return None if found is None else found.code


SIDE_BY_SIDE = collection(feature("A", square(52.0, -0.5)), feature("B", square(52.0, -0.49)))


# Points -----------------------------------------------------------------------------------------------------


def test_a_point_is_in_the_neighbourhood_around_it(session: Session, team: Unit, tmp_path: Path) -> None:
    assert counts(bring_in(session, tmp_path, SIDE_BY_SIDE)) == (2, 0, 0)
    assert code_at(session, IN_A) == "A"
    assert code_at(session, IN_B) == "B"
    assert code_at(session, Point(530_000_000, -4_950_000)) is None


def test_a_point_on_an_edge_belongs_to_the_smaller_code_as_python_compares(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    make.neighbourhood(session, under=team, code="a-1")
    make.neighbourhood(session, under=team, code="Z")
    bring_in(
        session, tmp_path, collection(feature("a-1", square(52.0, -0.5)), feature("Z", square(52.0, -0.49)))
    )
    assert code_at(session, BETWEEN) == "Z"  # in other orders a comes before Z


def test_many_points_are_found_at_once_and_in_their_order(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    nowhere = Point(500_000_000, 0)
    found = neighbourhoods_at(session, [IN_B, nowhere, IN_A, BETWEEN], as_at=TODAY)
    assert [None if each is None else each.code for each in found] == ["B", None, "A", "A"]


def test_the_ground_of_a_team_is_no_neighbourhood(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, collection(feature("T", square(52.0, -0.5, 0.02))))
    assert code_at(session, IN_A) is None


# Files ------------------------------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(session: Session, team: Unit, tmp_path: Path) -> None:
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    session.commit()
    before = session.query(Entry).count()
    assert counts(bring_in(session, tmp_path, SIDE_BY_SIDE)) == (0, 0, 2)
    session.commit()
    assert session.query(Entry).count() == before


def test_what_was_exported_comes_back_unchanged(session: Session, team: Unit, tmp_path: Path) -> None:
    pond = [[-0.496, 52.004], [-0.494, 52.004], [-0.494, 52.006], [-0.496, 52.006], [-0.496, 52.004]]
    with_pond = [*square(52.0, -0.5)["coordinates"], pond]
    island = {"type": "MultiPolygon", "coordinates": [with_pond, square(52.1, -0.5)["coordinates"]]}
    bring_in(session, tmp_path, collection(feature("A", island), feature("B", square(52.0, -0.49))))
    export = EXPORTS["boundaries"]
    assert export.write is not None
    out = tmp_path / "out.geojson"
    export.write(out, export.rows(session, ExportOrder(team.path, None)))
    told = json.loads(out.read_text())
    assert [each["properties"]["code"] for each in told["features"]] == ["A", "B"]
    assert [each["geometry"]["type"] for each in told["features"]] == ["MultiPolygon", "Polygon"]
    assert counts(bring_in(session, tmp_path, out.read_text())) == (0, 0, 2)


def test_boundaries_go_into_geojson_alone(session: Session, tmp_path: Path) -> None:
    export = EXPORTS["boundaries"]
    assert export.write is not None
    with pytest.raises(CannotWrite, match="geojson"):
        export.write(tmp_path / "out.csv", [])


def test_a_unit_is_named_by_its_code_or_by_the_id_of_the_feature(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    make.neighbourhood(session, under=team, code="7")
    by_id = {"type": "Feature", "id": 7, "properties": None, "geometry": square(52.0, -0.5)}
    assert problems(bring_in(session, tmp_path, collection(by_id))) == []
    assert code_at(session, IN_A) == "7"


def test_another_boundary_is_refused_unless_the_import_may_change_it(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    moved = collection(feature("A", square(52.0, -0.5, 0.0098)))
    ((column, message),) = problems(bring_in(session, tmp_path, moved))
    assert column == "geometry"
    assert "--update" in message
    assert counts(bring_in(session, tmp_path, moved, may_update=True)) == (0, 1, 0)
    assert code_at(session, Point(520_099_000, -4_950_000)) is None
    assert session.get_one(Boundary, unit(session, "A").id).corners == 4


def test_two_features_of_one_unit_are_refused_unless_they_are_the_same(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    twice = collection(feature("A", square(52.0, -0.5)), feature("A", square(52.0, -0.5)))
    assert counts(bring_in(session, tmp_path, twice)) == (1, 0, 1)
    session.rollback()


def test_features_on_one_line_are_told_apart(session: Session, tmp_path: Path) -> None:
    team = make.team(session)
    for code in ("A", "B"):
        make.neighbourhood(session, under=team, code=code)
    other = collection(
        feature("A", square(52.0, -0.5)), feature("A", square(52.3, -0.5)), feature("B", square(52.0, -0.49))
    )
    taken = bring_in(session, tmp_path, other)
    ((column, message),) = problems(taken)
    assert (column, message[:22]) == ("code", "A has another feature ")
    assert taken.outcome.added == 2


def test_a_feature_is_told_with_the_line_on_which_it_begins(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    told = json.dumps(
        collection(feature("A", square(52.0, -0.5)), feature("X", square(52.0, -0.49))), indent=1
    )
    (problem,) = bring_in(session, tmp_path, told).problems
    assert told.splitlines()[problem.line - 1].strip() == "{"
    assert "There is no unit X" in problem.message
    assert problem.line > 10


# What speaks against a boundary -----------------------------------------------------------------------------


BOW = {
    "type": "Polygon",
    "coordinates": [[[-0.5, 52.0], [-0.49, 52.01], [-0.49, 52.0], [-0.5, 52.02], [-0.5, 52.0]]],
}


def test_a_boundary_that_crosses_itself_is_taken_only_by_force(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    told = collection(feature("A", BOW))
    ((column, message),) = problems(bring_in(session, tmp_path, told))
    assert column == "geometry"
    assert "A crosses itself near 52.00667, -0.49333" in message
    assert "--force" in message
    taken = bring_in(session, tmp_path, told, is_forced=True)
    assert counts(taken) == (1, 0, 0)
    assert [warning.column for warning in taken.warnings] == ["geometry"]
    assert code_at(session, Point(520_010_000, -4_990_000)) == "A"


def test_a_boundary_outside_its_force_is_taken_only_by_force(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    force = unit(session, team.path.split("/")[0])
    make.boundary(session, unit=force, south=52.0, west=-0.5, size=0.02)
    half_out = collection(feature("A", square(52.0, -0.485)))
    ((_, message),) = problems(bring_in(session, tmp_path, half_out))
    assert "lies outside" in message
    assert "50.0% of its ground" in message
    assert counts(bring_in(session, tmp_path, half_out, is_forced=True)) == (1, 0, 0)


def test_where_all_neighbourhoods_are_known_they_are_the_ground_of_the_force(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    away = collection(feature("A", square(55.9, -3.2)))
    ((_, message),) = problems(bring_in(session, tmp_path, away, may_update=True))
    assert "100.0% of its ground" in message


def test_all_boundaries_of_a_force_may_be_replaced_together(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    other = collection(feature("A", square(52.2, -0.5)), feature("B", square(52.2, -0.49)))
    assert counts(bring_in(session, tmp_path, other, may_update=True)) == (0, 2, 0)
    assert code_at(session, IN_A) is None


def test_a_boundary_far_from_britain_is_told(session: Session, team: Unit, tmp_path: Path) -> None:
    ((_, message),) = problems(bring_in(session, tmp_path, collection(feature("A", square(10.0, 10.0)))))
    assert "not in Britain" in message


def test_an_overlap_beyond_slivers_is_taken_only_by_force(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    over = collection(feature("A", square(52.0, -0.5)), feature("B", square(52.0, -0.492)))
    ((_, message),) = problems(bring_in(session, tmp_path, over))
    assert "A overlaps B by 20.0% of the smaller, near 52.00" in message
    assert counts(bring_in(session, tmp_path, over, is_forced=True)) == (2, 0, 0)


def test_a_sliver_is_let_pass(session: Session, team: Unit, tmp_path: Path) -> None:
    sliver = collection(feature("A", square(52.0, -0.5)), feature("B", square(52.0, -0.490009)))
    assert problems(bring_in(session, tmp_path, sliver)) == []


def test_units_that_never_stood_on_one_day_may_have_the_same_ground(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    make.neighbourhood(session, under=team, code="OLD", closed_on=date(2008, 12, 31))
    make.neighbourhood(session, under=team, code="NEW", opened_on=date(2009, 1, 1))
    told = collection(feature("OLD", square(52.3, -0.5)), feature("NEW", square(52.3, -0.5)))
    assert problems(bring_in(session, tmp_path, told)) == []


@pytest.mark.parametrize("geometry", [None, {"type": "Polygon", "coordinates": []}])
def test_a_geometry_that_is_null_or_empty_is_told_and_passed_over_by_force(
    session: Session, team: Unit, tmp_path: Path, geometry: object
) -> None:
    told = collection(feature("A", geometry), feature("B", square(52.0, -0.49)))
    ((column, message),) = problems(bring_in(session, tmp_path, told))
    assert column == "geometry"
    assert "A has a geometry that is null or empty" in message
    taken = bring_in(session, tmp_path, told, is_forced=True)
    assert counts(taken) == (1, 0, 0)
    assert [warning.message[:11] for warning in taken.warnings] == ["A has a geo"]


# Units change -----------------------------------------------------------------------------------------------

CHANGED_ON = date(2026, 11, 14)
LAST = CHANGED_ON - timedelta(days=1)


def merged(session: Session, team: Unit, tmp_path: Path, day: date = CHANGED_ON) -> Unit:
    """A and B become AB in the middle of a month."""
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    both = make.neighbourhood(session, under=team, code="AB", opened_on=day)
    for code in ("A", "B"):
        close_unit(session, unit(session, code), on=day - timedelta(days=1), taken_over_by=[both])
    return both


def test_neighbourhoods_that_merge_leave_their_ground_to_the_one_that_takes_over(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    both = merged(session, team, tmp_path)
    assert [code_at(session, IN_B, day) for day in (LAST, CHANGED_ON)] == ["B", "AB"]
    assert [code_at(session, IN_A, day) for day in (LAST, CHANGED_ON)] == ["A", "AB"]
    shape = shape_of(session, both)
    assert shape is not None
    assert len(shape.polygons) == 1
    assert session.get_one(Boundary, both.id).is_inherited


def test_the_map_of_a_day_has_the_units_of_that_day(session: Session, team: Unit, tmp_path: Path) -> None:
    merged(session, team, tmp_path)

    def drawn(day: date) -> list[str]:
        return [each.code for each, shape in shapes_under(session, team.path, as_at=day) if shape]

    assert (drawn(LAST), drawn(CHANGED_ON)) == (["A", "B"], ["AB"])


def test_a_split_asks_for_the_boundaries_of_those_that_took_over(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, SIDE_BY_SIDE)
    parts = [
        make.neighbourhood(session, under=team, code=code, opened_on=CHANGED_ON) for code in ("A1", "A2")
    ]
    close_unit(session, unit(session, "A"), on=LAST, taken_over_by=parts)
    assert [code_at(session, IN_A, day) for day in (LAST, CHANGED_ON)] == ["A", None]
    missing = without_boundary(session, team.path, as_at=CHANGED_ON)
    assert [each.code for each in missing] == ["A1", "A2"]
    halves = collection(
        feature("A1", square(52.0, -0.5, 0.005)),
        feature("A2", {"type": "Polygon", "coordinates": [
            [[-0.495, 52.0], [-0.49, 52.0], [-0.49, 52.01], [-0.5, 52.01], [-0.5, 52.005], [-0.495, 52.005],
             [-0.495, 52.0]]
        ]}),
    )  # fmt: skip
    assert problems(bring_in(session, tmp_path, halves)) == []
    assert [code_at(session, IN_A, day) for day in (LAST, CHANGED_ON)] == ["A", "A1"]


def test_what_is_taken_back_is_inherited_no_more(session: Session, team: Unit, tmp_path: Path) -> None:
    both = merged(session, team, tmp_path)
    forget_successors(session, unit(session, "B"))
    assert code_at(session, IN_B, CHANGED_ON) is None
    assert code_at(session, IN_A, CHANGED_ON) == "AB"
    forget_successors(session, unit(session, "A"))
    assert shape_of(session, both) is None


def test_a_better_boundary_of_a_closed_unit_reaches_its_successor(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    merged(session, team, tmp_path)
    better = collection(feature("A", square(51.995, -0.5)))
    bring_in(session, tmp_path, better, may_update=True, is_forced=True)
    assert code_at(session, Point(519_960_000, -4_950_000), CHANGED_ON) == "AB"


def test_a_boundary_that_was_given_for_a_successor_stays(
    session: Session, team: Unit, tmp_path: Path
) -> None:
    both = merged(session, team, tmp_path)
    own = make.square(52.0, -0.5, 0.02)
    keep_boundary(session, both, own)
    bring_in(session, tmp_path, collection(feature("A", square(52.0, -0.5, 0.009))), may_update=True)
    assert shape_of(session, both) == own
