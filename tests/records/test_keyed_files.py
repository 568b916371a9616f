"""What every kind of file does alike with its rows: told twice, recorded already, or not to be taken."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from npt.commands.files import EXPORTS, IMPORTS
from npt.people.exchange import MEMBERS
from npt.people.rules import PolicingRole
from npt.sheets.columns import Shape
from npt.sheets.reading import read
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make
from tests.built_once import built_once

pytestmark = pytest.mark.usefixtures("force")

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


class Kind(NamedTuple):
    """Rows of a kind."""

    row: str
    #: says something else of the same record
    other: str
    #: where the second row of the same record is told
    column: str
    #: is of another record
    further: str
    impossible: str
    #: rows that name what is not there, and where that is told
    nobody: tuple[tuple[str, str], ...] = ()


KINDS = {
    "units": Kind(
        "T9,Team nine,team,A,2008-04-01,,,",
        "T9,Team eight,team,A,2008-04-01,,,",
        "code",
        "T8,Team eight,team,A,2008-04-01,,,",
        "T9,Team nine,team,A,2008-03-01,,,",
        (
            ("T7,Team,team,A0,2008-04-01,,,", "parent"),
            ("T7,Team,team,A,2008-04-01,2009-03-31,,T0", "successors"),
        ),
    ),
    "agencies": Kind(
        "F9,Fire service,cdrp-a cdrp-b,2008-04-01,,",
        "F9,Fire and rescue,cdrp-b cdrp-a,2008-04-01,,",
        "code",
        "H9,Housing,,2008-04-01,,",
        "F9,Fire service,,2008-04-01,2008-03-31,",
        (("F7,Fire service,,2008-04-01,2009-03-31,F0", "successors"),),
    ),
    "streets": Kind(
        "Mill Lane,52.005,-0.495,N1",
        "Mill Lane,52.005,-0.495,N2",
        "lng",
        "Mill Lane,52.005,-0.485,",
        "High Street,-0.495,52.005,",
        (("High Street,52.005,-0.495,N0", "neighbourhood"),),
    ),
    "postcodes": Kind(
        "LU9 1AA,52.005,-0.495,,1",
        "LU9 1AA,52.005,-0.495,2019-03-31,1",
        "postcode",
        "lu91ab,52.005,-0.495,,",
        "LU9 1AC,-0.495,52.005,,",
    ),
    "members": Kind("9,Ann Example,", "9,Ann Married,", "number", "8,Ben Example,", "9.,Ann Example,"),
    "postings": Kind(
        "3,T1,constable,0.50,,2026-01-01,",
        "3,T1,constable,0.60,,2026-01-01,",
        "from",
        "3,T1,constable,0.10,temporary,2026-01-01,",
        "3,T1,inspector,0.50,,2026-01-01,",
        (("0,T1,constable,0.50,,2026-01-01,", "number"), ("3,T0,constable,0.50,,2026-01-01,", "team")),
    ),
    "establishment": Kind(
        "T1,constable,3,2026-04-01,",
        "T1,constable,4,2026-04-01,",
        "from",
        "T1,pcso,3,2026-04-01,",
        "N1,constable,3,2026-04-01,",
        (("T0,constable,3,2026-04-01,", "unit"),),
    ),
    "contacts": Kind(
        "N1,1,2026-04-01,,",
        "N1,2,2026-04-01,,",
        "from",
        "N1,2,2026-04-01,,deputy",
        "T1,1,2026-04-01,,",
        (("N0,1,2026-04-01,,", "unit"), ("N1,0,2026-04-01,,", "number")),
    ),
    "hours": Kind(
        "S1,2026-11-01,60,patrol",
        "S1,2026-11-01,90,patrol",
        "date",
        "S1,2026-11-01,60,event",
        "S1,2026-11-17,60,patrol",
        (("S0,2026-11-01,60,patrol", "number"),),
    ),
    "limits": Kind(
        "F,10,2026-04-01",
        "F,11,2026-04-01",
        "from",
        "F,10,2026-05-01",
        "T1,10,2026-04-01",
        (("F0,10,2026-04-01", "unit"),),
    ),
    "plan": Kind(
        "F,special,10,2027-01-01",
        "F,special,11,2027-01-01",
        "by",
        "F,volunteer,10,2027-01-01",
        "F,pcso,10,2027-01-01",
        (("F0,special,10,2027-01-01", "unit"),),
    ),
    "training": Kind(
        "1,sara,2026-03-02,,,,,,,,",
        "1,sara,2026-03-02,,,,,,,,2026-04-01",
        "registered",
        "2,sara,2026-03-02,,,,,,,,",
        "2,sara,2026-11-17,,,,,,,,",
        (
            ("3,sara,2026-03-02,,,,,,,,", "number"),
            ("1,sara,2026-03-02,1,2026-04-01,2026-04-01,0,,,,", "verified_by"),
        ),
    ),
    "communities": Kind(
        "N1,polish,Polish,ethnic,4.5,emerging,Polish,census,2026-11-01",
        "N1,polish,Polish,ethnic,5.5,emerging,Polish,census,2026-11-01",
        "code",
        "N1,irish,Irish,ethnic,,,,,",
        "N1,irish,Irish,ethnic,,,,,2026-11-17",
        (("N0,polish,Polish,ethnic,,,,,", "neighbourhood"),),
    ),
    "community-contacts": Kind(
        "r1,1,2026-11-02T10:00,N1,Mill Lane,,A,,noise,Music",
        "r1,1,2026-11-02T10:00,N1,Mill Lane,,A,,noise,Loud music",
        "ref",
        "r2,,2026-10-25T01:30+00:00,N1,,,,none,,",
        "r1,1,2026-11-17T10:00,N1,,,,,,",
        (
            ("r1,0,2026-11-02T10:00,N1,,,,,,", "number"),
            ("r1,1,2026-11-02T10:00,N0,,,,,,", "neighbourhood"),
            ("r1,1,2026-11-02T10:00,N1,,K0,,,,", "kin"),
            ("r1,1,2026-11-02T10:00,N1,,,,,horses,", "matters"),
        ),
    ),
    "incidents": Kind(
        "I1,2026-11-02T10:00,noise,,,N1,Mill Lane",
        "I1,2026-11-02T10:00,asb,,,N1,Mill Lane",
        "ref",
        "I2,2026-10-25T01:30+00:00,noise,,,N2,",
        "I1,2026-11-17T10:00,noise,,,N1,",
        (
            ("I1,2026-11-02T10:00,horses,,,N1,", "category"),
            ("I1,2026-11-02T10:00,noise,,,N0,", "neighbourhood"),
        ),
    ),
    "patrols": Kind(
        "p1,1,N1,2026-11-02T10:00,2026-11-02T11:30,foot,4,",
        "p1,1,N1,2026-11-02T10:00,2026-11-02T11:30,cycle,4,",
        "ref",
        "p2,,N1,2026-11-02T10:00,2026-11-02T11:30,bus,,Mill Lane",
        "p1,1,N1,2026-11-02T10:00,2026-11-02T09:30,foot,4,",
        (
            ("p1,0,N1,2026-11-02T10:00,2026-11-02T11:30,foot,4,", "number"),
            ("p1,1,N0,2026-11-02T10:00,2026-11-02T11:30,foot,4,", "neighbourhood"),
        ),
    ),
    "priorities": Kind(
        "PR-1,T1,N1,Racing in Mill Lane,resident,2026-11-01,2026-11-02,,waiting",
        "PR-1,T1,N1,Racing in Mill Road,resident,2026-11-01,2026-11-02,,waiting",
        "ref",
        "PR-2,T1,,Litter in the park,meeting,2026-10-01,2026-10-02,2026-11-02,not-reached",
        "PR-1,T1,N1,Racing in Mill Lane,resident,2026-11-01,,2026-11-02,accepted",
        (
            ("PR-1,T0,,Racing in Mill Lane,resident,2026-11-01,,,", "team"),
            ("PR-1,T1,N0,Racing in Mill Lane,resident,2026-11-01,,,", "neighbourhood"),
        ),
    ),
    "kin": Kind(
        "N1,K1,Ann Example,Corner Shop,business,,01632 960123,Ann@example.org,call,consent,2026-11-01",
        "N1,K1,Ann Sample,Corner Shop,business,,01632 960123,Ann@example.org,call,consent,2026-11-01",
        "ref",
        "N1,K2,Ben Sample,,faith,,,,,public-task,2026-11-01",
        "N1,K2,Ben Sample,,faith,,,,,public-task,2026-11-17",
        (("N0,K1,Ann,,faith,,,,,public-task,2026-11-01", "neighbourhood"),),
    ),
    "population": Kind(
        "N1,W1,100,census,2026-11-01,",
        "N1,W1,120,census,2026-11-01,",
        "as_at",
        "N1,W2,5,census,2026-11-01,",
        "N1,W2,5,census,2026-11-17,",
        (("N0,W1,100,census,2026-11-01,", "neighbourhood"),),
    ),
    "specialists": Kind(
        "1,T1,2026-04-01,,due",
        "1,T1,2026-04-01,,not-due",
        "from",
        "2,T1,2026-04-01,,due",
        "S1,T1,2026-04-01,,due",
        (("0,T1,2026-04-01,,due", "number"), ("1,T0,2026-04-01,,due", "team")),
    ),
    "line-management": Kind(
        "P1,4,2026-04-01,",
        "P1,4,2026-04-01,2026-12-31",
        "from",
        "P2,4,2026-04-01,",
        "2,4,2026-04-01,",
        (("P0,4,2026-04-01,", "pcso"), ("P1,0,2026-04-01,", "manager")),
    ),
    "student-strength": Kind(
        "F,yes,2026-04-01",
        "F,no,2026-04-01",
        "from",
        "F,yes,2026-05-01",
        "T1,yes,2026-04-01",
        (("F0,yes,2026-04-01", "unit"),),
    ),
    "actions": Kind(
        "P-1,1,Ask the shops,1,2026-12-01,,,",
        "P-1,1,Ask the shops,1,2026-12-02,,,",
        "ref",
        "P-1,2,Ask the shops,1,2026-12-01,,,",
        "P-1,9,Ask the shops,1,2026-12-01,done,2026-12-24,",
        (("P-0,1,Ask,1,2026-12-01,,,", "problem"), ("P-1,1,Ask,0,2026-12-01,,,", "owner")),
    ),
    "problems": Kind(
        "P-9,T1,Mopeds raced,asb,response,2026-09-01,1,,",
        "P-9,T1,Mopeds raced,noise,response,2026-09-01,1,,",
        "ref",
        "P-8,T1,Bins on fire,arson,closed,2026-09-01,,2026-11-01,",
        "P-9,T1,Mopeds raced,asb,closed,2026-09-01,1,,",
        (
            ("P-9,T0,Mopeds raced,asb,response,2026-09-01,1,,", "team"),
            ("P-9,T1,Mopeds raced,mopeds,response,2026-09-01,1,,", "category"),
            ("P-9,T1,Mopeds raced,asb,response,2026-09-01,0,,", "owner"),
        ),
    ),
    "duty": Kind(
        "1,2026-11-17T14:00,2026-11-17T22:00,",
        "1,2026-11-17T14:00,2026-11-17T21:00,",
        "starts",
        "2,2026-11-17T14:00,2026-11-17T22:00,",
        "1,2026-11-17T14:00,2026-11-18T22:00,",
        (
            ("0,2026-11-17T14:00,2026-11-17T22:00,", "number"),
            ("1,2026-11-17T14:00,2026-11-17T22:00,T0", "team"),
        ),
    ),
    "away": Kind(
        "1,2026-11-16T15:00,2026-11-16T17:00,response,",
        "1,2026-11-16T15:00,2026-11-16T16:00,response,",
        "starts",
        "1,2026-11-16T18:00,2026-11-16T19:00,response,",
        "1,2026-11-16T15:00,2026-11-16T17:00,other,",
        (("0,2026-11-16T15:00,2026-11-16T17:00,response,", "number"),),
    ),
    "confirmations": Kind(
        "T1,2026-11-16,1",
        "T1,2026-11-16,2",
        "date",
        "T1,2026-11-17,1",
        "B,2026-11-16,1",
        (("T0,2026-11-16,1", "unit"), ("T1,2026-11-16,0", "by")),
    ),
}
SIZES = (1000, 1)
every_kind = pytest.mark.parametrize("kind", KINDS)


@built_once
def force(session: Session) -> None:
    """The team T1: members 1 and 2, the special S1, PCSOs P1 and P2, the NSO 4; 1 is on duty on the 16th."""
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="B"), code="A")
    team = make.team(session, under=area, code="T1")
    make.neighbourhood(session, under=team, code="N1")
    make.neighbourhood(session, under=team, code="N2")
    first = make.member(session, number="1", team=team)
    make.member(session, number="2", team=team)
    make.member(session, number="3")
    make.member(session, number="S1", team=team, role=PolicingRole.SPECIAL)
    for number in ("P1", "P2"):
        make.member(session, number=number, team=team, role=PolicingRole.PCSO)
    manager = make.member(session, number="4")
    make.specialist(session, posting=make.posting(session, member=manager, unit=team))
    make.shift(session, member=first)
    make.matter(session, unit=team, reference="P-1")
    session.commit()


def bring_in(
    session: Session,
    folder: Path,
    kind: str,
    *rows: str,
    may_update: bool = False,
    size: int = 1000,
    is_kept: bool = True,
) -> Outcome:
    """Take the rows in, in chunks of `size`; all of them, or none, as the command does."""
    path = folder / f"{kind}.csv"
    header = ",".join(IMPORTS[kind].shape.names)
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    chunks = [table.rows[first : first + size] for first in range(0, len(rows), size)]
    outcome = IMPORTS[kind].save(session, chunks, ImportOrder(may_update, NOW, NOW.date()))
    if outcome.problems or not is_kept:
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
    # Boundaries are no sheet: tests/records/test_boundaries.py.
    assert KINDS.keys() == IMPORTS.keys() - {"boundaries"}


@every_kind
def test_the_same_row_twice_is_one_record(session: Session, tmp_path: Path, kind: str) -> None:
    row = KINDS[kind].row
    for size in SIZES:
        assert counts(bring_in(session, tmp_path, kind, row, row, size=size, is_kept=False)) == (1, 0, 1)
    bring_in(session, tmp_path, kind, row)
    for size in SIZES:
        assert counts(bring_in(session, tmp_path, kind, row, row, row, size=size)) == (0, 0, 3)


@every_kind
def test_two_rows_that_contradict_each_other_are_refused_at_the_second(
    session: Session, tmp_path: Path, kind: str
) -> None:
    row, other, column, *_ = KINDS[kind]

    def check(may_update: bool) -> None:
        for size, rows in product(SIZES, ((row, other), (other, row))):
            outcome = bring_in(session, tmp_path, kind, *rows, may_update=may_update, size=size)
            assert told(outcome) == [(3, column)]
            assert "on line 2 already" in outcome.problems[0].message

    check(may_update=False)
    check(may_update=True)
    bring_in(session, tmp_path, kind, row)
    check(may_update=True)


@every_kind
def test_the_same_bad_row_twice_is_told_twice(session: Session, tmp_path: Path, kind: str) -> None:
    bad = KINDS[kind].impossible
    for size in SIZES:
        first, second = told(bring_in(session, tmp_path, kind, bad, bad, size=size))
        assert (first, second) == ((2, first[1]), (3, first[1]))
        assert first[1] in EXPORTS[kind].shape.names


@every_kind
def test_a_row_changes_what_is_recorded_only_with_leave(session: Session, tmp_path: Path, kind: str) -> None:
    row, other, *_ = KINDS[kind]
    bring_in(session, tmp_path, kind, row)
    refused = bring_in(session, tmp_path, kind, other)
    assert [problem.line for problem in refused.problems] == [2]
    assert "--update" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, kind, row)) == (0, 0, 1)
    assert counts(bring_in(session, tmp_path, kind, other, may_update=True)) == (0, 1, 0)
    assert counts(bring_in(session, tmp_path, kind, other)) == (0, 0, 1)


@pytest.mark.parametrize(
    ("kind", "row", "column"), [(kind, *each) for kind, rows in KINDS.items() for each in rows.nobody]
)
def test_a_row_that_names_what_is_not_there_is_told_beside_all_other_bad_rows(
    session: Session, tmp_path: Path, kind: str, row: str, column: str
) -> None:
    good, bad = KINDS[kind].row, KINDS[kind].impossible
    for size in SIZES:
        outcome = bring_in(session, tmp_path, kind, row, good, row, bad, size=size)
        lines = told(outcome)
        assert [line for line, _ in lines] == [2, 4, 5]
        assert lines[:2] == [(2, column), (4, column)]
        assert "There is no " in outcome.problems[0].message


@every_kind
def test_what_is_recorded_is_asked_for_once_for_all_rows(session: Session, tmp_path: Path, kind: str) -> None:
    row, further = KINDS[kind].row, KINDS[kind].further
    bring_in(session, tmp_path, kind, row, further)

    def asked(*rows: str) -> int:
        statements: list[str] = []
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda *sent: statements.append(sent[2]))
        assert counts(bring_in(session, tmp_path, kind, *rows)) == (0, 0, len(rows))
        return len(statements)

    assert asked(row, further) == asked(row)


@pytest.mark.parametrize(
    ("kind", "full", "bare"),
    [
        ("members", ("9,Ann Example,ann@force.example",), "9,Ann Example,"),
        ("units", ("N9,Castle,neighbourhood,T1,2008-04-01,,3,",), "N9,Castle,neighbourhood,T1,2008-04-01,,,"),
        ("agencies", ("F9,Fire,cdrp-a,2008-04-01,2027-03-31,",), "F9,Fire,,,,"),
        (
            "units",
            (
                "T8,Old,team,A,2008-04-01,2009-03-31,,T9 T7",
                "T9,New,team,A,2009-04-01,,,",
                "T7,Too,team,A,2009-04-01,,,",
            ),
            "T8,Old,team,A,2008-04-01,2009-03-31,,",
        ),
    ],
)
def test_an_empty_cell_that_says_nothing_leaves_what_is_known(
    session: Session, tmp_path: Path, kind: str, full: tuple[str, ...], bare: str
) -> None:
    assert counts(bring_in(session, tmp_path, kind, *full)) == (len(full), 0, 0)
    before = list(EXPORTS[kind].rows(session, ExportOrder(None, None)))
    assert counts(bring_in(session, tmp_path, kind, bare, may_update=True)) == (0, 0, 1)
    assert counts(bring_in(session, tmp_path, kind, *full)) == (0, 0, len(full))
    assert list(EXPORTS[kind].rows(session, ExportOrder(None, None))) == before


def test_a_row_without_a_field_for_each_column_is_no_kind_of_file() -> None:
    with pytest.raises(ValueError, match="a field for each column"):
        replace(MEMBERS, shape=Shape("members", MEMBERS.shape.columns[:2]))
