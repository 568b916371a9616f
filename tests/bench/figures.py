"""What a nation's figures cost, held against fetching as many rows by key; and whether history slows them.

The figures are asked of the functions that pages, commands and the API ask: rates by role under the usual
definition, which the database adds up, and the sums by reason that they are made of. As many rows by key: a
session fetches, by a list of so many primary keys, as many shifts as the roll-up has rows of what is asked:
one for each unit, role and month, and one for each reason that took time in it. Both sides open a session,
which is counted.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import click
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from npt.counting.models import AWAY_SUMS, DUTY_SUMS
from npt.counting.rollup.read import whole_sums
from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level
from npt.performance.queries import definition_named, rates, rates_of_units
from npt.performance.rules import Breakdown
from npt.shifts.models import SHIFTS
from npt.store.transaction import engine_at
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.nation import NATION, ONE_FORCE, populate, work
from tests.bench.place import TODAY, Place

_PAIRS = 41
_WARM_UP = 6
_MONTH = Month.of(TODAY).plus(-1)
_FORCE, _BCU = "F1", "B1"
#: in months
_FIVE_YEARS = 60

_ENGINES: dict[tuple[str, str], Engine] = {}
_WORKED: dict[tuple[str, str], int] = {}


def _nation(place: Place, months: int) -> Engine:
    """The nation on PostgreSQL with so much history: one database with a month, another that grows."""
    return _made(place, "postgresql", "short" if months == 1 else "long", months)


def _one_force(place: Place, months: int) -> Engine:
    """One force on SQLite with so much history."""
    return _made(place, "sqlite", "short" if months == 1 else "long", months)


def _made(place: Place, engine_name: str, name: str, months: int) -> Engine:
    key = engine_name, name
    if key not in _ENGINES:
        url = place.database(engine_name, f"history-{name}")
        place.app(url)
        _ENGINES[key], _WORKED[key] = engine_at(url), 0
        populate(_ENGINES[key], NATION if engine_name == "postgresql" else ONE_FORCE)
    if _WORKED[key] > months:
        raise RuntimeError(f"there are {_WORKED[key]} months already: measure shorter histories first")
    if _WORKED[key] < months:
        begun = WAITING()
        work(_ENGINES[key], [_MONTH.plus(-before) for before in range(_WORKED[key], months)])
        click.echo(f"From {_WORKED[key]} to {months} months, {engine_name}: {WAITING() - begun:.0f} seconds")
        _WORKED[key] = months
    return _ENGINES[key]


@dataclass(frozen=True)
class _Figures:
    """Some units and months whose figures are asked for."""

    name: str
    words: str
    first: Month
    #: from a session, the rates of them
    rates: Callable[[Session], object]
    #: from a session, the units themselves
    units: Callable[[Session], Sequence[Unit]]

    def sums(self, session: Session) -> object:
        """The sums by role and reason that the rates are made of."""
        return whole_sums(session, [unit.path for unit in self.units(session)], self.first, _MONTH)

    def rows(self, engine: Engine) -> int:
        """How many rows the roll-up has of them."""
        with Session(engine) as session:
            ids = [unit.id for unit in self.units(session)]
            count = 0
            for sums in (DUTY_SUMS, AWAY_SUMS):
                asked = select(func.count()).select_from(sums).where(sums.c.unit_id.in_(ids), sums.c.is_whole)
                asked = asked.where(sums.c.starts_on.between(self.first.first, _MONTH.last))
                count += session.scalar(asked) or 0
            return count


def _forces(session: Session) -> Sequence[Unit]:
    return session.scalars(select(Unit).where(Unit.level == Level.FORCE)).all()


def _unit(session: Session, code: str) -> Unit:
    unit = unit_at(session, code)
    if unit is None:
        raise RuntimeError(f"there is no unit {code}")
    return unit


def _teams(session: Session) -> Sequence[Unit]:
    under = Unit.path.startswith(_unit(session, _BCU).path, autoescape=True)
    return session.scalars(select(Unit).where(Unit.level == Level.TEAM, under)).all()


def _rates_of_nation(session: Session) -> object:
    definition = definition_named(session, DEFAULT_DEFINITION)
    return rates_of_units(session, _forces(session), _MONTH, _MONTH, definition, Breakdown.ROLE)


def _rates(session: Session, code: str, first: Month, each: Level | None) -> object:
    return rates(
        session,
        unit=_unit(session, code),
        first=first,
        last=_MONTH,
        each=each,
        definition=DEFAULT_DEFINITION,
        by=Breakdown.ROLE,
    )


_YEAR_AGO = _MONTH.plus(-12)
_FORCES = _Figures("nation", "The nation's month by force and role", _MONTH, _rates_of_nation, _forces)
_TREND = _Figures(
    "force",
    "A force's thirteen months by role",
    _YEAR_AGO,
    partial(_rates, code=_FORCE, first=_YEAR_AGO, each=None),
    lambda session: [_unit(session, _FORCE)],
)
_TEAMS = _Figures(
    "bcu",
    "A BCU's month by team and role",
    _MONTH,
    partial(_rates, code=_BCU, first=_MONTH, each=Level.TEAM),
    _teams,
)


def _asked(engine: Engine, figure: Callable[[Session], object]) -> None:
    with Session(engine) as session:
        figure(session)


def _by_key(engine: Engine, keys: Sequence[int]) -> None:
    with Session(engine) as session:
        rows = session.execute(select(SHIFTS).where(SHIFTS.c.id.in_(keys))).all()
        if len(rows) != len(keys):
            raise RuntimeError(f"{len(rows)} shifts were found by {len(keys)} keys")


def _pairs(work_done: Callable[[], object], against: Callable[[], object]) -> Iterator[Pair]:
    for _ in range(_WARM_UP):
        work_done()
        against()
    yield from interleaved(work_done, against, pairs=_PAIRS, clock=WAITING)


def _against_keys(
    place: Place,
    *,
    engine_of: Callable[[Place, int], Engine],
    months: int,
    figures: _Figures,
    is_by_reason: bool,
) -> Iterator[Pair]:
    engine = engine_of(place, months)
    by_key = partial(_by_key, engine, list(range(1, figures.rows(engine) + 1)))
    yield from _pairs(partial(_asked, engine, figures.sums if is_by_reason else figures.rates), by_key)


def _against_one_month(
    place: Place, *, engine_of: Callable[[Place, int], Engine], months: int, figures: _Figures
) -> Iterator[Pair]:
    long, short = engine_of(place, months), engine_of(place, 1)
    yield from _pairs(partial(_asked, long, figures.rates), partial(_asked, short, figures.rates))


def _measures(
    engine_of: Callable[[Place, int], Engine], where: str, months: int, asked: Sequence[_Figures]
) -> Iterator[Measure]:
    """The rows of one engine with so much history."""
    history = f"{where}, {'a month' if months == 1 else f'{months} months'} of history"
    short = "" if where == "PostgreSQL" else f"-{where.lower()}"
    for figures in asked:
        for is_by_reason in (False, True):
            yield Measure(
                name=f"{'sums' if is_by_reason else 'rates'}-{figures.name}{short}-{months}",
                work=f"{figures.words}{', and reason' if is_by_reason else ''}: {history}",
                against="as many rows by key",
                counted="time",
                reach=Decimal("1.5"),
                timings=partial(
                    _against_keys,
                    engine_of=engine_of,
                    months=months,
                    figures=figures,
                    is_by_reason=is_by_reason,
                ),
                history=months if where == "PostgreSQL" else 0,
            )
    if months > 1:
        # Of a trend of thirteen months a shorter history holds fewer rows: there is nothing to compare.
        for figures in asked:
            if figures.first == _MONTH:
                yield Measure(
                    name=f"history-{figures.name}{short}-{months}",
                    work=f"{figures.words}: {history}",
                    against="a month of history",
                    counted="time",
                    reach=Decimal("1.1"),
                    timings=partial(_against_one_month, engine_of=engine_of, months=months, figures=figures),
                    history=months if where == "PostgreSQL" else 0,
                )


_ALL = (_FORCES, _TREND, _TEAMS)
MEASURES = [
    *_measures(_nation, "PostgreSQL", 1, [_FORCES, _TEAMS]),
    *_measures(_nation, "PostgreSQL", 12, _ALL),
    *_measures(_nation, "PostgreSQL", 36, _ALL),
    *_measures(_one_force, "SQLite", _FIVE_YEARS, [_TREND, _TEAMS]),
]
