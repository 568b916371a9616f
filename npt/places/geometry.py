"""What is asked of shapes together: whether they cross, overlap or lie outside, and their union.

The one place that knows shapely. It takes some twenty megabytes with what it needs, and is imported where a
boundary is taken in or joined, not where a point is looked up or a map is drawn.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from npt.places.rules import Point, Ring, Shape, cells_under

#: A polygon of shapely, in our unit: longitude, latitude.
Polygon = Any


class Shared(NamedTuple):
    """Two shapes of a list, by their places in it: which part of the smaller both hold, and where that is."""

    one: int
    other: int
    part: float
    near: Point


def crossing_of(shape: Shape) -> Point | None:
    """Where the outline crosses itself, or two polygons of it overlap; None for a sound one."""
    import shapely

    drawn = _as_drawn(shape)
    if shapely.is_valid(drawn):
        return None
    reason = shapely.is_valid_reason(drawn)  # "Self-intersection[-4175000 518791000]"
    try:
        x, y = map(float, reason.rpartition("[")[2].rstrip("]").split())
    except ValueError:
        return shape.box.middle
    return Point(round(y), round(x))


def outside_of(shape: Shape, outline: Shape) -> tuple[float, Point]:
    """Which part of the shape lies outside the outline, and where."""
    import shapely

    drawn = _sound(shape)
    beyond = shapely.difference(drawn, _sound(outline))
    return shapely.area(beyond) / shapely.area(drawn), _inside(beyond, shape)


def overlaps(shapes: Sequence[Shape], judged: Iterable[int]) -> Iterator[Shared]:
    """The pairs of shapes that share ground, one of them at a place in `judged`; each pair once."""
    import shapely

    drawn = [_sound(shape) for shape in shapes]
    tree = shapely.STRtree(drawn)
    new = set(judged)
    for one in sorted(new):
        for other in sorted(tree.query(drawn[one], predicate="intersects").tolist()):
            if other == one or (other in new and other < one):
                continue
            both = shapely.intersection(drawn[one], drawn[other])
            area = float(shapely.area(both))
            if area:
                smaller = min(float(shapely.area(drawn[one])), float(shapely.area(drawn[other])))
                yield Shared(one, other, area / smaller, _inside(both, shapes[one]))


def union_of(shapes: Iterable[Shape]) -> Shape:
    """The ground that any of the shapes holds."""
    import shapely

    joined = shapely.union_all([_sound(shape) for shape in shapes], grid_size=1)
    return Shape.spelt(_rings(joined))


def touched_cells(shape: Shape) -> list[int]:
    """The keys of the cells that the shape reaches into."""
    import shapely

    keys, extents = zip(*cells_under(shape.box), strict=True)
    drawn = _sound(shape)
    shapely.prepare(drawn)
    boxes = shapely.box(*zip(*((box.west, box.south, box.east, box.north) for box in extents), strict=True))
    return [
        key for key, is_met in zip(keys, shapely.intersects(drawn, boxes).tolist(), strict=True) if is_met
    ]


def _as_drawn(shape: Shape) -> Polygon:
    import shapely

    return shapely.MultiPolygon(
        [(_corners(outside), [_corners(hole) for hole in holes]) for outside, *holes in shape.polygons]
    )


def _sound(shape: Shape) -> Polygon:
    """The shape as shapely can reckon with it, also where it crosses itself."""
    import shapely

    drawn = _as_drawn(shape)
    return drawn if shapely.is_valid(drawn) else shapely.make_valid(drawn, method="structure")


def _inside(found: Polygon, shape: Shape) -> Point:
    """A point of what was found; of the shape, where that is nothing."""
    if found.is_empty:
        return shape.box.middle
    point = found.representative_point()
    return Point(round(point.y), round(point.x))


def _corners(ring: Ring) -> list[tuple[int, int]]:
    return list(zip(ring[0::2], ring[1::2], strict=True))


def _rings(drawn: Polygon) -> Iterator[list[Ring]]:
    """The rings of all polygons of what shapely made."""
    for part in getattr(drawn, "geoms", [drawn]):
        if part.geom_type == "Polygon":
            yield [_ring(ring) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type == "MultiPolygon":
            yield from _rings(part)


def _ring(ring: Any) -> Ring:
    return tuple(round(value) for x, y in list(ring.coords)[:-1] for value in (x, y))
