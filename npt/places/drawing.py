"""A map drawn as SVG: shapes, numbers and pins on one plane, for whatever page shows one.

    drawn = draw([Ground(unit.name, [shape], href) for …], pins=[Pin("LU1 2AB", point)])

and `{{ map_of(drawn, id, title, description) }}` of components/map.html, with the table of what is on it.
The projection is the plainest: longitude across, shortened as it is in the middle of the map, and latitude
up. The corners are put on a grid, the same for neighbours, so that no gap opens between them; the grid is as
coarse as it takes to keep the page small. With JavaScript the same corners become a map to move about in.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from npt.places.rules import UNIT, Box, Point, Ring, Shape

#: The longer side of the drawing in its own units.
_SIDE = 2_000
#: The most corners of a drawing: about 40 kB.
_MOST_CORNERS = 5_500
#: A degree of longitude that would be longer than it is high leaves no room: nothing is drawn flatter.
_FLATTEST = 0.4
#: What is left around the shapes, of the longer side.
_MARGIN = 0.02
#: The least height that is drawn, in units of a degree: around a pin without any shape.
_LEAST = UNIT // 200
#: No drawing is higher than wide, so that it fits a screen, and none is much lower.
_LOWEST = 0.6
#: The room that a number takes up, as parts of the width: on a phone, and where there is room.
_NUMBER_ON_PHONE, _NUMBER = 0.095, 0.04
_TONES = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """What is drawn together under one number: the shapes of a unit, or of those under it."""

    name: str
    shapes: Sequence[Shape]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A point with a name."""

    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the drawing, in parts of its width and height as SVG wants them."""

    words: str
    x: str
    y: str
    #: left out where the page is narrow
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class DrawnGround:
    """A ground as it is drawn."""

    number: int
    #: its number, where there are several, and its name
    words: str
    href: str
    path: str
    tone: int


@dataclass(frozen=True, slots=True)
class DrawnPin:
    """A pin as it is drawn: parts of the width and the height, and where that is on the ground."""

    name: str
    x: str
    y: str
    #: latitude and longitude in degrees, for the map to move about in
    place: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map, ready for components/map.html."""

    width: int
    height: int
    grounds: Sequence[DrawnGround]
    labels: Sequence[Label]
    pins: Sequence[DrawnPin]
    #: latitude and longitude of its left upper corner, and how far a unit reaches to the south and the east
    corner: str
    step: str


@dataclass(frozen=True, slots=True)
class _Plane:
    """How the ground is laid on the drawing."""

    box: Box
    across: float
    up: float
    width: int
    height: int

    @classmethod
    def of(cls, box: Box) -> "_Plane":
        narrow = max(_FLATTEST, math.cos(math.radians(box.middle.lat / UNIT)))
        high = max(box.north - box.south, _LEAST, round((box.east - box.west) * narrow * _LOWEST))
        wide = max(box.east - box.west, round(high / narrow))
        margin = round(max(high, wide * narrow) * _MARGIN)
        middle = box.middle
        box = Box(
            middle.lat - high // 2 - margin,
            middle.lng - wide // 2 - round(margin / narrow),
            middle.lat + high // 2 + margin,
            middle.lng + wide // 2 + round(margin / narrow),
        )
        up = _SIDE / max(box.north - box.south, (box.east - box.west) * narrow)
        return cls(
            box,
            up * narrow,
            up,
            max(1, round((box.east - box.west) * narrow * up)),
            max(1, round((box.north - box.south) * up)),
        )

    def corners(self, ring: Ring, grid: int) -> list[tuple[int, int]]:
        """The ring on the drawing, its corners on the grid, without those that make no difference there."""
        laid = [
            (round((x - self.box.west) * self.across / grid), round((self.box.north - y) * self.up / grid))
            for x, y in zip(ring[0::2], ring[1::2], strict=True)
        ]
        return _turning(laid)

    def part(self, x: float, y: float) -> tuple[float, float]:
        """Where a place on the drawing is, in parts of its width and height."""
        return x / self.width, y / self.height

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point is, in parts of the width and the height."""
        x, y = (point.lng - self.box.west) * self.across, (self.box.north - point.lat) * self.up
        return self.part(x, y)


def draw(grounds: Sequence[Ground], pins: Sequence[Pin] = ()) -> Drawing | None:
    """The map of these, numbered from 1 in their order; None where there is nothing to draw."""
    boxes = [shape.box for ground in grounds for shape in ground.shapes]
    boxes += [Box(pin.point.lat, pin.point.lng, pin.point.lat, pin.point.lng) for pin in pins]
    if not boxes:
        return None
    box = boxes[0]
    for other in boxes[1:]:
        box = box.joined(other)
    plane = _Plane.of(box)
    drawn, labels = [], list[tuple[int, float, float]]()
    grid = _grid(plane, grounds)
    for number, ground in enumerate(grounds, start=1):
        rings = [plane.corners(ring, grid) for shape in ground.shapes for ring in shape.rings]
        path = "".join(_path(ring, grid) for ring in rings if len(ring) > 2)
        if path:
            words = f"{number} {ground.name}" if len(grounds) > 1 else ground.name
            drawn.append(DrawnGround(number, words, ground.href, path, (number - 1) % _TONES))
            x, y = _room_in(max(rings, key=_size))
            labels.append((number, *plane.part(x * grid, y * grid)))
    placed = [(pin, *plane.place(pin.point)) for pin in pins]
    up, across = 1 / plane.up / UNIT, 1 / plane.across / UNIT
    return Drawing(
        plane.width,
        plane.height,
        drawn,
        list(_apart(labels, plane)) if len(grounds) > 1 else [],
        [DrawnPin(pin.name, _percent(x), _percent(y), pin.point.words) for pin, x, y in placed],
        f"{plane.box.north / UNIT:.7f} {plane.box.west / UNIT:.7f}",
        f"{up:.10f} {across:.10f}",
    )


def _grid(plane: _Plane, grounds: Sequence[Ground]) -> int:
    """How many units of the drawing lie between two lines of the grid."""
    rings = [ring for ground in grounds for shape in ground.shapes for ring in shape.rings]
    grid = 1
    while grid < 64 and sum(len(plane.corners(ring, grid)) for ring in rings) > _MOST_CORNERS:
        grid *= 2
    return grid


def _turning(corners: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The corners at which the ring turns: none twice, none on the straight, none that leads out and back."""
    kept: list[tuple[int, int]] = []
    for x, y in corners:
        while len(kept) > 1:
            (x0, y0), (x1, y1) = kept[-2:]
            if (x1 - x0) * (y - y1) != (x - x1) * (y1 - y0):
                break
            kept.pop()
        if not kept or kept[-1] != (x, y):
            kept.append((x, y))
    return kept


