"""Priorities of the demonstration: three of each team, and how others ended; whoever raised them is invented.

Where a team has open problem records, its priorities are about those; others have none yet, and are listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.demonstration.calendar import at
from npt.demonstration.chance import stream
from npt.demonstration.places import FORCE_CODE
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.people.models import Posting
from npt.people.rules import PolicingRole
from npt.priorities.models import Closing, Originator, Priority, PriorityAnswer, PriorityAttempt
from npt.priorities.rules import AgreedHow, Answered, Ending, OriginatorKind, Way, review_due
from npt.problems.models import Problem
from npt.store.dated import holding

#: What people want solved, as it is published.
_TITLES = (
    "Cars racing in the retail park at night",
    "Litter and broken glass on the playing field",
    "Speeding outside the primary school",
    "Drinking and shouting by the parade of shops",
    "Bicycles taken from the station",
    "Off-road motorcycles on the river path",
    "Fires in bins behind the flats",
    "Parking that blocks the pavement at school times",
    "Graffiti along the underpass",
    "Noise from late parties in the student houses",
)
_DONE = "Patrols at the times that people named, and a letter to every household in the street."
_REASON = "It went quiet for two weeks, and then it began again."
_NAMES = ("Pat Sample", "Kim Example", "Lee Specimen", "Jo Instance", "Sam Pattern")
_KINDS = (
    OriginatorKind.RESIDENT,
    OriginatorKind.MEETING,
    OriginatorKind.CALL,
    OriginatorKind.SURVEY,
    OriginatorKind.OFFICER,
)
#: How the past priorities of teams ended, in turn.
_ENDINGS = (
    Ending.ACCEPTED,
    Ending.NOT_REACHED,
    Ending.OVERRULED,
    Ending.NOT_CHOSEN,
    Ending.ACCEPTED,
    Ending.NO_WAY,
    Ending.NOBODY_TO_ASK,
)


@dataclass
class _Book:
    """The rows, table by table, and the keys that they are given."""

    by: int
    first: dict[type, int]
    rows: dict[type, list[dict[str, Any]]] = field(default_factory=dict)
    keys: dict[type, Iterator[int]] = field(default_factory=dict)

    def add(self, model: type, **values: Any) -> int:
        """A row more; its key."""
        key = next(self.keys.setdefault(model, count(self.first.get(model, 1))))
        self.rows.setdefault(model, []).append({"id": key, **values})
        return key


def agree_priorities(session: Session, seed: int, today: date) -> None:
    """Three priorities of each team, one of them waiting or refused here and there, and one that ended."""
    models: tuple[type[Any], ...] = (Priority, Originator, Closing, PriorityAttempt, PriorityAnswer)
    first = {model: (session.scalar(select(func.max(model.id))) or 0) + 1 for model in models}
    book = _Book(existing_account(session, f"{Role.SERGEANT.value}@demo.example").id, first)
    leads, problems = _leads(session, today), _problems(session)
    teams = units_under(session, f"{FORCE_CODE}/", as_at=today, level=Level.TEAM)
    places = units_under(session, f"{FORCE_CODE}/", as_at=today, level=Level.NEIGHBOURHOOD)
    for number, team in enumerate(teams):
        chance = stream(seed, "agreed", team.code)
        titles = chance.sample(_TITLES, 4)
        here = [each for each in places if each.parent_id == team.id]
        known = problems.get(team.id, [])
        for place in range(3):
            record = known[place] if place < len(known) else (None, titles[place])
            terms = {
                "unit_id": team.id,
                "neighbourhood_id": chance.choice(here).id if here else None,
                "title": record[1],
                "lead_id": leads.get(team.id),
                "problem_id": record[0],
            }
            _present(book, chance, terms, today, is_first=place == 0, number=number)
        _past(
            book,
            chance,
            {"unit_id": team.id, "title": titles[3], "lead_id": leads.get(team.id)},
            today,
            _ENDINGS[number % len(_ENDINGS)],
        )
    for model in models:
        rows = book.rows.get(model, [])
        if rows:
            session.execute(insert(model), rows)


def _present(
    book: _Book, chance: Random, terms: dict[str, Any], today: date, *, is_first: bool, number: int
) -> None:
    """A priority of now: of every fifth team the first waits, of every seventh it was refused."""
    agreed = today - timedelta(days=chance.randint(10, 110))
    is_waiting, is_refused = is_first and number % 5 == 1, is_first and number % 7 == 3
    asked = today - timedelta(days=4)
    key = _priority(book, terms, agreed, asked_on=asked if is_waiting else None, refusals=int(is_refused))
    raised = _raised(book, chance, key, agreed, kind=OriginatorKind.RESIDENT if is_first else None)
    if is_refused:
        closing = _closing(book, key, asked, Answered.REFUSED)
        _answer(book, closing, raised, asked, is_solved=False)
    elif is_waiting:
        closing = _closing(book, key, asked, None)
        _attempt(book, closing, raised, asked)


def _past(book: _Book, chance: Random, terms: dict[str, Any], today: date, ending: Ending) -> None:
    """A priority that ended in one of the last months."""
    closed = today - timedelta(days=chance.randint(3, 80))
    refusals = 2 if ending is Ending.OVERRULED else 0
    reason = {
        Ending.OVERRULED: "All that was asked for has been done, and the counts have halved.",
        Ending.NOT_CHOSEN: "The forum chose afresh.",
    }.get(ending)
    key = _priority(
        book,
        terms,
        closed - timedelta(days=100),
        closed_on=closed,
        ending=ending,
        end_reason=reason,
        refusals=refusals,
    )
    kinds = {Ending.NOBODY_TO_ASK: OriginatorKind.OFFICER, Ending.NO_WAY: OriginatorKind.CALL}
    raised = _raised(
        book,
        chance,
        key,
        closed - timedelta(days=100),
        kind=kinds.get(ending, OriginatorKind.RESIDENT),
        is_reachable=ending is not Ending.NO_WAY,
    )
    for before in range(refusals):
        asked = closed - timedelta(days=40 - 15 * before)
        closing = _closing(book, key, asked, Answered.REFUSED, before + 1)
        _answer(book, closing, raised, asked, is_solved=False)
    if ending in (Ending.ACCEPTED, Ending.NOT_REACHED):
        closing = _closing(book, key, closed, Answered(ending.value))
        if ending is Ending.ACCEPTED:
            _answer(book, closing, raised, closed, is_solved=True)
        else:
            for days in range(3):
                _attempt(book, closing, raised, closed - timedelta(days=days))


def _priority(book: _Book, terms: dict[str, Any], agreed: date, **given: Any) -> int:
    wanted = {
        "neighbourhood_id": None,
        "problem_id": None,
        "asked_on": None,
        "closed_on": None,
        "ending": None,
        "end_reason": None,
        "refusals": 0,
        **terms,
        **given,
    }
    key = book.add(
        Priority,
        **wanted,
        raised_on=agreed - timedelta(days=9),
        agreed_on=agreed,
        agreed_how=AgreedHow.MEETING,
        review_due_on=review_due(agreed),
        recorded_by_id=book.by,
        recorded_at=at(agreed, 20),
        version=1,
    )
    book.rows[Priority][-1]["reference"] = f"PR-{key}"
    return key


def _raised(
    book: _Book,
    chance: Random,
    priority_id: int,
    on: date,
    *,
    kind: OriginatorKind | None = None,
    is_reachable: bool = True,
) -> int:
    kind = kind or chance.choice(_KINDS)
    is_somebody = kind in (OriginatorKind.RESIDENT, OriginatorKind.CALL) and is_reachable
    key = book.add(
        Originator,
        priority_id=priority_id,
        is_first=True,
        kind=kind,
        name=chance.choice(_NAMES) if is_somebody else None,
        phone=f"+4416329600{chance.randrange(100):02}" if is_somebody else None,
        email=None,
        recorded_by_id=book.by,
        recorded_at=at(on, 20),
        version=1,
    )
    book.rows[Originator][-1]["reference"] = f"OR-{key}"
    return key


def _closing(book: _Book, priority_id: int, on: date, answered: Answered | None, number: int = 1) -> int:
    return book.add(
        Closing,
        priority_id=priority_id,
        number=number,
        done=_DONE,
        asked_by_id=book.by,
        asked_at=at(on, 10),
        answered=answered,
        answered_at=None if answered is None else at(on, 15),
        answered_by_id=None if answered is None else book.by,
    )


def _attempt(book: _Book, closing: int, raised: int, on: date) -> None:
    values = {"closing_id": closing, "originator_id": raised, "way": Way.PHONE}
    book.add(PriorityAttempt, **values, at=at(on, 11), by_id=book.by)


def _answer(book: _Book, closing: int, raised: int, on: date, *, is_solved: bool) -> None:
    book.add(
        PriorityAnswer,
        closing_id=closing,
        originator_id=raised,
        is_solved=is_solved,
        reason=None if is_solved else _REASON,
        way=Way.PHONE,
        at=at(on, 15),
        by_id=book.by,
    )


def _leads(session: Session, today: date) -> dict[int, int]:
    """A constable of each team, by team."""
    asked = (
        select(Posting.unit_id, func.min(Posting.member_id))
        .where(Posting.role == PolicingRole.CONSTABLE, holding(Posting.starts_on, Posting.ends_on, today))
        .group_by(Posting.unit_id)
    )
    return dict(session.execute(asked).all())


def _problems(session: Session) -> dict[int, list[tuple[int, str]]]:
    """The open problem records of each team: key and sentence."""
    asked = (
        select(Matter.unit_id, Problem.id, Matter.title)
        .join(Problem, Problem.matter_id == Matter.id)
        .join(Unit, Unit.id == Matter.unit_id)
        .where(Matter.closed_on.is_(None))
        .order_by(Problem.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for unit, problem, title in session.execute(asked):
        found.setdefault(unit, []).append((problem, title))
    return found
