"""Cells: squares over the globe by which a database finds the few shapes that may hold a point.

Cells come in sizes, each four times as wide as the last. A shape is laid out in cells of the one size at
which it needs the most that are not too many; a point lies in one cell of every size. So a point is found by
a handful of keys, whatever the number of shapes, and a large shape takes no more rows than a small one.
"""

from collections.abc import Iterator

from npt.places.rules.points import UNIT, Box, Point

#: The widths of cells, as powers of 2 of our unit: 160 m to 43,000 km.
_SIZES = range(14, 33, 2)
#: The most cells that the box of a shape is laid out in.
_MOST = 64
# Counted from the south pole and the date line, so that no number is negative.
_SOUTH, _WEST = -90 * UNIT, -180 * UNIT


def cells_over(point: Point) -> list[int]:
    """The keys of the cells that the point lies in, one for each size."""
    return [_key(size, (point.lng - _WEST) >> size, (point.lat - _SOUTH) >> size) for size in _SIZES]


def cells_under(box: Box) -> Iterator[tuple[int, Box]]:
    """The cells that a box is laid out in: key and extent of each."""
    for size in _SIZES:
        west, east = (box.west - _WEST) >> size, (box.east - _WEST) >> size
        south, north = (box.south - _SOUTH) >> size, (box.north - _SOUTH) >> size
        if (east - west + 1) * (north - south + 1) <= _MOST:
            break
    else:
        raise ValueError("the box is larger than the globe")
    for x in range(west, east + 1):
        for y in range(south, north + 1):
            extent = Box(
                (y << size) + _SOUTH,
                (x << size) + _WEST,
                ((y + 1) << size) + _SOUTH,
                ((x + 1) << size) + _WEST,
            )
            yield _key(size, x, y), extent


def _key(size: int, x: int, y: int) -> int:
    return size << 48 | x << 24 | y
