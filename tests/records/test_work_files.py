"""The file of actions: what comes in as what, and goes out as it came."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.sheets.reading import read
from npt.store.exchange import ExportOrder, ImportOrder, Outcome
from npt.work.exchange import ACTIONS
from npt.work.models import Action
from npt.work.rules import ActionState
from tests import make
from tests.records.work_desk import NOW, TODAY, WorkDesk, of_account, of_agency, of_member, open_work_desk


@pytest.fixture
def desk(session: Session) -> WorkDesk:
    return open_work_desk(session)


def bring_in(desk: WorkDesk, folder: Path, *rows: str, may_update: bool = False) -> Outcome:
    """Take a file of these rows in."""
    path = folder / "actions.csv"
    path.write_text("\n".join([",".join(ACTIONS.shape.names), *rows, ""]), encoding="utf-8")
    table = read(path, ACTIONS.shape)
    assert table.problems == []
    return ACTIONS.save(desk.session, [table.rows], ImportOrder(may_update, NOW, TODAY))


def told(outcome: Outcome) -> list[tuple[str | None, str]]:
    return [(each.column, each.message) for each in outcome.problems]


def test_a_row_stands_at_any_state_and_its_owner_is_known_by_any_of_their_names(
    desk: WorkDesk, tmp_path: Path
) -> None:
    outcome = bring_in(
        desk,
        tmp_path,
        "DOC-A,1,Ask the shops,P1,2026-12-01,,,",
        "DOC-A,2,Mend the lights,council,2026-10-01,done,2026-10-03,120.50",
        "DOC-A,3,Write,partner@council.example,2026-10-01,dropped,2026-10-03,0",
        "DOC-A,4,Ring,pcso@force.example,2026-10-01,,2026-10-02,",
    )
    assert told(outcome) == []
    found = desk.session.scalars(select(Action).order_by(Action.reference)).all()
    assert [(each.state, each.ended_on, each.cost_pence) for each in found] == [
        (ActionState.PLANNED, None, None),
        (ActionState.DONE, date(2026, 10, 3), 12_050),
        (ActionState.DROPPED, date(2026, 10, 3), 0),
        (ActionState.DONE, date(2026, 10, 2), None),
    ]
    pcso = of_member(desk.pcso)
    assert [each.owner for each in found] == [pcso, of_agency(desk.council), of_account(desk.partner), pcso]
    assert {each.unit_id for each in found} == {desk.team.id}


def test_what_goes_out_comes_in_again_without_a_change(desk: WorkDesk, tmp_path: Path) -> None:
    desk.set(matter=desk.document, owner=of_account(desk.partner), cost_pence=1_250)
    desk.set(matter=desk.document, owner=of_agency(desk.council))
    desk.set(what="Of the team alone")
    lines = [
        ",".join("" if cell is None else str(cell) for cell in line)
        for line in ACTIONS.lines(desk.session, ExportOrder("F/", None))
    ]
    assert len(lines) == 2
    assert bring_in(desk, tmp_path, *lines).unchanged == 2


def test_an_update_changes_and_reopens_and_leaves_what_its_empty_cells_do_not_say(
    desk: WorkDesk, tmp_path: Path
) -> None:
    bring_in(desk, tmp_path, "DOC-A,1,Ask,P1,2026-10-01,done,2026-10-03,12")
    action = desk.session.scalars(select(Action)).one()
    assert bring_in(desk, tmp_path, "DOC-A,1,Ask all,P1,2026-10-01,,,", may_update=True).changed == 1
    assert (action.what, action.state, action.cost_pence) == ("Ask all", ActionState.DONE, 1_200)
    row = "DOC-A,1,Ask all,P1,2026-12-01,under-way,,"
    assert bring_in(desk, tmp_path, row, may_update=True).changed == 1
    assert (action.state, action.ended_on) == (ActionState.UNDER_WAY, None)
    assert bring_in(desk, tmp_path, row).unchanged == 1


def test_who_has_gone_keeps_what_they_did_and_is_given_nothing_to_do(desk: WorkDesk, tmp_path: Path) -> None:
    desk.council.closed_on = TODAY - timedelta(days=1)
    desk.session.flush()
    done = "DOC-A,1,Ask,council,2026-10-01,done,2026-10-03,"
    assert bring_in(desk, tmp_path, done).added == 1
    ((column, message),) = told(bring_in(desk, tmp_path, "DOC-A,2,Ask,council,2026-12-01,,,"))
    assert column == "owner"
    assert "Agency council has closed" in message


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("DOC-A,1,Ask,P1,2026-12-01,planned,2026-11-01,", "done_on"),
        ("DOC-A,1,Ask,P1,2026-12-01,done,2026-12-24,", "done_on"),
        ("DOC-A,1,Ask,X9,2026-12-01,,,", "owner"),
    ],
)
def test_what_cannot_be_is_told_with_its_column(
    desk: WorkDesk, tmp_path: Path, row: str, column: str
) -> None:
    assert [each for each, _ in told(bring_in(desk, tmp_path, row))] == [column]


@pytest.mark.parametrize("cost", ["-1", "123456789012", "1e3", "0.005"])
def test_a_cost_that_is_none_is_refused_as_it_is_read(tmp_path: Path, cost: str) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(f"{','.join(ACTIONS.shape.names)}\nP,1,Ask,P1,2026-12-01,,,{cost}\n", encoding="utf-8")
    (problem,) = read(path, ACTIONS.shape).problems
    assert problem.column == "cost"


def test_two_records_may_each_have_an_action_of_one_reference(desk: WorkDesk, tmp_path: Path) -> None:
    make.matter(desk.session, unit=desk.team, reference="DOC-B")
    rows = [f"{problem},1,Ask,P1,2026-12-01,,," for problem in ("DOC-A", "DOC-B")]
    assert bring_in(desk, tmp_path, *rows).added == 2
