"""The key individuals of a BCU with 20,000, filtered and paged, held against fifty rows by their keys.

Both give the same fifty records with their neighbourhoods and communities, out of one database. What is
measured is what it costs to find them: those of one sector whom nobody has met for longest, and how many.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from npt.communities.models import Community
from npt.communities.rules import CommunityKind
from npt.kin.models import KeyIndividual, SpokenFor
from npt.kin.queries import Asked, individuals_listed, individuals_under
from npt.kin.rules import Basis, Sector, Stage
from npt.kit.paging import FIRST_PAGE, Page
from npt.store.transaction import engine_at, writing
from tests import make
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.pages import PAIRS, WARM_UP
from tests.bench.place import TODAY, Place

_MANY, _NEIGHBOURHOODS = 20_000, 100
_ASKED = Asked(sector=Sector.FAITH)
_PAGE = Page(3, FIRST_PAGE.size)
#: How often each side is run for one timing: once is over before the clock has moved far.
_IN_A_ROW = 5


def _network(session: Session) -> str:
    """A BCU with 20,000 key individuals, beside another with as many; the path of the first."""
    bcus = [make.bcu(session) for _ in range(2)]
    sectors = list(Sector)
    rows: list[dict[str, Any]] = []
    key = 0
    for bcu in bcus:
        area = make.area(session, under=bcu)
        teams = [make.team(session, under=area) for _ in range(_NEIGHBOURHOODS)]
        places = [make.neighbourhood(session, under=team) for team in teams]
        for number in range(_MANY):
            key += 1
            since = TODAY - timedelta(days=number * 7 % 400)
            rows.append(
                {
                    "id": key,
                    "reference": f"K{key}",
                    "unit_id": places[number % len(places)].id,
                    "name": f"Person {key}",
                    "sector": sectors[number % len(sectors)],
                    "basis": Basis.PUBLIC_TASK,
                    "basis_on": since,
                    "recorded_on": since,
                    "stage": Stage.ACTIVE,
                    "active_on": since,
                    "reviewed_on": since,
                    "quiet_since": since,
                    "version": 1,
                }
            )
        session.add_all(
            Community(unit=place, code="polish", name="Polish", kind=CommunityKind.ETHNIC, starts_on=TODAY)
            for place in places
        )
    session.flush()
    session.execute(insert(KeyIndividual), rows)
    here = {each.unit_id: each.id for each in session.scalars(select(Community))}
    session.execute(
        insert(SpokenFor),
        [{"individual_id": row["id"], "community_id": here[row["unit_id"]]} for row in rows],
    )
    return bcus[0].path


def _timings(place: Place) -> Iterator[Pair]:
    engine = engine_at(place.database("postgresql", "kin"))
    with Session(engine) as session, writing(session):
        path = _network(session)
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()

    def asked() -> list[int]:
        keys: list[int] = []
        for _ in range(_IN_A_ROW):
            with Session(engine) as session:
                part = individuals_under(session, path, _ASKED, today=TODAY, page=_PAGE)
                keys = [each.id for each in part.rows]
        return keys

    keys = asked()
    if len(keys) != FIRST_PAGE.size:
        raise RuntimeError(f"the list has {len(keys)} rows: there is nothing to measure")

    def by_key() -> None:
        for _ in range(_IN_A_ROW):
            with Session(engine) as session:
                individuals_listed(session, keys)

    for _ in range(WARM_UP):
        asked()
        by_key()
    for pair in interleaved(asked, by_key, pairs=PAIRS, clock=WAITING):
        yield Pair(pair.work / _IN_A_ROW, pair.against / _IN_A_ROW)
    engine.dispose()


MEASURES = [
    Measure(
        name="list-of-key-individuals",
        work=f"Key individuals of a BCU with {_MANY:,}, filtered and paged, PostgreSQL",
        against=f"{FIRST_PAGE.size} rows by key",
        counted="time",
        reach=Decimal("2.5"),
        timings=_timings,
    ),
]
