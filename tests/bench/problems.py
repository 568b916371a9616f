"""Problem records: board, list and search over many held against few, the search against the engine's own
query, and the list against the one that Flask-Admin makes of the same rows.

Many and few are the same pages of the same application in one process, each on a database of its own: a force
of forty teams, whose board reads all of it. One problem in ten is open, one in ten has the words sought. The
engine's own query is one statement with the same lines, order and limit, which knows of no reader: what is
ours beside it is whom each line may be shown to, and how many there are.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import flask_login
from flask import Flask
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.orm import Session, contains_eager

from npt.access.rules import Role, Scope, Viewer
from npt.categories.models import Category
from npt.kit.clock import local_midnight
from npt.kit.paging import FIRST_PAGE
from npt.kit.search_terms import terms_of, terms_sought
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.problem_search.queries import problems_found
from npt.problem_search.search_index import TERMS_KEPT, settle, terms_meant
from npt.problems.models import Problem, ProblemResponse
from npt.problems.queries import Asked
from npt.problems.queries.lines import lines_asked
from npt.problems.rules import Bearing, Noticed, Outcome, Stage
from npt.store.batches import batches
from npt.store.transaction import engine_at, writing
from npt.webkit.extensions import db
from tests import make
from tests.bench.measures import CPU, WAITING, Measure, Pair, interleaved
from tests.bench.pages import IN_A_ROW, PAIRS, WARM_UP, open_pages
from tests.bench.place import TODAY, Place
from tests.visiting import Visitor

_MANY = {"sqlite": 10_000, "postgresql": 100_000}
_FEW = 1_000
_TEAMS = 40
_EMAIL = "board@force.example"
_WORDS = (
    "mopeds",
    "fires",
    "litter",
    "noise",
    "drinking",
    "burglary",
    "parking",
    "drugs",
    "shops",
    "needles",
)
_SOUGHT = "mopeds park"
_PAGES = {
    "list": "/units/F/problems",
    "board": "/units/F/problems/board",
    "search": f"/problems?q={_SOUGHT.replace(' ', '+')}",
}
_THEIRS = "/bench/admin/problems/"


@dataclass(frozen=True, slots=True)
class _World:
    """A force with its problems, and the application on it."""

    app: Flask
    engine: Engine


_WORLDS: dict[tuple[str, int], _World] = {}


def _world(place: Place, engine_name: str, size: int) -> _World:
    if (engine_name, size) not in _WORLDS:
        url = place.database(engine_name, f"problems-{size}")
        app, engine = place.app(url), engine_at(url)
        with Session(engine) as session, writing(session):
            _fill(session, size)
        with engine.connect() as connection:
            connection.execute(text("ANALYZE"))
            connection.commit()
        _WORLDS[engine_name, size] = _World(app, engine)
    return _WORLDS[engine_name, size]


def _fill(session: Session, size: int) -> None:
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force))
    teams = [make.team(session, under=area) for _ in range(_TEAMS)]
    members = [make.member(session, team=team).id for team in teams]
    make.account(session, role=Role.BOARD, unit=force, email=_EMAIL)
    category = session.scalars(select(Category.id).order_by(Category.id)).first()
    for some in batches(range(size)):
        matters = [_matter(number, teams[number % _TEAMS].id) for number in some]
        keys = session.scalars(
            insert(Matter).returning(Matter.id, sort_by_parameter_order=True), matters
        ).all()
        problems = [
            _problem(number, key, category, members[number % _TEAMS])
            for number, key in zip(some, keys, strict=True)
        ]
        made = session.scalars(insert(Problem).returning(Problem.id, sort_by_parameter_order=True), problems)
        session.execute(
            insert(ProblemResponse),
            [{"problem_id": key, "objective": "Half as many calls in the park"} for key in made],
        )
        settle(session)


def _matter(number: int, unit_id: int) -> dict[str, Any]:
    raised = TODAY - timedelta(days=number % 400 + 30)
    return {
        "kind": MatterKind.PROBLEM,
        "reference": f"B-{number}",
        "title": f"{_WORDS[number % 10]} number {number} at the station",
        "unit_id": unit_id,
        "opened_on": raised,
        "closed_on": None if number // 10 % 10 == 0 else raised + timedelta(days=20),
    }


def _problem(number: int, matter_id: int, category: int | None, member: int) -> dict[str, Any]:
    is_open = number // 10 % 10 == 0
    return {
        "matter_id": matter_id,
        "category_id": category,
        "stage": list(Stage)[number % 4] if is_open else Stage.CLOSED,
        "place": f"Street {number % 500}",
        "radius": 250,
        "noticed": Noticed.RESIDENT,
        "harmed": "People who live there",
        "recorded_at": local_midnight(TODAY),
        "outcome": None if is_open else Outcome.REDUCED,
        "bearing": None if is_open else Bearing.SHOWN,
        "owner_member_id": member,
    }


def _pages(place: Place, *, engine_name: str, address: str) -> Iterator[Pair]:
    """A page over many problems, and over few."""
    openings: list[Callable[[], None]] = []
    for size in (_MANY[engine_name], _FEW):
        visitor = Visitor(_world(place, engine_name, size).app, _EMAIL)
        shown = visitor.client.get(address).text.count("/problems/B-")
        if shown < FIRST_PAGE.size:
            raise RuntimeError(f"{address} shows {shown} problems: there is nothing to measure")
        openings.append(partial(open_pages, visitor, address))
    many, few = openings
    yield from _paired(many, few, clock=WAITING)


def _paired(work: Callable[[], None], against: Callable[[], None], clock: Any) -> Iterator[Pair]:
    for _ in range(WARM_UP):
        work()
        against()
    for pair in interleaved(work, against, pairs=PAIRS, clock=clock):
        yield Pair(pair.work / IN_A_ROW, pair.against / IN_A_ROW)


def _query(place: Place, *, engine_name: str) -> Iterator[Pair]:
    """The search as the page asks for it, and the engine's own query with the same lines and limit."""
    engine = _world(place, engine_name, _MANY[engine_name]).engine
    viewer = Viewer(1, "", "", (Scope(Role.BOARD, "F/"),))
    with Session(engine) as session:

        def ours() -> None:
            for _ in range(IN_A_ROW):
                found = problems_found(
                    session,
                    viewer,
                    _SOUGHT,
                    Asked(),
                    today=TODAY,
                    now=local_midnight(TODAY),
                    page=FIRST_PAGE,
                )
                if len(found.part.rows) != FIRST_PAGE.size:
                    raise RuntimeError("the search finds too little: there is nothing to measure")

        def theirs() -> None:
            for _ in range(IN_A_ROW):
                meant = terms_meant(engine_name, terms_sought(_SOUGHT), is_whole=True)
                bare = lines_asked().where(TERMS_KEPT.c.rowid == Problem.id, meant)
                session.execute(bare.order_by(TERMS_KEPT.c.rowid.desc()).limit(FIRST_PAGE.size)).all()

        if "park" not in terms_of(_SOUGHT):
            raise RuntimeError("nothing is sought")
        yield from _paired(ours, theirs, clock=WAITING)


