"""The mix of a force-year of contacts by team, held against the same answer with DuckDB counting the rows.

Both hold what was counted against the same people, and judge it by the same rules. What differs is who counts
130,000 contacts by neighbourhood, ethnicity and community: our query on PostgreSQL, with the session that it
takes, or DuckDB over the same rows in memory, by columns.
"""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.communities.actions import add_community, record_population
from npt.communities.queries import ground_of
from npt.communities.rules import CodeSystem, CommunityKind
from npt.engagement.models import Contact
from npt.engagement.queries.mix import Counted, contact_mix, mix_of_contacts
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at, units_under
from npt.organisation.rules import Level
from npt.store.transaction import engine_at
from tests import make
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.place import TODAY, Place

_CONTACTS, _TEAMS, _NEIGHBOURHOODS = 130_000, 35, 88
_FIRST = TODAY - timedelta(days=364)
_GROUPS = ("W", "A", "B", "M", "O", "NS", None)
_PAIRS, _WARM_UP = 15, 3
_NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0, tzinfo=UTC)


def _fill(engine: Engine, rows: Any) -> None:
    """A force of the size of the demonstration's, with its contacts; the same rows go into a file."""
    chance = Random(1)
    with Session(engine) as session:
        force = make.force(session, code="F")
        area = make.area(session, under=make.bcu(session, under=force, code="C"), code="A")
        teams = [make.team(session, under=area, code=f"T{number}") for number in range(_TEAMS)]
        stamp = Stamp(make.account(session, role=Role.BOARD, unit=force).id, _NOW)
        places = [
            make.neighbourhood(session, under=teams[number % _TEAMS], code=f"N{number}")
            for number in range(_NEIGHBOURHOODS)
        ]
        known = {place.id: _people(session, place, stamp) for place in places}
        contacts = []
        for number in range(_CONTACTS):
            place, day = chance.choice(places), _FIRST + timedelta(days=number % 365)
            community = chance.choice(known[place.id]) if number % 4 == 0 else None
            at = datetime(day.year, day.month, day.day, 12, 0, tzinfo=UTC)
            said = {"unit_id": place.id, "on_date": day, "ethnicity": chance.choice(_GROUPS)}
            said["community_id"] = None if community is None else community[0]
            said["is_of_none"] = number % 4 == 1
            sent = {"reference": f"c-{number}", "at": at, "typed_at": at, "received_at": at, "version": 1}
            contacts.append({**said, **sent})
            kind = said["ethnicity"], community and community[1], said["is_of_none"]
            rows.writerow((place.path, day.isoformat(), *kind))
        session.execute(insert(Contact.__table__), contacts)  # type: ignore[arg-type]  # a table, as it is here
        session.commit()


def _people(session: Session, place: Unit, stamp: Stamp) -> list[tuple[int, str]]:
    """Who lives in a neighbourhood, and its communities: keys and names."""
    record_population(
        session,
        neighbourhood=place,
        as_at=_FIRST,
        codes=CodeSystem.EIGHTEEN,
        source="Census",
        people={"W": 700, "A": 150, "B": 80, "M": 50, "O": 20},
        today=TODAY,
    )
    return [
        (
            add_community(
                session,
                neighbourhood=place,
                name=name,
                kind=CommunityKind.ETHNIC,
                share=Decimal(5),
                as_at=_FIRST,
                source="Census",
                starts_on=make.START,
                stamp=stamp,
                today=TODAY,
            ).id,
            name.casefold(),
        )
        for name in ("Polish", "Bangladeshi")
    ]


def _timings(place: Place) -> Iterator[Pair]:
    import duckdb  # only this row needs it: `make bench` installs it

    url = place.database("postgresql", "heard")
    place.app(url)
    engine, file = engine_at(url), place.folder / "contacts.csv"
    with file.open("w", newline="") as written:
        _fill(engine, csv.writer(written))
    columns = duckdb.connect()
    columns.execute(
        "CREATE TABLE contact AS SELECT * FROM read_csv(?, header = false, columns ="
        " {'path': 'VARCHAR', 'on_date': 'DATE', 'ethnicity': 'VARCHAR', 'community': 'VARCHAR',"
        " 'is_of_none': 'BOOLEAN'})",
        [str(file)],
    )

    def ours() -> object:
        with Session(engine) as session:
            return contact_mix(session, *_asked(session))

    def theirs() -> object:
        with Session(engine) as session:
            force, first, last, teams = _asked(session)
            found = columns.execute(
                "SELECT path, ethnicity, community, is_of_none, count(*) FROM contact"
                " WHERE on_date BETWEEN ? AND ? GROUP BY ALL",
                [first, last],
            ).fetchall()
            counted, ground = [Counted(*row) for row in found], ground_of(session, force, last)
            return [mix_of_contacts(each, counted, ground) for each in (force, *teams)]

    for _ in range(_WARM_UP):
        ours(), theirs()
    yield from interleaved(ours, theirs, pairs=_PAIRS, clock=WAITING)


def _asked(session: Session) -> tuple[Unit, Any, Any, list[Unit]]:
    force = unit_at(session, "F")
    assert force is not None, "the force was not made"
    return force, _FIRST, TODAY, units_under(session, force.path, as_at=TODAY, level=Level.TEAM)


MEASURES = [
    Measure(
        name="contact-mix",
        work="mix of a force-year of 130,000 contacts, the force and its 35 teams",
        against="the same with the rows counted by DuckDB",
        counted="time",
        reach=Decimal("1.5"),
        timings=partial(_timings),
    )
]
