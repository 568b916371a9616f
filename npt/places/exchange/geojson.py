"""GeoJSON files (RFC 7946): a collection of features read one by one, and written.

Each feature is found where it begins, so that what is wrong with one is told with its line.
"""

import json
import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from npt.kit.files import written_whole
from npt.places.rules import UNIT, BadShape, Ring, Shape, read_shape
from npt.sheets.columns import BadCell, code, shown
from npt.sheets.reading import Problem, Row, Table
from npt.sheets.writing import CannotWrite

#: What names WGS 84 with longitude first, as files of the standard before RFC 7946 did.
_WGS_84 = re.compile(r"(OGC:.*:)?(CRS84|EPSG:{1,2}4326)|.*[:/](CRS84|EPSG[:/]+(0[:/])?4326)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]*")
_ENDINGS = (".geojson", ".json")


class _Broken(ValueError):
    """The text is no collection of features; the place is where that shows."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.message, self.place = message, place


def read_features(path: str | os.PathLike[str]) -> Iterator[Table]:
    """The features of a file as rows of code and outline, one table; what is wrong is told, never raised.

    OSError when the file cannot be opened.
    """
    name, table = os.fspath(path), Table()
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        table.problems.append(Problem(name, 1, "file", "is not in UTF-8: export it again as GeoJSON"))
        table.is_unreadable = True
        yield table
        return
    try:
        for number, (place, feature) in enumerate(_features(text), start=1):
            line = text.count("\n", 0, place) + 1
            for row in _row(feature, name, line, number, table):
                table.rows.append(row)
    except (_Broken, RecursionError) as broken:
        message = getattr(broken, "message", "is nested too deep: export it again as GeoJSON")
        line = text.count("\n", 0, getattr(broken, "place", 0)) + 1
        table.problems.append(Problem(name, line, "file", message))
        table.is_unreadable = True
    yield table


def _row(feature: Any, name: str, line: int, number: int, table: Table) -> Iterator[Row]:
    """The row of a feature; nothing where something is wrong with it, which is told."""

    def tell(column: str, message: str) -> None:
        table.problems.append(Problem(name, line, column, f"feature {number}{named}{message.rstrip('.')}"))

    named = " "
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        tell("feature", "is no Feature of GeoJSON: each has type, properties and geometry")
        return
    if message := _other_system(feature):
        tell("crs", message)
        return
    try:
        unit = _code(feature)
        named = f" ({unit}) "
        outline = read_shape(feature.get("geometry"))
    except BadCell as refusal:
        tell("code", refusal.message)
    except BadShape as refusal:
        tell("geometry", refusal.message)
    else:
        yield Row(line, {"code": unit, "geometry": outline})


def _code(feature: dict[str, Any]) -> str:
    """The code of the unit, in the properties or as the feature's id. BadCell."""
    properties = feature.get("properties")
    given = properties.get("code") if isinstance(properties, dict) else None
    given = feature.get("id") if given is None else given
    if isinstance(given, bool) or not isinstance(given, str | int) or not str(given).strip():
        raise BadCell("has no code: give the code of the unit as “code” in its properties, or as its id")
    return code(str(given).strip())


def _other_system(part: dict[str, Any]) -> str | None:
    """What is wrong where a `crs` member names another system than WGS 84."""
    if "crs" not in part:
        return None
    crs = part["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(named, str) and _WGS_84.fullmatch(named.strip()):
        return None
    what = f"names the system {shown(named)}" if isinstance(named, str) else "has a crs that is not WGS 84"
    return f"{what}: GeoJSON is in WGS 84; convert the coordinates, then delete the member “crs”"


def _features(text: str) -> Iterator[tuple[int, Any]]:
    """Each feature with where it begins. _Broken."""
    seen, features = set[str](), 0
    place = _expect(text, _blank(text, 0), "{")
    while True:
        place = _blank(text, place)
        if text[place : place + 1] == "}" and not seen:
            break
        key, place = _value(text, place)
        place = _expect(text, _blank(text, place), ":")
        start = _blank(text, place)
        seen.add(str(key))
        if key == "features" and text[start : start + 1] == "[":
            place = yield from _members(text, start + 1)
            features += 1
        else:
            value, place = _value(text, start)
            _check_member(key, value, start)
        place = _blank(text, place)
        if text[place : place + 1] != ",":
            break
        place += 1
    place = _blank(text, _expect(text, place, "}"))
    if place < len(text):
        raise _Broken("goes on after its end: keep one collection in a file", place)
    if not features or "type" not in seen:
        raise _Broken("is no FeatureCollection of GeoJSON: it has a type and its features in a list", 0)


def _members(text: str, place: int) -> Generator[tuple[int, Any], None, int]:
    """The members of a list that begins before `place`; returns the place behind it."""
    place = _blank(text, place)
    if text[place : place + 1] == "]":
        return place + 1
    while True:
        start = _blank(text, place)
        value, place = _value(text, start)
        yield start, value
        place = _blank(text, place)
        if text[place : place + 1] != ",":
            return _expect(text, place, "]")
        place += 1


def _check_member(key: object, value: object, place: int) -> None:
    if key == "type" and value != "FeatureCollection":
        raise _Broken("is no FeatureCollection of GeoJSON: export the boundaries together, as one", place)
    if key == "features":
        raise _Broken("has features that are no list: export it again as GeoJSON", place)
    if key == "crs" and (message := _other_system({"crs": value})):
        raise _Broken(message, place)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _value(text: str, place: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, place)
    except json.JSONDecodeError as error:
        raise _Broken(
            f"is not JSON here ({error.msg.lower()}): export it again as GeoJSON", error.pos
        ) from None
    except ValueError as error:  # a number that is none, or has thousands of digits
        raise _Broken(f"is not JSON here ({error}): export it again as GeoJSON", place) from None


def _blank(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return place if found is None else found.end()


def _expect(text: str, place: int, sign: str) -> int:
    if text[place : place + 1] != sign:
        raise _Broken(f"is not JSON here ({sign} is missing): export it again as GeoJSON", place)
    return place + 1


def write_features(path: Path, features: Iterable[Sequence[Any]]) -> None:
    """Write code, name and shape of each as a collection of features, a line for each.

    CannotWrite for a name with another ending; OSError when the disk refuses, and nothing changes.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise CannotWrite(f"{path.name} is not GeoJSON: give a name that ends in .geojson")
    with written_whole(path) as stream:
        stream.write(b'{"type": "FeatureCollection", "features": [')
        for number, (unit, name, shape) in enumerate(features):
            feature = {
                "type": "Feature",
                "id": unit,
                "properties": {"code": unit, "name": name},
                "geometry": _geometry(shape),
            }
            text = json.dumps(feature, ensure_ascii=False)
            stream.write(f"{',' if number else ''}\n{text}".encode())
        stream.write(b"\n]}\n")


def _geometry(shape: Shape) -> dict[str, object]:
    polygons = [[_positions(ring) for ring in polygon] for polygon in shape.polygons]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _positions(ring: Ring) -> list[tuple[float, float]]:
    open_ring = [(x / UNIT, y / UNIT) for x, y in zip(ring[0::2], ring[1::2], strict=True)]
    return [*open_ring, open_ring[0]]
