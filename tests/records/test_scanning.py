"""`npt scan`: files that wait for the scanner are offered to it again."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.attachments.actions import keep_file, receive
from npt.attachments.models import Attachment
from npt.attachments.rules import ScanState
from npt.commands import npt
from npt.kit.stamps import Stamp
from tests import make
from tests.scanners import FOUND, SIGN, Manner, open_scanner

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


@pytest.fixture
def environment(session: Session, database_url: str, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Four files, two of them with what the scanner looks for, kept while there was none."""
    stamp = Stamp(make.account(session, role=Role.SERGEANT, unit=make.team(session, code="T1")).id, NOW)
    for number, content in enumerate((b"one", b"two " + SIGN, b"three", b"four " + SIGN)):
        file = receive(f"{number}.txt", content, scanner=None)
        keep_file(session, stamp=stamp, file=file, held=0, most=1_000)
    session.commit()
    monkeypatch.setenv("NPT_DATABASE_URL", database_url)
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    monkeypatch.delenv("NPT_SCANNER", raising=False)
    return monkeypatch


def run(*arguments: str) -> Result:
    return CliRunner().invoke(npt, ["scan", *arguments])


def states(session: Session) -> list[ScanState]:
    session.rollback()
    return [each.scan for each in session.scalars(select(Attachment).order_by(Attachment.id))]


def test_every_file_that_waits_is_scanned_once_and_every_file_where_that_is_asked(
    environment: pytest.MonkeyPatch, session: Session
) -> None:
    with open_scanner() as scanner:
        environment.setenv("NPT_SCANNER", scanner.address)
        done = run()
        assert done.exit_code == 0, done.output
        assert "4 files scanned: 2 clean, 2 infected, 0 over the limits." in done.output
        assert f"Infected: 1.txt ({FOUND}), added on 2026-11-16" in done.output
        assert run().output == "0 files scanned: 0 clean, 0 infected, 0 over the limits.\n"
        assert "4 files scanned" in run("--all").output
    assert states(session) == [ScanState.CLEAN, ScanState.INFECTED] * 2


def test_a_scanner_that_is_away_is_not_asked_again_and_again_and_nothing_is_taken_for_clean(
    environment: pytest.MonkeyPatch, session: Session
) -> None:
    with open_scanner(Manner.RUDE) as scanner:
        environment.setenv("NPT_SCANNER", scanner.address)
        failed = run()
    assert failed.exit_code == 1
    assert "no answer for 4 files: the scanner broke off" in str(failed.exception)
    assert states(session) == [ScanState.NOT_SCANNED] * 4


@pytest.mark.parametrize(
    ("address", "words"),
    [("", "NPT_SCANNER is not set"), ("not an address", "give the address of clamd, like 127.0.0.1:3310")],
)
def test_without_a_scanner_it_says_how_one_is_named(
    environment: pytest.MonkeyPatch, address: str, words: str
) -> None:
    environment.setenv("NPT_SCANNER", address)
    assert words in str(run().exception)
