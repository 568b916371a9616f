"""What an entry may hold: days, numbers and words at the edge of what is taken, and just beyond it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from npt.api.actions import TokenNameNotPossible, make_token
from npt.counting.actions import (
    BadDefinition,
    BadReasonName,
    DefinitionFacts,
    ReasonFacts,
    WhyMissing,
    add_reason,
    change_counting,
    copy_definition,
    planned_changes,
)
from npt.counting.queries import definition_record
from npt.kit.limits import DayOutOfRange
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.operations.actions import plan_operation
from npt.people.actions import set_student_rule
from npt.people.queries import posting_book
from npt.people.rules import PolicingRole
from npt.shifts.actions import NoteTooLong
from npt.shifts.rules import ReasonKind
from npt.staffing.actions import (
    LimitOutOfRange,
    MinutesOutOfRange,
    PostsOutOfRange,
    ReasonMissing,
    TargetOutOfRange,
    check_time,
    set_limit,
    set_target,
)
from npt.training.actions import BadProgramme, ProgrammeFacts, add_programme
from tests import make
from tests.records.match_day import FOOTBALL
from tests.records.november import defined

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
DAY = date(2026, 11, 16)
STAMP = Stamp(None, NOW)
COURSE = ProgrammeFacts("First aid", "So", ("Breathing",), frozenset({PolicingRole.CONSTABLE}), 30, 60)

Write = Callable[[Session, Any], object]


@pytest.fixture
def engine_name() -> str:
    """SQLite: other tests send PostgreSQL the same statements."""
    return "sqlite"


def _limit(session: Session, people: str = "9", day: date = DAY) -> object:
    return set_limit(session, unit=make.force(session), people=Decimal(people), starts_on=day)


def _target(session: Session, heads: int = 5, day: date = DAY) -> object:
    return set_target(session, unit=make.team(session), role=PolicingRole.SPECIAL, due_on=day, heads=heads)


def _course(session: Session, **facts: Any) -> object:
    return add_programme(session, force=make.force(session), code="new", facts=replace(COURSE, **facts))


def _reason(session: Session, name: str = "Football", day: date | None = None) -> object:
    facts = ReasonFacts(name, closed_on=day)
    return add_reason(session, code="football", kind=ReasonKind.ABSTRACTION, facts=facts)


def _definition(session: Session, name: str = "Mine", so: str = "So", day: date | None = None) -> object:
    facts = DefinitionFacts(name, so, closed_on=day)
    return copy_definition(session, source="local-2008", code="mine", facts=facts, now=NOW)


def _counting(session: Session, why: str = "Agreed", day: date = DAY) -> object:
    planned = planned_changes(session, defined(session), chosen=["court"], counts=True, starts_on=day)
    record = definition_record(session, "local-2008")
    assert record is not None
    return change_counting(session, record, planned, why=why, stamp=STAMP)


def _operation(session: Session, **planned: Any) -> object:
    by = make.account(session)
    area = make.area(session)
    return plan_operation(session, stamp=Stamp(by.id, NOW), unit=area, planned=replace(FOOTBALL, **planned))


def _time(session: Session, minutes: int) -> None:
    posting = make.posting(session, role=PolicingRole.SPECIAL)
    book = posting_book(session, [posting.member_id], DAY, DAY)
    check_time(book, posting.member_id, "S1", DAY, minutes, today=DAY)


DAYS: dict[str, tuple[Write, str]] = {
    "a limit on supervision": (lambda session, day: _limit(session, day=day), "starts_on"),
    "a target": (lambda session, day: _target(session, day=day), "due_on"),
    "student officers": (
        lambda session, day: set_student_rule(
            session, force=make.force(session), starts_on=day, is_counted=True, stamp=STAMP
        ),
        "starts_on",
    ),
    "a programme needed": (lambda session, day: _course(session, needed_from=day), "needed_from"),
    "a programme closed": (lambda session, day: _course(session, closed_on=day), "closed_on"),
    "a reason closed": (lambda session, day: _reason(session, day=day), "closed_on"),
    "a definition closed": (lambda session, day: _definition(session, day=day), "closed_on"),
    "what counts": (lambda session, day: _counting(session, day=day), "starts_on"),
    "an operation begun": (lambda session, day: _operation(session, first_on=day), "first_on"),
    "an operation over": (lambda session, day: _operation(session, last_on=day), "last_on"),
}


@pytest.mark.parametrize(("write", "field"), DAYS.values(), ids=DAYS)
def test_a_day_beyond_those_that_can_be_reckoned_with_is_refused_at_its_field(
    session: Session, write: Write, field: str
) -> None:
    for day in (date(1899, 12, 31), date(2200, 1, 1)):
        with pytest.raises(DayOutOfRange) as refused:
            write(session, day)
        assert refused.value.field == field
        session.rollback()


EDGES: dict[str, tuple[Write, Sequence[Any], Sequence[Any], type[Refusal]]] = {
    "posts": (
        lambda session, posts: make.establishment(session, unit=make.team(session), posts=posts),
        ["0", "0.01", "100000"],
        ["-0.01", "0.001", "100000.01"],
        PostsOutOfRange,
    ),
    "why an establishment": (
        lambda session, why: make.establishment(session, unit=make.team(session), reason=why),
        ["x", "x" * 300],
        [" ", "x" * 301],
        ReasonMissing,
    ),
    "people to a sergeant": (_limit, ["1", "8.25", "99"], ["0.99", "8.251", "99.01"], LimitOutOfRange),
    "heads": (_target, [0, 100_000], [-1, 100_001], TargetOutOfRange),
    "minutes given": (_time, [1, 1440], [0, 1441], MinutesOutOfRange),
    "a token": (
        lambda session, name: make_token(session, make.account(session), name, now=NOW),
        ["x", "x" * 80],
        [" ", "x" * 81, "a\tb"],
        TokenNameNotPossible,
    ),
    "a reason": (_reason, ["x", "x" * 80], [" ", "x" * 81], BadReasonName),
    "a definition": (_definition, ["x", "x" * 80], [" ", "x" * 81], BadDefinition),
    "its explanation": (
        lambda session, so: _definition(session, so=so),
        ["x", "x" * 300],
        [" ", "x" * 301],
        BadDefinition,
    ),
    "why it counts": (_counting, ["x", "x" * 300], [" ", "x" * 301], WhyMissing),
    "a programme": (
        lambda session, name: _course(session, name=name),
        ["x", "x" * 120],
        [" ", "x" * 121],
        BadProgramme,
    ),
    "what it is for": (
        lambda session, so: _course(session, explanation=so),
        ["", "x" * 300],
        ["x" * 301],
        BadProgramme,
    ),
    "its modules": (
        lambda session, modules: _course(session, modules=modules),
        [["x" * 120], ["one"] * 30],
        [[], ["x" * 121], ["one"] * 31],
        BadProgramme,
    ),
    "days to register": (
        lambda session, days: _course(session, register_within=days),
        [0, 3660],
        [-1, 3661],
        BadProgramme,
    ),
    "days to stall": (
        lambda session, days: _course(session, stalls_after=days),
        [1, 3660],
        [0, 3661],
        BadProgramme,
    ),
    "months valid": (
        lambda session, months: _course(session, months_valid=months),
        [None, 1, 120],
        [0, 121],
        BadProgramme,
    ),
    "a note": (
        lambda session, note: _operation(session, note=note),
        [None, "x" * 1000],
        ["x" * 1001],
        NoteTooLong,
    ),
}


@pytest.mark.parametrize(("write", "taken", "beyond", "refusal"), EDGES.values(), ids=EDGES)
def test_what_is_just_within_a_limit_is_taken_and_what_is_just_beyond_is_refused(
    session: Session, write: Write, taken: Sequence[Any], beyond: Sequence[Any], refusal: type[Refusal]
) -> None:
    for value in taken:
        write(session, value)
        session.rollback()
    for value in beyond:
        with pytest.raises(refusal):
            write(session, value)
        session.rollback()
