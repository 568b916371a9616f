"""`npt rates` against a second computation that shares nothing with it but the files."""

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from npt.commands import npt
from npt.commands.files import take_in
from npt.kit.months import Month
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level
from npt.performance.exchange import rates_as_json
from npt.performance.queries import rates
from npt.performance.rules import Breakdown
from npt.store.exchange import ImportOrder
from tests.generated_force import write_force
from tests.recomputation import COUNTING, expected_rates

NOW = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
MONTHS = [
    "2026-02",
    "2026-03",
    "2026-04",
    "2026-05",
    "2026-06",
    "2026-07",
    "2026-08",
    "2026-09",
    "2026-10",
    "2026-11",
]
SEEDS = (2008, 2026)


@pytest.fixture(params=SEEDS)
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The files of a generated force."""
    write_force(tmp_path, seed=request.param)
    return tmp_path


@pytest.fixture
def taken_in(session: Session, files: Path) -> Session:
    """A session on a database into which the files were imported."""
    for kind in ("units", "members", "postings", "duty", "away", "confirmations"):
        taken = take_in(session, kind, files / f"{kind}.csv", ImportOrder(False, NOW, NOW.date()))
        assert taken.problems == []
    session.commit()
    return session


def printed(
    session: Session, unit: str, *, each: str | None, definition: str, by: str
) -> list[dict[str, object]]:
    place = unit_at(session, unit)
    assert place is not None
    return rates_as_json(
        rates(
            session,
            unit=place,
            first=Month.parse(MONTHS[0]),
            last=Month.parse(MONTHS[-1]),
            each=Level(each) if each else None,
            definition=definition,
            by=Breakdown(by),
        )
    )


def test_rates_agree_with_an_independent_recomputation(taken_in: Session, files: Path) -> None:
    for unit, each in (("GF", None), ("GF", "bcu"), ("GF", "team"), ("GA", "area"), ("GA12", None)):
        for definition in COUNTING:
            for by in ("group", "role", "reason"):
                expected = expected_rates(
                    files, unit=unit, months=MONTHS, each=each, definition=definition, by=by
                )
                assert printed(taken_in, unit, each=each, definition=definition, by=by) == expected


def test_the_recomputation_meets_every_hard_case(files: Path) -> None:
    """A recomputation over easy files would prove nothing: the hard ones have to be in them."""
    rows = expected_rates(files, unit="GF", months=MONTHS, each="team", definition="local-2008", by="group")
    on_target = [row for row in rows if row["unit"] == "GX11" and row["month"] == "2026-05"]
    assert [(row["rate"], row["within"]) for row in on_target] == [("20.0000", True), ("5.0000", True)]
    assert {row["rate"] for row in rows if row["month"] == "2026-06"} == {None}
    assert {row["within"] for row in rows} == {True, False, None}
    assert [row["month"] for row in rows if row["unit"] == "GA13"] == ["2026-10", "2026-11"] * 2
    duty = (files / "duty.csv").read_text(encoding="utf-8").splitlines()
    for night in ("2026-03-28T22:00", "2026-10-24T2"):
        assert any(night in row for row in duty)


@pytest.mark.parametrize("files", SEEDS[:1], indirect=True)
def test_the_command_prints_the_same(
    taken_in: Session, files: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["--unit", "GF", "--month", "2026-03", "--to", "2026-10", "--each", "team", "--by", "role"]
    asked += ["--definition", "all-time-lost", "--format", "json"]
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    ran = CliRunner().invoke(npt, ["rates", *asked], catch_exceptions=False)
    assert json.loads(ran.stdout) == expected_rates(
        files, unit="GF", months=MONTHS[1:-1], each="team", definition="all-time-lost", by="role"
    )
