"""What a nation's figures cost, held against fetching as many rows by key; and whether history slows them.

The figures of a unit, role and month are minutes rostered, absent and abstracted by reason, shifts and
confirmed shifts: what every rate of a page, a file or a command is made of. As many rows by key: shifts whose
keys follow one another, as plain rows, the cheapest question there is.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from npt.duty.models import SHIFTS
from npt.duty.queries import monthly_sums, whole_sums
from npt.duty.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level
from npt.performance.queries import rates
from npt.performance.rules import Breakdown
from npt.store.transaction import engine_at
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.nation import NATION, ONE_FORCE, populate, work
from tests.bench.place import TODAY, Place

_PAIRS = 41
_WARM_UP = 5
_MONTH = Month.of(TODAY).plus(-1)
#: how much history there is, in months, unless BENCH_MONTHS says less
_LONG, _SHORT = 36, 1
_FIVE_YEARS = 60

Figure = Callable[[Session], object]

_ENGINES: dict[tuple[str, int], Engine] = {}


def nation(place: Place, months: int) -> Engine:
    """The nation on PostgreSQL with so much history, at most as much as the place allows."""
    return _made(place, "postgresql", min(months, place.months or months))


def one_force(place: Place) -> Engine:
    """One force on SQLite with five years of history, or as much as the place allows."""
    return _made(place, "sqlite", min(_FIVE_YEARS, place.months or _FIVE_YEARS))


def _made(place: Place, engine_name: str, months: int) -> Engine:
    if (engine_name, months) not in _ENGINES:
        url = place.database(engine_name, f"history-{months}")
        place.app(url)
        engine = engine_at(url)
        populate(engine, NATION if engine_name == "postgresql" else ONE_FORCE)
        work(engine, [_MONTH.plus(-before) for before in range(months)])
        _ENGINES[engine_name, months] = engine
    return _ENGINES[engine_name, months]


def nation_by_force_and_role(session: Session) -> object:
    """The month of every force."""
    paths = session.scalars(select(Unit.path).where(Unit.level == Level.FORCE)).all()
    return whole_sums(session, paths, _MONTH, _MONTH)


def force_over_13_months(session: Session) -> object:
    """Thirteen months of a force."""
    return whole_sums(session, ["F1/"], _MONTH.plus(-12), _MONTH)


def bcu_by_team_and_role(session: Session) -> object:
    """The month of every team of a BCU, and of the inspectors of its areas."""
    return monthly_sums(session, "F1/B1/", _MONTH, _MONTH)


def rates_of_13_months(session: Session) -> object:
    """What `npt rates` prints of a force's thirteen months: the definition, and what it makes of the sums."""
    unit = unit_at(session, "F1")
    if unit is None:
        raise RuntimeError("there is no unit F1")
    first = _MONTH.plus(-12)
    return rates(
        session, unit=unit, first=first, last=_MONTH, definition=DEFAULT_DEFINITION, by=Breakdown.ROLE
    )


def _asked(engine: Engine, figure: Figure) -> None:
    with Session(engine) as session:
        figure(session)


def _by_key(engine: Engine, count: int) -> None:
    with Session(engine) as session:
        rows = session.execute(select(SHIFTS).where(SHIFTS.c.id.between(1, count))).all()
        if len(rows) != count:
            raise RuntimeError(f"{len(rows)} shifts have the keys up to {count}")


def _rows_read(engine: Engine, figure: Figure) -> int:
    """How many rows the statements of a figure give."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    with Session(engine) as session:
        event.listen(engine, "before_cursor_execute", note)
        figure(session)
        event.remove(engine, "before_cursor_execute", note)
        driver = session.connection().connection.cursor()
        count = 0
        for statement, parameters in asked:
            driver.execute(statement, parameters)
            count += len(driver.fetchall())
        return count


def _against_keys(place: Place, *, engine_of: Callable[[Place], Engine], figure: Figure) -> Iterator[Pair]:
    engine = engine_of(place)
    by_key = partial(_by_key, engine, _rows_read(engine, figure))
    yield from _pairs(partial(_asked, engine, figure), by_key)


def _against_one_month(place: Place, *, figure: Figure) -> Iterator[Pair]:
    long, short = nation(place, _LONG), nation(place, _SHORT)
    yield from _pairs(partial(_asked, long, figure), partial(_asked, short, figure))


def _pairs(work_done: Callable[[], object], against: Callable[[], object]) -> Iterator[Pair]:
    for _ in range(_WARM_UP):
        work_done()
        against()
    yield from interleaved(work_done, against, pairs=_PAIRS, clock=WAITING)


_FIGURES: tuple[tuple[str, str, Figure], ...] = (
    ("nation", "The nation's month by force and role", nation_by_force_and_role),
    ("force", "A force's thirteen months by role", force_over_13_months),
    ("bcu", "A BCU's month by team and role", bcu_by_team_and_role),
)


def _measure(
    name: str, work_done: str, against: str, reach: str, timings: Callable[[Place], Iterator[Pair]]
) -> Measure:
    return Measure(name, work_done, against, "time", Decimal(reach), timings)


MEASURES = [
    *(
        _measure(
            f"figures-{name}",
            f"{words}, PostgreSQL",
            "as many rows by key",
            "1.5",
            partial(_against_keys, engine_of=lambda place: nation(place, _LONG), figure=figure),
        )
        for name, words, figure in _FIGURES
    ),
    *(
        _measure(
            f"figures-{name}-sqlite",
            f"{words}, SQLite",
            "as many rows by key",
            "1.5",
            partial(_against_keys, engine_of=one_force, figure=figure),
        )
        for name, words, figure in _FIGURES[1:]
    ),
    *(
        _measure(
            f"history-{name}",
            f"{words}, 36 months of history",
            "one month of history",
            "1.1",
            partial(_against_one_month, figure=figure),
        )
        for name, words, figure in (_FIGURES[0], _FIGURES[2])
    ),
]
