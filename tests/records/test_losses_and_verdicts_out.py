"""Losses and verdicts as files, and what an export leaves in the journal."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.api.exchange import losses_as_json, verdicts_as_json
from npt.commands import npt
from npt.journal.models import Entry
from npt.kit.months import Month
from npt.kit.paging import FIRST_PAGE
from npt.kit.stamps import Stamp
from npt.reporting.actions import Seen, review_abstraction
from npt.reporting.exchange import EXPORTS
from npt.reporting.queries import lines_of, losses_page
from npt.reporting.rules import Verdict
from npt.shifts.actions import Lost, keep_loss
from npt.shifts.rules import LossKind
from npt.store.exchange import ExportOrder
from tests.records.desk import DAY, NOW, Desk, at, sit_down


@pytest.fixture
def desk(session: Session) -> Desk:
    """An hour of response for which a patrol was lost, judged avoidable; another of which nobody speaks."""
    desk = sit_down(session)
    desk.record(desk.entry("15:00", "16:00"), desk.entry("15:00", "16:00", 1))
    away = desk.grid().shifts[0].away[0]
    keep_loss(
        session,
        stamp=Stamp(desk.by.id, NOW),
        member_id=desk.shifts[0].member_id,
        starts=at("15:00"),
        lost=Lost(LossKind.PATROL, "High Town"),
    )
    line = lines_of(session, desk.team.path, [away.id])[away.id]
    review_abstraction(
        session,
        stamp=Stamp(desk.by.id, NOW),
        unit=desk.team,
        verdict=Verdict.AVOIDABLE,
        why="Could have waited",
        seen={away.id: Seen(line.record.version, line.turn)},
    )
    session.commit()
    return desk


def test_a_program_and_a_file_are_told_the_same_of_losses_and_verdicts(desk: Desk) -> None:
    month, order = Month.of(DAY), ExportOrder(desk.team.path, Month.of(DAY))
    for kind, as_json, said in (
        ("losses", losses_as_json, {"lost": "patrol", "words": "High Town"}),
        ("verdicts", verdicts_as_json, {"verdict": "avoidable", "why": "Could have waited"}),
    ):
        told = as_json(desk.session, desk.team, month, FIRST_PAGE)
        (row,) = told["rows"]
        assert row["unit"] == desk.team.code
        assert (row["reason"], row["starts"][11:16], row["ends"][11:16]) == ("response", "15:00", "16:00")
        assert said.items() <= row.items()
        (line,) = EXPORTS[kind].rows(desk.session, order)
        assert (line[0], line[1], line[6]) == (row["unit"], row["number"], list(row.values())[6])
        assert list(EXPORTS[kind].rows(desk.session, ExportOrder(None, month.next))) == []


def test_no_list_of_losses_tells_of_an_absence_that_took_the_place_of_the_abstraction(desk: Desk) -> None:
    desk.correct(desk.grid().shifts[0].away[0], "15:00", "16:00", reason="sickness")
    assert losses_as_json(desk.session, desk.team, Month.of(DAY), FIRST_PAGE)["rows"] == []
    assert list(EXPORTS["losses"].rows(desk.session, ExportOrder(desk.team.path, Month.of(DAY)))) == []
    found = losses_page(desk.session, desk.team.path, DAY, DAY)
    assert (found.total, found.records) == (0, ())


@pytest.mark.parametrize("kind", ["losses", "verdicts", "duty"])
def test_an_export_leaves_one_entry_with_the_number_of_its_rows(
    desk: Desk, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    file, code = tmp_path / f"{kind}.csv", desk.team.code
    desk.session.rollback()
    asked = ["export", kind, "--unit", code, "--month", str(Month.of(DAY)), "--to", str(file)]
    said = CliRunner().invoke(npt, asked)
    assert said.exit_code == 0, said.output
    rows = len(file.read_text().splitlines()) - 1
    entries = desk.session.scalars(select(Entry).where(Entry.record_type == kind)).all()
    assert [(entry.change, entry.account_id, entry.record_count, entry.act) for entry in entries] == [
        ("viewed", None, rows, f"npt export {kind} --unit {code} --month {Month.of(DAY)}")
    ]
    assert rows > 0
