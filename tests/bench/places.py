"""A point to its neighbourhood, and a postcode to its place, held against fetching a row by its key.

The ground is a nation's: 3,600 neighbourhoods of 200 corners each, side by side, and 1,800,000 postcodes.
By key: a session fetches as many units (streets, beside postcodes) by their primary keys. Both sides forget
every record before the next.
The memory is what a process has more after a thousand points than before the first.
"""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import islice, product

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.places.actions import keep_boundary
from npt.places.models import Postcode, Street
from npt.places.queries import neighbourhood_at
from npt.places.rules import UNIT, Point, Shape, compact_postcode
from npt.store.base import Base
from npt.store.batches import batches
from npt.store.many import insert_stored
from npt.store.transaction import engine_at, writing
from tests import make
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.place import TODAY, Place

_ACROSS = 60
_POSTCODES = 1_800_000
_IN_A_ROW = 100
_PAIRS, _WARM_UP = 41, 6
#: of a neighbourhood, in our unit
_SIDE = UNIT // 20
_SOUTH, _WEST = 51 * UNIT, -4 * UNIT
_CORNERS_OF_A_SIDE = 50
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


_ENGINES: dict[tuple[str, str], Engine] = {}


def _made(place: Place, engine_name: str, name: str, fill: Callable[[Session], None]) -> Engine:
    if (engine_name, name) not in _ENGINES:
        url = place.database(engine_name, name)
        place.app(url)
        engine = _ENGINES[engine_name, name] = engine_at(url)
        with Session(engine) as session, writing(session):
            fill(session)
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    return _ENGINES[engine_name, name]


def _lay_out(session: Session) -> None:
    """The neighbourhoods, in rows of sixty."""
    area = make.area(session, code="A")
    for row in range(_ACROSS):
        team = make.team(session, under=area, code=f"T{row}")
        for column in range(_ACROSS):
            unit = make.neighbourhood(session, under=team, code=f"N{row}.{column}")
            keep_boundary(session, unit, _shape(row, column))


def _list(session: Session) -> None:
    """The postcodes, and as many streets as there are neighbourhoods."""
    names = "name", "search_key", "lat", "lng", "version"
    streets = [(f"Street {number}", "street", number, 0, 1) for number in range(_ACROSS**2)]
    insert_stored(session, Base.metadata.tables["street"], names, streets)
    for rows in batches(islice(_postcodes(), _POSTCODES), 10_000):
        insert_stored(session, Base.metadata.tables["postcode"], ("postcode", "lat", "lng"), rows)


def _shape(row: int, column: int) -> Shape:
    corners = [_corner(row, column, step, 0) for step in range(_CORNERS_OF_A_SIDE)]
    corners += [_corner(row, column + 1, 0, step) for step in range(_CORNERS_OF_A_SIDE)]
    corners += [_corner(row + 1, column, step, 0) for step in range(_CORNERS_OF_A_SIDE, 0, -1)]
    corners += [_corner(row, column, 0, step) for step in range(_CORNERS_OF_A_SIDE, 0, -1)]
    return Shape.spelt([[tuple(value for corner in corners for value in corner)]])


def _corner(row: int, column: int, east: int, north: int) -> tuple[int, int]:
    """A corner on an edge of the square, bent aside: the same for both neighbours."""
    x = _WEST + column * _SIDE + east * _SIDE // _CORNERS_OF_A_SIDE
    y = _SOUTH + row * _SIDE + north * _SIDE // _CORNERS_OF_A_SIDE
    bend = _SIDE // 40
    aside = random.Random(x ^ y).randint(-bend, bend)
    return (
        (x, y + aside)
        if east % _CORNERS_OF_A_SIDE
        else (x + aside, y)
        if north % _CORNERS_OF_A_SIDE
        else (x, y)
    )


