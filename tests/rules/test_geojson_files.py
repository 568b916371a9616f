"""Files of boundaries as they are read: what each feature says, and what is wrong with a file."""

import json
from pathlib import Path

import pytest

from npt.places.exchange.geojson import read_features
from npt.sheets.reading import Table
from tests.records.features import collection, feature, square, written


def read_whole(folder: Path, told: object) -> Table:
    """What a file of this says."""
    (table,) = read_features(written(folder, told))
    return table


@pytest.mark.parametrize(
    ("told", "column", "message"),
    [
        ("", "file", "is not JSON"),
        ('{"type": "FeatureCollection", "features": [}', "file", "is not JSON"),
        ('{"type": "FeatureCollection", "features": [', "file", "is not JSON"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "file", "NaN"),
        ('{"type": "FeatureCollection", "features": []} {}', "file", "goes on after its end"),
        ('{"type": "FeatureCollection"}', "file", "no FeatureCollection"),
        ('{"features": []}', "file", "no FeatureCollection"),
        ("{}", "file", "no FeatureCollection"),
        ("[]", "file", "is not JSON here ({ is missing)"),
        (feature("A", square(52, -0.5)), "file", "no FeatureCollection"),
        ({"type": "FeatureCollection", "features": {}}, "file", "no list"),
        ("code,lat,lng\nA,52,0\n", "file", "is not JSON"),
        (collection(7), "feature", "no Feature"),
        (collection(square(52, -0.5)), "feature", "no Feature"),
        (collection(feature(None, square(52, -0.5))), "code", "has no code"),
        (collection(feature(True, square(52, -0.5))), "code", "has no code"),
        (collection(feature("A/B", square(52, -0.5))), "code", "use only letters"),
        (collection(feature("A", {"type": "Point"})), "geometry", "feature 1 (A) is a Point"),
        (collection(crs={"type": "name", "properties": {"name": "EPSG:27700"}}), "file", "EPSG:27700"),
        (collection(crs=None), "file", "not WGS 84"),
        (
            collection({**feature("A", square(52, -0.5)), "crs": {"properties": {"name": "EPSG:3857"}}}),
            "crs",
            "EPSG:3857",
        ),
    ],
)  # fmt: skip
def test_what_is_no_collection_of_boundaries_is_told_with_the_cure(
    tmp_path: Path, told: object, column: str, message: str
) -> None:
    (problem,) = read_whole(tmp_path, told).problems
    assert problem.column == column
    assert message in problem.message


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326",
     "http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
)  # fmt: skip
def test_a_crs_that_names_wgs_84_is_taken(tmp_path: Path, name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    table = read_whole(tmp_path, collection(feature("A", square(52.0, -0.5)), crs=crs))
    assert (table.problems, [row.values["code"] for row in table.rows]) == ([], ["A"])


def test_a_file_nested_without_end_is_told(tmp_path: Path) -> None:
    deep = '{"type": "FeatureCollection", "features": [' + "[" * 100_000
    (problem,) = read_whole(tmp_path, deep).problems
    assert (problem.column, problem.message[:13]) == ("file", "is nested too")


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, "")
    file.write_bytes(b'{"type": "\xff"}')
    (table,) = read_features(file)
    (problem,) = table.problems
    assert (problem.column, problem.message) == ("file", "is not in UTF-8: export it again as GeoJSON")


def test_a_feature_stands_on_the_line_on_which_it_begins(tmp_path: Path) -> None:
    text = json.dumps(
        collection(feature("A", square(52.0, -0.5)), feature("B", square(52.0, -0.49))), indent=1
    )
    lines = [row.line for row in read_whole(tmp_path, "\ufeff" + text).rows]
    assert [text.splitlines()[line - 1].strip() for line in lines] == ["{", "{"]
    assert lines[1] > lines[0] > 1
