"""An access request: all that is held on one person, in a file for them, and nobody else in it."""

import errno
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.data_protection.exchange import write_access_request
from npt.data_protection.queries import person_named
from npt.journal.actions import note_shown
from npt.journal.models import Entry
from npt.people.actions import link_account_to_member
from npt.store.transaction import writing
from tests import make
from tests.records.backups import Places, add, records_at

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def answered(session: Session, tmp_path: Path) -> dict[str, Any]:
    """What was answered to Ann Lee, who is a member and has an account; Ben Cox stands in her words."""
    with writing(session):
        ann, ben = make.posting(session).member, make.posting(session).member
        ann.name, ann.number, ben.name = "Ann Lee", "41", "Ben Cox"
        account = make.account(session, email="ann.lee@demo.example")
        account.password_hash = "a rare hash"
        link_account_to_member(session, account, ann)
        make.away(session, shift=make.shift(session, member=ann), note="=with Ben\nCox, for Ann Lee <b>")
        make.away(session, shift=make.shift(session, member=ben), note="of Ben alone")
        make.confirmation(session, unit=make.team(session), by=account)
    with writing(session):
        note_shown(session, person_named(session, "41").keys, "view member")
    file = tmp_path / "answer.zip"
    write_access_request(session, person_named(session, "41"), file, today=NOW.date())
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def tables(answered: dict[str, Any]) -> dict[str, Any]:
    return {each["table"]: each for each in json.loads(answered["everything.json"])["tables"]}


def test_member_and_account_are_one_person_with_all_their_rows(answered: dict[str, Any]) -> None:
    found = tables(answered)
    assert {"member", "account", "holder", "posting", "shift", "away"} <= found.keys()
    assert found["member"]["rows"][0]["name"] == "Ann Lee"
    assert len(found["away"]["rows"]) == len(found["member"]["rows"]) == 1
    assert found["away"]["why"]


def test_names_of_others_are_left_out_and_their_own_stays(answered: dict[str, Any]) -> None:
    everything = "".join(answered.values())
    assert [each for each in ("Ben", "Cox", "of Ben alone") if each in everything] == []
    assert tables(answered)["away"]["rows"][0]["note"] == "=with somebody else, for Ann Lee <b>"


def test_what_opens_a_door_is_left_out(answered: dict[str, Any]) -> None:
    assert "rare hash" not in "".join(answered.values())


def test_what_they_did_is_there_without_words_of_others(answered: dict[str, Any]) -> None:
    (confirmed,) = tables(answered)["confirmation"]["rows"]
    assert (confirmed["account_id"], tables(answered)["confirmation"]["theirs"]) == (
        "the person themselves",
        False,
    )


def test_units_and_reasons_are_called_by_their_names(answered: dict[str, Any]) -> None:
    assert tables(answered)["away"]["rows"][0]["reason_id"].startswith("response ")


def test_the_journal_says_who_looked_and_when(answered: dict[str, Any]) -> None:
    journal = json.loads(answered["everything.json"])["journal"]
    looked = [each for each in journal if each["change"] == "viewed"]
    assert {(each["record"], each["who"]) for each in looked} == {
        ("member", "a command"),
        ("account", "a command"),
    }


def test_it_can_be_read_by_a_person_a_spreadsheet_and_a_program(answered: dict[str, Any]) -> None:
    assert "<h1>What is held on the member 41</h1>" in answered["index.html"]
    assert "&lt;b&gt;" in answered["index.html"]
    assert "<b>" not in answered["index.html"]
    assert "'=with" in answered["csv/away.csv"]
    assert answered["csv/journal.csv"].startswith("at,act,change,record,key,who")


def test_a_full_disk_leaves_nothing_half_written(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(session):
        make.posting(session).member.number = "41"

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("zipfile.ZipFile.writestr", full)
    with pytest.raises(OSError, match="No space"):
        write_access_request(session, person_named(session, "41"), tmp_path / "answer.zip", today=NOW.date())
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_file_and_the_journal_says_so(places: Places, tmp_path: Path) -> None:
    add(places.here, "41")
    file = tmp_path / "answer.zip"
    said = places.run(places.here, "access-request", "member:41", "--to", str(file))
    assert (said.exit_code, "rows on the member 41" in said.stdout) == (0, True)
    assert oct(file.stat().st_mode)[-3:] == "600"
    with records_at(places.here) as session:
        last = session.scalars(select(Entry).order_by(Entry.sequence.desc())).first()
        assert last is not None
        assert (last.change, last.record_type, last.act) == ("viewed", "member", "npt access-request")
    nowhere = places.run(places.here, "access-request", "41", "--to", str(tmp_path / "no" / "where.zip"))
    assert "was not written" in str(nowhere.exception)
