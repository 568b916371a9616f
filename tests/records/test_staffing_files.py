"""Files of establishments, in and out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.people.rules import PolicingRole
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.staffing.exchange import EXPORTS, IMPORTS
from npt.staffing.queries import establishments_under, staffing_of
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HEADER = "unit,role,posts,from,to\n"


def bring_in(session: Session, folder: Path, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / "establishment.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    kind = IMPORTS["establishment"]
    table = read(path, kind.shape)
    assert table.problems == []
    return kind.save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


def told(outcome: Outcome) -> list[tuple[int, str | None]]:
    return [(problem.line, problem.column) for problem in outcome.problems]


def test_the_same_file_of_establishments_twice_changes_nothing(session: Session, tmp_path: Path) -> None:
    make.team(session, code="T1")
    rows = "T1,constable,3.5,2026-04-01,\nT1,PCSO,2,2026-04-01,2026-12-31\n"
    assert counts(bring_in(session, tmp_path, rows)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, rows)) == (0, 0, 2)


def test_other_values_for_a_known_establishment_need_leave_to_change_it(
    session: Session, tmp_path: Path
) -> None:
    make.team(session, code="T1")
    bring_in(session, tmp_path, "T1,constable,3.5,2026-04-01,\n")
    refused = bring_in(session, tmp_path, "T1,constable,4,2026-04-01,\n")
    assert told(refused) == [(2, "posts")]
    assert "3.5 posts" in refused.problems[0].message
    assert "--update" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, "T1,constable,4,2026-04-01,\n", may_update=True)) == (0, 1, 0)


@pytest.mark.parametrize("is_new_first", [True, False])
def test_a_file_may_end_one_establishment_and_begin_the_next_in_any_order(
    session: Session, tmp_path: Path, is_new_first: bool
) -> None:
    team = make.team(session, code="T1")
    bring_in(session, tmp_path, "T1,constable,3,2026-04-01,\n")
    rows = ["T1,constable,3,2026-04-01,2026-10-31\n", "T1,constable,4,2026-11-01,\n"]
    outcome = bring_in(session, tmp_path, "".join(rows[:: -1 if is_new_first else 1]), may_update=True)
    assert counts(outcome) == (1, 1, 0)
    found = staffing_of(session, team, date(2026, 11, 1), with_children=False)
    assert found.of(PolicingRole.CONSTABLE).establishment == 4


def test_every_bad_line_is_told_with_its_column(session: Session, tmp_path: Path) -> None:
    team = make.team(session, code="T1", closed_on=date(2026, 12, 31))
    make.neighbourhood(session, under=team, code="N1", closed_on=date(2026, 12, 31))
    outcome = bring_in(
        session,
        tmp_path,
        "T1,constable,3,2026-04-01,2026-10-31\n"
        "T9,constable,3,2026-04-01,\n"
        "T1,constable,4,2026-10-31,2026-11-30\n"
        "T1,constable,5,2026-04-01,2026-10-31\n"
        "T1,pcso,2,2026-04-01,2027-01-31\n"
        "N1,pcso,2,2026-04-01,2026-10-31\n"
        "T1,sergeant,1,2026-04-01,2026-03-31\n",
    )
    assert sorted(told(outcome)) == [(3, "unit"), (4, "from"), (5, "from"), (6, "to"), (7, "unit"), (8, "to")]
    assert outcome.added == 1


def test_an_export_reads_back_unchanged(session: Session, tmp_path: Path) -> None:
    force = make.force(session, code="F1")
    bcu = make.bcu(session, under=force, code="B1")
    make.bcu(session, code="OTHER")
    rows = "B1,constable,3.25,2026-04-01,2026-09-30\nB1,constable,4,2026-10-01,\nOTHER,pcso,9,2026-04-01,\n"
    bring_in(session, tmp_path, rows)
    kind = EXPORTS["establishment"]
    path = tmp_path / "out.csv"
    write(path, kind.shape.names, kind.rows(session, ExportOrder(force.path, None)))
    assert path.read_text(encoding="utf-8").splitlines() == [
        "unit,role,posts,from,to",
        "B1,constable,3.25,2026-04-01,2026-09-30",
        "B1,constable,4,2026-10-01,",
    ]
    outcome = IMPORTS["establishment"].save(
        session, [read(path, kind.shape).rows], ImportOrder(False, NOW, NOW.date())
    )
    assert counts(outcome) == (0, 0, 2)
    in_month = list(kind.rows(session, ExportOrder(bcu.path, Month(2026, 9))))
    assert [row[3] for row in in_month] == [date(2026, 4, 1)]
    assert len(establishments_under(session, None)) == 3