def _postcodes() -> Iterator[tuple[str, int, int]]:
    districts = (
        f"{first}{second}{number}" for first, second, number in product(_LETTERS, _LETTERS, range(1, 10))
    )
    for number, (district, digit, one, two) in enumerate(product(districts, range(10), _LETTERS, _LETTERS)):
        yield f"{district}{digit}{one}{two}", _SOUTH + number % 1999 * 1000, _WEST + number % 1789 * 1000


#: Fetches the record of a number.
Work = Callable[[Session, int], object]


def _each(engine: Engine, work: Work) -> None:
    """Do it for a hundred numbers in one session, which forgets in between."""
    with Session(engine) as session:
        for number in range(_IN_A_ROW):
            if work(session, number) is None:
                raise RuntimeError("there is nothing: there is nothing to measure")
            session.expunge_all()


def _locate(session: Session, number: int) -> Unit | None:
    chance = random.Random(number)
    span = _ACROSS * _SIDE
    point = Point(
        _SOUTH + chance.randrange(_SIDE, span - _SIDE), _WEST + chance.randrange(_SIDE, span - _SIDE)
    )
    return neighbourhood_at(session, point, as_at=TODAY)


def _look_up(session: Session, number: int) -> Postcode | None:
    typed = f"{_LETTERS[number % 2]}b{number % 9 + 1} {number % 10}{_LETTERS[number % 20]}b"
    return session.get(Postcode, compact_postcode(typed))


def _points(place: Place, *, engine: str) -> Iterator[Pair]:
    ground = _made(place, engine, "ground", _lay_out)
    yield from _timings(ground, _locate, lambda session, number: session.get(Unit, 10 + number * 31))


def _directory(place: Place, *, engine: str) -> Iterator[Pair]:
    listed = _made(place, engine, "directory", _list)
    yield from _timings(listed, _look_up, lambda session, number: session.get(Street, 10 + number * 31))


def _timings(engine: Engine, work: Work, by_key: Work) -> Iterator[Pair]:
    ours, theirs = partial(_each, engine, work), partial(_each, engine, by_key)
    for _ in range(_WARM_UP):
        ours()
        theirs()
    yield from interleaved(ours, theirs, pairs=_PAIRS, clock=WAITING)


# What the system counts, in a process of its own that has served nothing else.
_MEMORY = """
import sys
from pathlib import Path
from sqlalchemy.orm import Session
from npt.factory import create_app
from npt.organisation.models import Unit
from npt.settings import Settings
from npt.store.base import Base
from npt.store.batches import batches
from npt.store.many import insert_stored
from npt.store.transaction import engine_at
from tests.bench.places import _each, _locate
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000
url = sys.argv[1]
create_app(Settings(url, ("a key for measuring, which protects nothing",)))
engine = engine_at(url)
with Session(engine) as session:
    session.get(Unit, 10)
before = resident()
for _ in range(10):
    _each(engine, _locate)
print(resident() - before)
"""


def _memory(place: Place, *, engine: str) -> Iterator[Pair]:
    _made(place, engine, "ground", _lay_out)
    url = place.database(engine, "ground")
    told = subprocess.run([sys.executable, "-c", _MEMORY, url], check=True, capture_output=True, text=True)
    yield Pair(max(float(told.stdout), 0.01), 1)


_NAMED = (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
MEASURES: list[Measure] = [
    *(
        Measure(
            f"point {engine}",
            f"A point to its neighbourhood among 3,600, {words}",
            "a row by key",
            "time",
            Decimal(3),
            partial(_points, engine=engine),
        )
        for engine, words in _NAMED
    ),
    Measure(
        "point memory",
        "Memory of a process that has located 1,000 points, SQLite",
        "one megabyte",
        "memory",
        Decimal(40),
        partial(_memory, engine="sqlite"),
    ),
    *(
        Measure(
            f"postcode {engine}",
            f"A postcode among 1,800,000, {words}",
            "a row by key",
            "time",
            Decimal("1.5"),
            partial(_directory, engine=engine),
        )
        for engine, words in _NAMED
    ),
]
