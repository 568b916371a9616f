"""The pack of a month: the same figures as a PDF, a workbook, rows and from the API; restated ones told."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.api.actions import make_token
from npt.commands import npt
from npt.measures.queries.registry import measure_coded
from npt.packs import printing
from npt.packs.printing import pdf_of
from tests import make
from tests.records.sealed_month import SealedMonth, sealed_month
from tests.visiting import Visitor, plain

PACK = "/units/C/reviews/2026-10/pack?as="


@pytest.fixture
def october(app: Flask, session: Session) -> SealedMonth:
    """October of BCU C, signed off and then corrected: 8.3% were signed, and 16.7% it is."""
    made = sealed_month(session)
    for role, unit in ((Role.MANAGER, made.bcu), (Role.OFFICER, made.team)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example")
    made.sign("Two days came in late.")
    made.correct()
    session.commit()
    return made


@pytest.fixture
def manager(app: Flask, october: SealedMonth) -> Visitor:
    """The manager of BCU C."""
    return Visitor(app, "manager@force.example")


def _rows(csv_text: str) -> dict[tuple[str, str], str]:
    return {(row["measure"], row["month"]): row["value"] for row in csv.DictReader(io.StringIO(csv_text))}


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_all_four_have_the_same_figures(
    october: SealedMonth, manager: Visitor, app: Flask, session: Session
) -> None:
    account = session.get_one(Account, october.by)
    token = make_token(session, account, "board papers", now=datetime(2026, 11, 16, 9, tzinfo=UTC))
    session.commit()
    answer = app.test_client().get(
        "/api/v1/measures?unit=C&month=2025-10&to=2026-10", headers={"Authorization": f"Bearer {token}"}
    )
    told = {(each["measure"], each["month"]): each["value"] or "" for each in answer.json or []}
    rows = _rows(manager.open(f"{PACK}csv").get_data(as_text=True))
    assert rows == told
    book = CalamineWorkbook.from_filelike(io.BytesIO(manager.open(f"{PACK}xlsx").data))
    names, *lines = book.get_sheet_by_name("Figures").to_python()
    places = [names.index(name) for name in ("measure", "month", "value")]
    assert {(line[places[0]], line[places[1]]): line[places[2]] for line in lines} == told
    text = _text(manager.open(f"{PACK}pdf").data)
    for (code, month), value in told.items():
        measure = measure_coded(code)
        assert measure is not None
        assert measure.name in text
        if month == "2026-10" and code.startswith("abstraction") and value:
            assert f"{measure.name} {float(value):.1f}%" in text
    assert "Restated since sign-off: 16.7% now; 8.3% was signed off" in text
    assert "Reason: Two days came in late." in text


def test_the_pdf_is_tagged_in_english_and_has_a_title(manager: Visitor) -> None:
    answer = manager.open(f"{PACK}pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="review-C-2026-10.pdf"'
    reader = PdfReader(io.BytesIO(answer.data))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith("review of October 2026")
    kinds = list(_tags(root["/StructTreeRoot"]))
    assert kinds.count("/Table") == kinds.count("/Caption") > 3
    assert "/Figure" in kinds


def _tags(node: Any) -> Iterator[str]:
    """The kinds of all parts of a tagged PDF."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _tags(node["/K"])


def test_the_workbook_has_charts_of_its_own(manager: Visitor) -> None:
    book = zipfile.ZipFile(io.BytesIO(manager.open(f"{PACK}xlsx").data))
    charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) > 20


def test_hostile_words_stay_words(october: SealedMonth, manager: Visitor, session: Session) -> None:
    october.sign("<img src=file:///etc/passwd> <script>alert(1)</script> & so on")
    session.commit()
    assert "<script>alert(1)</script> & so on" in _text(manager.open(f"{PACK}pdf").data)


def test_nothing_is_fetched_for_a_page() -> None:
    assert pdf_of('<p lang="en">Here<img alt="" src="http://127.0.0.1:9/x.png"></p>').startswith(b"%PDF")


def test_what_takes_too_long_is_refused_and_says_what_to_do(
    manager: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "LONGEST", 0.001)
    refused = manager.open(f"{PACK}pdf")
    assert refused.status_code == 303
    assert "The PDF took longer than 0.001 seconds: take the workbook" in plain(
        manager.open(refused.location).text
    )


def test_an_unknown_kind_of_file_and_whoever_may_not_take_files_out(
    app: Flask, october: SealedMonth, manager: Visitor
) -> None:
    assert manager.open(f"{PACK}docx").status_code == 404
    assert Visitor(app, "officer@force.example").open(f"{PACK}csv").status_code == 403


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, database_url: str, october: SealedMonth) -> Callable[[str], int]:
    """The command; its exit status."""
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    october.session.rollback()
    return lambda line: CliRunner().invoke(npt, line.split()).exit_code


def test_the_command_writes_what_the_name_says(
    run: Callable[[str], int], manager: Visitor, tmp_path: Path
) -> None:
    of = "pack --unit C --month 2026-10 --to"
    assert run(f"{of} {tmp_path}/c.csv") == 0
    assert _rows((tmp_path / "c.csv").read_text()) == _rows(manager.open(f"{PACK}csv").get_data(as_text=True))
    assert run(f"{of} {tmp_path}/c.doc") == 1
    assert not (tmp_path / "c.doc").exists()
