"""What every kind of file does alike with its rows: told twice, recorded already, or not to be taken."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy.orm import Session

from npt.commands.files import EXPORTS, IMPORTS
from npt.people.exchange import MEMBERS
from npt.people.rules import PolicingRole
from npt.sheets.columns import Shape
from npt.sheets.reading import read
from npt.store.exchange import ImportOrder, Outcome
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


class Kind(NamedTuple):
    """A row of a kind, one that says something else of the same record, and one that cannot be taken."""

    row: str
    other: str
    #: where the second row of the same record is told
    column: str
    impossible: str


KINDS = {
    "units": Kind(
        "T9,Team nine,team,A,2008-04-01,,,",
        "T9,Team eight,team,A,2008-04-01,,,",
        "code",
        "T9,Team nine,team,A,2008-03-01,,,",
    ),
    "members": Kind("9,Ann Example,", "9,Ann Married,", "number", "9.,Ann Example,"),
    "postings": Kind(
        "3,T1,constable,0.50,,2026-01-01,",
        "3,T1,constable,0.60,,2026-01-01,",
        "from",
        "3,T1,inspector,0.50,,2026-01-01,",
    ),
    "establishment": Kind(
        "T1,constable,3,2026-04-01,", "T1,constable,4,2026-04-01,", "from", "N1,constable,3,2026-04-01,"
    ),
    "contacts": Kind("N1,1,2026-04-01,,", "N1,2,2026-04-01,,", "from", "T1,1,2026-04-01,,"),
    "hours": Kind("S1,2026-11-01,60,patrol", "S1,2026-11-01,90,patrol", "date", "S1,2026-11-17,60,patrol"),
    "limits": Kind("F,10,2026-04-01", "F,11,2026-04-01", "from", "T1,10,2026-04-01"),
    "plan": Kind("F,special,10,2027-01-01", "F,special,11,2027-01-01", "by", "F,pcso,10,2027-01-01"),
    "training": Kind(
        "1,sara,2026-03-02,,,,,,,,",
        "1,sara,2026-03-02,,,,,,,,2026-04-01",
        "registered",
        "1,sara,2026-11-17,,,,,,,,",
    ),
    "duty": Kind(
        "1,2026-11-17T14:00,2026-11-17T22:00,",
        "1,2026-11-17T14:00,2026-11-17T21:00,",
        "starts",
        "1,2026-11-17T14:00,2026-11-18T22:00,",
    ),
    "away": Kind(
        "1,2026-11-16T15:00,2026-11-16T17:00,response,",
        "1,2026-11-16T15:00,2026-11-16T16:00,response,",
        "starts",
        "1,2026-11-16T15:00,2026-11-16T17:00,other,",
    ),
    "confirmations": Kind("T1,2026-11-16,1", "T1,2026-11-16,2", "date", "B,2026-11-16,1"),
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(autouse=True)
def _force(session: Session) -> None:
    """The team T1 with the members 1 and 2 and the special S1; 1 is on duty on 16 November 2026."""
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="B"), code="A")
    team = make.team(session, under=area, code="T1")
    make.neighbourhood(session, under=team, code="N1")
    first = make.member(session, number="1", team=team)
    make.member(session, number="2", team=team)
    make.member(session, number="3")
    make.member(session, number="S1", team=team, role=PolicingRole.SPECIAL)
    make.shift(session, member=first)
    session.commit()


def bring_in(
    session: Session, folder: Path, kind: str, *rows: str, may_update: bool = False, size: int = 1000
) -> Outcome:
    """Take the rows in, in chunks of `size`; all of them, or none, as the command does."""
    path = folder / f"{kind}.csv"
    header = ",".join(IMPORTS[kind].shape.names)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    chunks = [table.rows[first : first + size] for first in range(0, len(rows), size)]
    outcome = IMPORTS[kind].save(session, chunks, ImportOrder(may_update, NOW, NOW.date()))
    if outcome.problems:
        session.rollback()
    else:
        session.commit()
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


def told(outcome: Outcome) -> list[tuple[int, str | None]]:
    return [
        (problem.line, problem.column) for problem in sorted(outcome.problems, key=lambda each: each.line)
    ]


def test_the_table_has_every_kind() -> None:
    assert KINDS.keys() == IMPORTS.keys()


@every_kind
@pytest.mark.parametrize("size", [1000, 1])
def test_the_same_row_twice_is_one_record(session: Session, tmp_path: Path, kind: str, size: int) -> None:
    row = KINDS[kind].row
    assert counts(bring_in(session, tmp_path, kind, row, row, size=size)) == (1, 0, 1)
    assert counts(bring_in(session, tmp_path, kind, row, row, row, size=size)) == (0, 0, 3)


@every_kind
@pytest.mark.parametrize("size", [1000, 1])
@pytest.mark.parametrize("may_update", [False, True])
def test_two_rows_that_contradict_each_other_are_refused_at_the_second(
    session: Session, tmp_path: Path, kind: str, size: int, may_update: bool
) -> None:
    row, other, column, _ = KINDS[kind]
    for rows in ((row, other), (other, row)):
        outcome = bring_in(session, tmp_path, kind, *rows, may_update=may_update, size=size)
        assert told(outcome) == [(3, column)]
        assert "on line 2 already" in outcome.problems[0].message


@every_kind
@pytest.mark.parametrize("size", [1000, 1])
def test_a_contradiction_stands_also_where_one_of_the_two_is_recorded(
    session: Session, tmp_path: Path, kind: str, size: int
) -> None:
    row, other, column, _ = KINDS[kind]
    bring_in(session, tmp_path, kind, row)
    for rows in ((row, other), (other, row)):
        outcome = bring_in(session, tmp_path, kind, *rows, may_update=True, size=size)
        assert told(outcome) == [(3, column)]
        assert "on line 2 already" in outcome.problems[0].message


@every_kind
@pytest.mark.parametrize("size", [1000, 1])
def test_the_same_bad_row_twice_is_told_twice(session: Session, tmp_path: Path, kind: str, size: int) -> None:
    bad = KINDS[kind].impossible
    first, second = told(bring_in(session, tmp_path, kind, bad, bad, size=size))
    assert (first, second) == ((2, first[1]), (3, first[1]))


@every_kind
def test_a_row_changes_what_is_recorded_only_with_leave(session: Session, tmp_path: Path, kind: str) -> None:
    row, other, _, _ = KINDS[kind]
    bring_in(session, tmp_path, kind, row)
    refused = bring_in(session, tmp_path, kind, other)
    assert [problem.line for problem in refused.problems] == [2]
    assert "--update" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, kind, row)) == (0, 0, 1)
    assert counts(bring_in(session, tmp_path, kind, other, may_update=True)) == (0, 1, 0)
    assert counts(bring_in(session, tmp_path, kind, other)) == (0, 0, 1)


def test_a_row_without_a_field_for_each_column_is_no_kind_of_file() -> None:
    with pytest.raises(ValueError, match="a field for each column"):
        replace(MEMBERS, shape=Shape("members", MEMBERS.shape.columns[:2]))


@every_kind
def test_every_problem_is_told_at_a_column_of_the_file(session: Session, tmp_path: Path, kind: str) -> None:
    columns = EXPORTS[kind].shape.names
    _, other, column, impossible = KINDS[kind]
    (refused,) = bring_in(session, tmp_path, kind, impossible).problems
    assert refused.column in columns
    assert column in columns
    assert other != impossible
