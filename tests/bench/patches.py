"""The page of a neighbourhood that is full, held against that of one that is nearly empty.

Both have the same communities and people; one has 300 key individuals and 5,000 contacts of thirteen months,
the other three and fifty.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import insert
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.communities.actions import add_community
from npt.communities.rules import CommunityKind
from npt.engagement.models import Contact
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.places.models import Street
from npt.store.transaction import engine_at, writing
from tests import make
from tests.bench.measures import CPU, Measure, Pair, interleaved
from tests.bench.pages import IN_A_ROW, PAIRS, WARM_UP, open_pages
from tests.bench.place import TODAY, Place
from tests.visiting import Visitor

#: key individuals and contacts of the two neighbourhoods
FULL, BARE = (300, 5_000), (3, 50)
_DAYS, _COMMUNITIES, _STREETS = 396, 8, 30
_GROUPS = ("W", "A", "B", "M", "O", "NS", None)
_NOW = datetime.combine(TODAY, time(10), UTC)


def _timings(place: Place) -> Iterator[Pair]:
    url = place.database("sqlite", "patches")
    app = place.app(url)
    engine = engine_at(url)
    with Session(engine) as session, writing(session):
        team = make.team(session, code="T1")
        make.account(session, role=Role.PCSO, unit=team, email="pcso@force.example")
        for code, west, (people, contacts) in (("FULL", -0.5, FULL), ("BARE", -0.49, BARE)):
            _fill(session, make.neighbourhood(session, under=team, code=code), west, people, contacts)
    engine.dispose()
    visitor = Visitor(app, "pcso@force.example")
    full, bare = (partial(open_pages, visitor, f"/units/{code}") for code in ("FULL", "BARE"))
    for _ in range(WARM_UP):
        full()
        bare()
    for pair in interleaved(full, bare, pairs=PAIRS, clock=CPU):
        yield Pair(pair.work / IN_A_ROW, pair.against / IN_A_ROW)


def _fill(session: Session, unit: Unit, west: float, people: int, contacts: int) -> None:
    make.boundary(session, unit=unit, west=west)
    named = [
        add_community(
            session,
            neighbourhood=unit,
            name=f"Community {number}",
            kind=CommunityKind.ETHNIC,
            share=Decimal(5),
            starts_on=make.START,
            stamp=Stamp(None, _NOW),
            today=TODAY,
        )
        for number in range(_COMMUNITIES)
    ]
    session.flush()
    for number in range(people):
        make.key_individual(
            session,
            unit=unit,
            name=f"Person {number}",
            ethnicity=_GROUPS[number % 7],
            communities=[named[number % _COMMUNITIES]],
        )
    for number in range(_STREETS):
        session.add(
            Street(
                name=f"Street {number}",
                search_key=f"street {number}",
                lat=1,
                lng=unit.id,
                neighbourhood_id=unit.id,
            )
        )
    rows = []
    for number in range(contacts):
        at = datetime.combine(TODAY - timedelta(days=number % _DAYS), time(9), UTC)
        rows.append(
            {
                "reference": f"{unit.code}-{number}",
                "unit_id": unit.id,
                "at": at,
                "on_date": at.date(),
                "typed_at": at,
                "received_at": at,
                "street": f"Street {number % _STREETS}",
                "ethnicity": _GROUPS[number % 7],
                "community_id": named[number % _COMMUNITIES].id,
                "is_of_none": False,
                "version": 1,
            }
        )
    session.execute(insert(Contact), rows)


MEASURES = [
    Measure(
        name="neighbourhood-page",
        work="Neighbourhood page, 300 key individuals and 5,000 contacts, SQLite",
        against="the same page with 3 and 50",
        counted="CPU",
        reach=Decimal("1.3"),
        timings=_timings,
    )
]