def _path(ring: Sequence[tuple[int, int]], grid: int) -> str:
    """The ring in the words of SVG: where it begins, then how far it is to each next corner.

    A minus sign parts two numbers as well as a blank does.
    """
    (x, y), *_ = ring
    steps = " ".join(f"{(x1 - x0) * grid} {(y1 - y0) * grid}" for (x0, y0), (x1, y1) in pairwise(ring))
    return f"M{x * grid} {y * grid}l{steps.replace(' -', '-')}z"


def _size(ring: Sequence[tuple[int, int]]) -> int:
    around = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in around))


def _room_in(ring: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """A place well inside the ring: the middle of the longest of a few level lines through it."""
    ys = [y for _, y in ring]
    low, high = min(ys), max(ys)
    best = (-1.0, float(ring[0][0]), float(ring[0][1]))
    for part in (0.5, 0.4, 0.6, 0.3, 0.7):
        level = low + (high - low) * part + 0.001
        meets = sorted(
            x0 + (level - y0) * (x1 - x0) / (y1 - y0)
            for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], *ring[:1]], strict=True)
            if (y0 > level) != (y1 > level)
        )
        for west, east in zip(meets[0::2], meets[1::2], strict=False):
            # A line near the middle is better than a slightly longer one near the rim.
            room = (east - west) * (1 - abs(part - 0.5))
            best = max(best, (room, (west + east) / 2, level))
    return best[1], best[2]


def _apart(labels: Sequence[tuple[int, float, float]], plane: _Plane) -> Iterator[Label]:
    """The numbers that have room: those that have it only on a wide page are minor, others left out."""
    shape = plane.width / plane.height
    shown: list[tuple[float, float]] = []
    major: list[tuple[float, float]] = []
    for number, x, y in labels:
        if _has_room(x, y, major, _NUMBER_ON_PHONE, shape):
            major.append((x, y))
            is_minor = False
        elif _has_room(x, y, shown, _NUMBER, shape):
            is_minor = True
        else:
            continue
        if not _has_room(x, y, shown, _NUMBER, shape):
            continue
        shown.append((x, y))
        yield Label(str(number), _percent(x), _percent(y), is_minor)


def _has_room(x: float, y: float, taken: Sequence[tuple[float, float]], size: float, shape: float) -> bool:
    return all(abs(x - x0) > size or abs(y - y0) > size * shape * 0.9 for x0, y0 in taken)


def _percent(part: float) -> str:
    return f"{part * 100:.2f}%"
