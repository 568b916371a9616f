"""Files of limits on supervision and of the plan for people who give time, in and out."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.sheets.reading import read
from npt.sheets.writing import write
from npt.staffing.exchange import EXPORTS, IMPORTS
from npt.staffing.queries import limits_of, targets_of
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from tests import make

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
FILES = {
    "limits": ("unit,people,from\n", "F,10,2026-04-01\nF,9.5,2026-10-01\n", "F,11,2026-04-01\n"),
    "plan": (
        "unit,role,people,by\n",
        "F,special,130,2008-09-01\nF,special,325,2012-01-01\n",
        "F,special,300,2012-01-01\n",
    ),
}


@pytest.fixture
def force(session: Session) -> Unit:
    return make.force(session, code="F")


def bring_in(session: Session, folder: Path, kind: str, rows: str, *, may_update: bool = False) -> Outcome:
    path = folder / f"{kind}.csv"
    path.write_text(FILES[kind][0] + rows, encoding="utf-8")
    table = read(path, IMPORTS[kind].shape)
    assert table.problems == []
    return IMPORTS[kind].save(session, [table.rows], ImportOrder(may_update, NOW, NOW.date()))


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.added, outcome.changed, outcome.unchanged


@pytest.mark.parametrize("kind", FILES)
def test_the_same_file_twice_changes_nothing_and_what_goes_out_comes_in_again(
    session: Session, force: Unit, tmp_path: Path, kind: str
) -> None:
    _, rows, _ = FILES[kind]
    assert counts(bring_in(session, tmp_path, kind, rows)) == (2, 0, 0)
    assert counts(bring_in(session, tmp_path, kind, rows)) == (0, 0, 2)
    export, out = EXPORTS[kind], tmp_path / "out.csv"
    write(out, export.shape.names, export.rows(session, ExportOrder(force.path, None)))
    order = ImportOrder(False, NOW, NOW.date())
    assert counts(IMPORTS[kind].save(session, [read(out, export.shape).rows], order)) == (0, 0, 2)


@pytest.mark.parametrize("kind", FILES)
def test_another_number_needs_leave_to_change_and_two_in_one_file_contradict(
    session: Session, force: Unit, tmp_path: Path, kind: str
) -> None:
    _, rows, other = FILES[kind]
    bring_in(session, tmp_path, kind, rows)
    refused = bring_in(session, tmp_path, kind, other)
    assert [(problem.line, problem.column) for problem in refused.problems] == [(2, "people")]
    assert "--update" in refused.problems[0].message
    assert counts(bring_in(session, tmp_path, kind, other, may_update=True)) == (0, 1, 0)
    twice = bring_in(session, tmp_path, kind, rows + other, may_update=True)
    assert "already with other values" in twice.problems[0].message


def test_what_came_in_is_the_limit_and_the_plan_of_the_force(
    session: Session, force: Unit, tmp_path: Path
) -> None:
    for kind, (_, rows, _) in FILES.items():
        bring_in(session, tmp_path, kind, rows)
    assert [str(limit.people) for limit in limits_of(session, force.path)] == ["10", "9.5"]
    assert [(target.due_on, target.heads) for target in targets_of(session, force.id)] == [
        (date(2008, 9, 1), 130),
        (date(2012, 1, 1), 325),
    ]


@pytest.mark.parametrize(
    ("kind", "row", "column"),
    [
        ("limits", "X,10,2026-04-01\n", "unit"),
        ("limits", "T,10,2026-04-01\n", "unit"),
        ("plan", "X,special,10,2026-04-01\n", "unit"),
        ("plan", "F,constable,10,2026-04-01\n", "role"),
    ],
)
def test_what_cannot_be_is_refused_at_its_column(
    session: Session, force: Unit, tmp_path: Path, kind: str, row: str, column: str
) -> None:
    make.team(session, code="T")
    outcome = bring_in(session, tmp_path, kind, row)
    assert [(problem.line, problem.column) for problem in outcome.problems] == [(2, column)]
