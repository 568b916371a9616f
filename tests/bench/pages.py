"""What pages cost the process that serves them, held against a page that prints one word.

The one word goes through the same door (session, account, grants, transaction) and stands in the same layout
(header, navigation, footer), so the ratio is what the page itself adds. On SQLite the database works in the
same process and is counted with it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from flask import Flask, render_template
from sqlalchemy.orm import Session

from npt.access.rules import Role, SignedIn
from npt.commands.files import ending_of, take_in, write_kind
from npt.demonstration.accounts import ACCOUNTS, open_accounts
from npt.demonstration.force import DEFAULT_SEED, KINDS, Force
from npt.demonstration.places import BEDFORD_AND_DUNSTABLE, LUTON, SHOWN_TEAM
from npt.kit.clock import local_day, local_midnight
from npt.kit.months import Month
from npt.store.exchange import ImportOrder
from npt.store.transaction import engine_at, writing
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit
from tests import make
from tests.bench.measures import CPU, Measure, Pair, interleaved
from tests.bench.place import TODAY, Place
from tests.visiting import Visitor

PAIRS = 21
#: pages opened in a row on each side of a pair: one alone would be near the grain of the clock
IN_A_ROW = 5
WARM_UP = 10
#: The kinds of the demonstration's files that are cut short, and the column of the day, or the instant, that
#: says whether a row is kept: of a shift its end, for time away after midnight lies in one of the day before.
_DATED = {"duty": 2, "away": 1, "confirmations": 1}

_ONE_WORD = '{% extends "layout.html" %}{% set heading = "One" %}{% block content %}Word{% endblock %}'

#: the application on a demonstration force, by engine
_SERVED: dict[str, Flask] = {}


def served(place: Place, engine: str) -> Flask:
    """The application with the demonstration force and the page of one word."""
    if engine not in _SERVED:
        url = place.database(engine, "pages")
        app = place.app(url)
        _add_pages_of_one_word(app)
        load_force(url, place.folder, place.months)
        _SERVED[engine] = app
    return _SERVED[engine]


def _add_pages_of_one_word(app: Flask) -> None:
    pages = Pages("bench")
    in_layout = app.jinja_env.from_string(_ONE_WORD)

    @pages.read("/bench/word", needs=SignedIn(because="it holds nothing"))
    def word(visit: Visit[None]) -> Answer:
        return render_template(in_layout, visit=visit)

    @pages.read("/bench/bare-word", needs=SignedIn(because="it holds nothing"))
    def bare_word(visit: Visit[None]) -> Answer:
        return "Word"

    app.register_blueprint(pages.blueprint)


def load_force(url: str, folder: Path, months: int | None) -> None:
    """Take the demonstration force in, with its accounts; of its duty only this month and `months` before."""
    force = Force(DEFAULT_SEED, TODAY)
    first = date.min if months is None else Month.of(TODAY).plus(-months).first
    order = ImportOrder(may_update=False, now=local_midnight(TODAY), today=TODAY)
    engine = engine_at(url)
    with Session(engine) as session, writing(session):
        for kind in KINDS:
            file = folder / f"{kind}{ending_of(kind)}"
            write_kind(kind, file, rows_since(force, kind, first))
            problems = take_in(session, kind, file, order).problems
            if problems:
                raise RuntimeError(f"the demonstration force cannot be taken in: {problems[0]}")
        open_accounts(session, force, make.PASSWORD)
    engine.dispose()


def rows_since(force: Force, kind: str, first: date) -> Iterator[Sequence[object]]:
    """The rows of a kind, of the dated ones only what belongs to `first` or a later day."""
    for row in force.rows(kind):
        said = row[_DATED[kind]] if kind in _DATED else None
        day = local_day(said) if isinstance(said, datetime) else said
        if not isinstance(day, date) or day >= first:
            yield row


def _timings(place: Place, *, engine: str, role: Role, address: str, against: str) -> Iterator[Pair]:
    """The page as the demonstration's account of the role opens it, and the page of one word."""
    account = next(each for each in ACCOUNTS if each.role is role)
    visitor = Visitor(served(place, engine), account.email)
    page, word = partial(open_pages, visitor, address), partial(open_pages, visitor, against)
    for _ in range(WARM_UP):
        page()
        word()
    for pair in interleaved(page, word, pairs=PAIRS, clock=CPU):
        yield Pair(pair.work / IN_A_ROW, pair.against / IN_A_ROW)


def open_pages(visitor: Visitor, address: str) -> None:
    for _ in range(IN_A_ROW):
        answer = visitor.client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status}: there is nothing to measure")


def _measure(
    name: str,
    work: str,
    role: Role,
    address: str,
    *,
    engine: str = "sqlite",
    is_bare: bool = False,
    reach: int = 4,
) -> Measure:
    timings: Callable[[Place], Iterator[Pair]] = partial(
        _timings,
        engine=engine,
        role=role,
        address=address,
        against="/bench/bare-word" if is_bare else "/bench/word",
    )
    return Measure(
        name=name,
        work=f"{work}, {'SQLite' if engine == 'sqlite' else 'PostgreSQL'}",
        against="one word, no layout" if is_bare else "a page that prints one word",
        counted="CPU",
        reach=None if is_bare else Decimal(reach),
        timings=timings,
    )


_MONTH = Month.of(TODAY).plus(-1)
_LUTON = f"/units/{LUTON.code}/months/{_MONTH}"
_J = f"/units/{BEDFORD_AND_DUNSTABLE.code}/months/{_MONTH}"
_REVIEW = f"/units/{LUTON.code}/reviews/{_MONTH}"
_DAY = f"/teams/{SHOWN_TEAM}/day/{TODAY}"
_THREE, _SEVEN, _TEAM = "Month page, BCU of 3 areas", "Month page, BCU of 7 areas", "Day grid of a team"

MEASURES = [
    _measure("month-3-areas", _THREE, Role.MANAGER, _LUTON),
    _measure("month-7-areas", _SEVEN, Role.BOARD, _J),
    _measure("day-grid", _TEAM, Role.SERGEANT, _DAY),
    _measure("review-3-areas", "Review page, BCU of 3 areas", Role.MANAGER, _REVIEW, reach=5),
    _measure("month-7-areas-postgresql", _SEVEN, Role.BOARD, _J, engine="postgresql"),
    _measure("day-grid-postgresql", _TEAM, Role.SERGEANT, _DAY, engine="postgresql"),
    _measure("month-7-areas-bare", _SEVEN, Role.BOARD, _J, is_bare=True),
    _measure("day-grid-bare", _TEAM, Role.SERGEANT, _DAY, is_bare=True),
]
