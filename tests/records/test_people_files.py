"""Files of members and of postings, in and out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.people.exchange import EXPORTS, IMPORTS
from npt.people.models import Member, Posting
from npt.people.queries import member_numbered, postings_of
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
MEMBERS = "number,name,email\n"
POSTINGS = "number,team,role,fte,kind,from,to\n"


def bring_in(session: Session, folder: Path, kind: str, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / f"{kind}.csv"
    path.write_text({"members": MEMBERS, "postings": POSTINGS}[kind] + rows, encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    return IMPORTS[kind].save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def told(outcome: Outcome) -> list[tuple[int, str | None]]:
    return sorted((problem.line, problem.column) for problem in outcome.problems)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged


# Members ----------------------------------------------------------------------------------------------------


def test_the_same_file_of_members_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    rows = "1,Ann Example,ann@force.example\n2,Ben 👮 Example,\n"
    assert counts(bring_in(session, tmp_path, "members", rows)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, "members", rows)) == (0, 0, 2)


def test_a_known_member_is_renamed_only_when_changes_are_allowed(session: Session, tmp_path: Path) -> None:
    bring_in(session, tmp_path, "members", "1,Ann Example,ann@force.example\n")
    refused = bring_in(session, tmp_path, "members", "1,Ann Married,\n")
    assert told(refused) == [(2, "number")]
    assert "--update" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, "members", "1,Ann Married,\n", may_update=True)) == (0, 1, 0)
    member = member_numbered(session, "1")
    assert member is not None
    assert (member.name, member.email) == ("Ann Married", "ann@force.example")


def test_a_member_twice_in_a_file_names_the_other_line(session: Session, tmp_path: Path) -> None:
    outcome = bring_in(session, tmp_path, "members", "1,Ann,\n2,Ben,\n1,Anna,\n..,Cas,\n")
    assert told(outcome) == [(4, "number"), (5, "number")]
    assert "on line 2 already" in outcome.problems[0].message


def test_a_longer_file_asks_the_database_no_more_often(session: Session, tmp_path: Path) -> None:
    make.team(session, code="T")
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *sent: statements.append(sent[2]))

    def asked(first: int, last: int) -> int:
        statements.clear()
        numbers = range(first, last)
        bring_in(session, tmp_path, "members", "".join(f"{number},Name,\n" for number in numbers))
        bring_in(
            session,
            tmp_path,
            "postings",
            "".join(f"{number},T,constable,1.00,,2008-04-01,\n" for number in numbers),
        )
        # An engine that must tell the new keys apart may send many rows as several inserts.
        return sum(not statement.startswith("INSERT") for statement in statements)

    assert asked(1000, 1010) == asked(2000, 2100)
    assert session.scalar(select(func.count()).select_from(Posting)) == 110


def test_members_are_taken_out_by_unit_and_month_and_come_back_unchanged(
    session: Session, tmp_path: Path
) -> None:
    team, other = make.team(session), make.team(session)
    make.member(session, number="2", name="=cmd|' /C calc'!A0", email="two@force.example", team=team)
    make.member(session, number="1", team=other)
    gone = make.member(session, number="3")
    make.posting(session, member=gone, unit=team, ends_on=date(2026, 9, 30))
    export = EXPORTS["members"]
    path = tmp_path / "out.csv"
    write(path, export.shape.names, export.rows(session, ExportOrder(team.path, Month(2026, 10))))
    table = read(path, export.shape)
    assert [row.values["number"] for row in table.rows] == ["2"]
    outcome = IMPORTS["members"].save(session, [table.rows], ImportOrder(False, NOW, NOW.date()))
    assert (outcome.problems, counts(outcome)) == ([], (0, 0, 1))
    everybody = list(export.rows(session, ExportOrder(None, None)))
    assert [row[0] for row in everybody] == ["1", "2", "3"]


# Postings ---------------------------------------------------------------------------------------------------


@pytest.fixture
def member(session: Session) -> Member:
    """Member 7, with teams T1 and T2 and area A to be posted to."""
    area = make.area(session, code="A")
    make.team(session, under=area, code="T1")
    make.team(session, under=area, code="T2", closed_on=date(2026, 6, 30))
    return make.member(session, number="7")


def test_the_same_file_of_postings_twice_changes_nothing(
    session: Session, member: Member, tmp_path: Path
) -> None:
    rows = "7,T1,constable,0.50,,2008-04-01,\n7,T2,constable,0.5,temporary,2026-01-01,2026-06-30\n"
    assert counts(bring_in(session, tmp_path, "postings", rows)) == (2, 0, 0)
    outcome = bring_in(session, tmp_path, "postings", rows)
    assert (outcome.problems, counts(outcome)) == ([], (0, 0, 2))


def test_a_posting_is_ended_by_a_file_only_when_changes_are_allowed(
    session: Session, member: Member, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "postings", "7,T1,constable,1.00,,2008-04-01,\n")
    ended = "7,T1,constable,1.00,,2008-04-01,2026-03-31\n7,T2,constable,1.00,,2026-04-01,2026-06-30\n"
    refused = bring_in(session, tmp_path, "postings", ended)
    assert told(refused)[0] == (2, "from")
    assert "without a last day" in refused.problems[0].message
    session.expunge_all()
    assert counts(bring_in(session, tmp_path, "postings", ended, may_update=True)) == (1, 1, 0)
    (first, second) = postings_of(session, member.id)
    assert (first.ends_on, second.fte) == (date(2026, 3, 31), Decimal("1.00"))


def test_a_transfer_may_stand_in_a_file_in_any_order(
    session: Session, member: Member, tmp_path: Path
) -> None:
    bring_in(session, tmp_path, "postings", "7,T2,constable,1.00,,2008-04-01,2026-06-30\n")
    rows = "7,T1,constable,1.00,,2026-04-01,\n7,T2,constable,1.00,,2008-04-01,2026-03-31\n"
    outcome = bring_in(session, tmp_path, "postings", rows, may_update=True)
    assert (outcome.problems, counts(outcome)) == ([], (1, 1, 0))


def test_every_bad_row_of_a_file_of_postings_is_told(
    session: Session, member: Member, tmp_path: Path
) -> None:
    rows = """\
