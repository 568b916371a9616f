"""*My actions*: the page of somebody with fifty, in a register of 100,000, held against one of 1,000.

Both are the same page of the same application in one process, each on a database of its own: the account has
fifty actions that are still to be done, and the others belong to other owners of all kinds, of which one in
ten is open. What is measured is whether the register's size is felt by whoever opens their own list.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.clock import local_midnight
from npt.kit.paging import FIRST_PAGE
from npt.store.transaction import engine_at, writing
from npt.work.models import Action
from npt.work.rules import ActionState, Owner, OwnerKind
from tests import make
from tests.bench.measures import WAITING, Measure, Pair, interleaved
from tests.bench.pages import IN_A_ROW, PAIRS, WARM_UP, open_pages
from tests.bench.place import TODAY, Place
from tests.visiting import Visitor

_MANY, _FEW = 100_000, 1_000
_OWN = FIRST_PAGE.size
_EMAIL = "own@force.example"
_PAGE = "/my/actions"
_OTHERS = 400


def _register(place: Place, engine_name: str, size: int) -> Flask:
    """The application on a register of so many actions, fifty of which are the person's own."""
    url = place.database(engine_name, f"actions-{size}")
    app = place.app(url)
    engine = engine_at(url)
    with Session(engine) as session, writing(session):
        team = make.team(session)
        member = make.member(session, team=team)
        make.account(session, role=Role.PCSO, unit=team, email=_EMAIL, member=member)
        others = [Owner(OwnerKind.MEMBER, make.member(session, team=team).id) for _ in range(_OTHERS)]
        others.append(Owner(OwnerKind.AGENCY, make.agency(session).id))
        others.append(Owner(OwnerKind.ACCOUNT, make.account(session).id))
        own = [_row(team.id, number, Owner(OwnerKind.MEMBER, member.id), 0) for number in range(_OWN)]
        rest = [
            _row(team.id, number, others[number % len(others)], number % 10) for number in range(size - _OWN)
        ]
        session.execute(insert(Action), own + rest)
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    engine.dispose()
    return app


def _row(unit_id: int, number: int, owner: Owner, state: int) -> dict[str, Any]:
    """One action; it is still to be done where `state` is 0."""
    due_on = TODAY + timedelta(days=number % 60 - 30)
    return {
        "unit_id": unit_id,
        "reference": f"A-{number}",
        "what": f"Ask the shops about number {number}",
        "due_on": due_on,
        "state": ActionState.PLANNED if state == 0 else ActionState.DONE,
        "ended_on": None if state == 0 else due_on,
        "set_at": local_midnight(TODAY),
        **owner.columns,
    }


def _timings(engine_name: str, place: Place) -> Iterator[Pair]:
    openings = []
    for size in (_MANY, _FEW):
        visitor = Visitor(_register(place, engine_name, size), _EMAIL)
        shown = visitor.client.get(_PAGE).text.count('class="npt-todo__item')
        if shown != _OWN:
            raise RuntimeError(f"{_PAGE} shows {shown} actions: there is nothing to measure")
        openings.append(partial(open_pages, visitor, _PAGE))
    many, few = openings
    for _ in range(WARM_UP):
        many()
        few()
    for pair in interleaved(many, few, pairs=PAIRS, clock=WAITING):
        yield Pair(pair.work / IN_A_ROW, pair.against / IN_A_ROW)


MEASURES = [
    Measure(
        name=f"my-actions-{engine_name}",
        work=f"My actions, {_OWN} of {_MANY:,}, {words}",
        against=f"the same page over {_FEW:,}",
        counted="time",
        reach=Decimal("1.3"),
        timings=partial(_timings, engine_name),
    )
    for engine_name, words in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
]