def _add_flask_admin(app: Flask) -> None:
    """The administration of problems, for whoever is signed in."""
    # Only this row needs it (`make bench` installs it), and its templates are not ours to warn about.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from flask_admin import Admin
        from flask_admin.contrib.sqla import ModelView

    def of_all(view: Any) -> Any:
        whole = contains_eager(Problem.matter).contains_eager(Matter.unit)
        return ModelView.get_query(view).join(Problem.matter).join(Matter.unit).options(whole)

    # made by type(): the package brings no types to inherit from
    view = type(
        "Problems",
        (ModelView,),
        {
            "column_list": (
                "matter.title",
                "matter.reference",
                "stage",
                "category.name",
                "place",
                "matter.unit.name",
                "matter.opened_on",
                "outcome",
            ),
            "column_select_related_list": (Problem.category,),
            "get_query": lambda view: of_all(view),
            "form_columns": ("place",),
            "page_size": FIRST_PAGE.size,
            "is_accessible": lambda _view: flask_login.current_user.is_authenticated,
        },
    )
    Admin(app, url="/bench/admin").add_view(view(Problem, db, endpoint="bench_problems", url=_THEIRS))


def _beside_flask_admin(place: Place) -> Iterator[Pair]:
    _world(place, "sqlite", _FEW)  # for its records; an application that has answered takes no further pages
    app = place.app(place.database("sqlite", f"problems-{_FEW}"))
    _add_flask_admin(app)
    visitor = Visitor(app, _EMAIL)
    ours = f"{_PAGES['list']}?stage=all"
    for address in (ours, _THEIRS):
        rows = visitor.client.get(address).text.count("<tr")
        if rows < FIRST_PAGE.size:
            raise RuntimeError(f"{address} shows {rows} rows: there is nothing to measure")
    yield from _paired(partial(open_pages, visitor, ours), partial(open_pages, visitor, _THEIRS), clock=CPU)


_ENGINES = (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
MEASURES = [
    *(
        Measure(
            name=f"problems-{name}-{engine}",
            work=f"{name.capitalize()} of {_MANY[engine]:,} problems, {words}",
            against=f"the same page over {_FEW:,}",
            counted="time",
            reach=Decimal("1.5"),
            timings=partial(_pages, engine_name=engine, address=address),
        )
        for engine, words in _ENGINES
        for name, address in _PAGES.items()
    ),
    *(
        Measure(
            name=f"problems-query-{engine}",
            work=f"Full-text search over {_MANY[engine]:,} problems, {words}",
            against="the engine's own query with the same limit",
            counted="time",
            reach=Decimal("1.5"),
            timings=partial(_query, engine_name=engine),
        )
        for engine, words in _ENGINES
    ),
    Measure(
        name="problems-flask-admin",
        work=f"List of {FIRST_PAGE.size} problems, SQLite",
        against="Flask-Admin's list of the same rows",
        counted="CPU",
        reach=Decimal("0.35"),
        timings=_beside_flask_admin,
    ),
]