7,T1,constable,0.60,,2026-01-01,
8,T1,constable,1.00,,2026-01-01,
7,NOWHERE,constable,1.00,,2026-01-01,
7,A,constable,0.10,,2026-01-01,
7,T1,inspector,0.10,,2026-01-01,
7,T2,constable,0.10,,2026-01-01,2026-07-01
7,T2,constable,0.10,,2026-07-01,
7,T1,constable,0.10,,2026-03-01,2026-02-28
7,T1,constable,0.60,,2026-01-01,
7,T1,sergeant,0.41,,2026-02-01,
7,T1,sergeant,0.40,,2026-02-02,
8,GONE,constable,1.00,,2026-01-01,
"""
    outcome = bring_in(session, tmp_path, "postings", rows)
    assert told(outcome) == [
        (3, "number"),
        (4, "team"),
        (5, "team"),
        (6, "team"),
        (7, "to"),
        (8, "team"),
        (9, "to"),
        (11, "fte"),
        (13, "number"),
        (13, "team"),
    ]
    assert "1 February 2026" in next(each.message for each in outcome.problems if each.line == 11)


def test_a_file_cannot_take_a_member_past_one_beside_postings_that_it_leaves_alone(
    session: Session, member: Member, tmp_path: Path
) -> None:
    make.posting(session, member=member, fte="0.80")
    outcome = bring_in(session, tmp_path, "postings", "7,T1,constable,0.21,,2026-01-01,\n")
    assert told(outcome) == [(2, "fte")]


def test_postings_taken_out_come_back_unchanged(session: Session, member: Member, tmp_path: Path) -> None:
    rows = "7,T1,constable,0.50,,2008-04-01,\n7,T2,constable,0.5,temporary,2026-01-01,2026-06-30\n"
    bring_in(session, tmp_path, "postings", rows)
    export = EXPORTS["postings"]
    path = tmp_path / "out.xlsx"
    write(path, export.shape.names, export.rows(session, ExportOrder(None, None)))
    table = read(path, export.shape)
    outcome = IMPORTS["postings"].save(session, [table.rows], ImportOrder(False, NOW, NOW.date()))
    assert (table.problems, outcome.problems, counts(outcome)) == ([], [], (0, 0, 2))
    in_july = export.rows(session, ExportOrder(None, Month(2026, 7)))
    assert [row[1] for row in in_july] == ["T1"]
