"""Nobody comes back with a backup: the list of erasures is applied, and what was shut since stays shut."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.actions import close_account, existing_account, set_password
from npt.accounts.models import Account, SignInSession
from npt.api.actions import make_token, revoke_token
from npt.api.models import ApiToken
from npt.data_protection.models import Erasure
from npt.journal.queries import verify
from npt.people.models import Member
from npt.store.transaction import writing
from tests import make
from tests.records.backups import Places, add, numbers_at, records_at

EMAIL = "a.person@demo.example"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def backed_up(places: Places, tmp_path: Path) -> Places:
    """A backup with the members 41 and 42, brought back once into the other place; the list lies apart."""
    places.patch.setenv("NPT_ERASURES", str(tmp_path / "erasures.json"))
    places.patch.setenv("NPT_SECRET_KEY", "k" * 32)
    add(places.here, "41", "42")
    places.backup()
    assert places.restore().exit_code == 0
    return places


def list_of(tmp_path: Path) -> Path:
    return tmp_path / "erasures.json"


def names_at(url: str) -> list[str]:
    with records_at(url) as session:
        return sorted(session.scalars(select(Member.name)))


def test_an_erased_person_is_erased_again_after_a_restore_over_the_records(
    backed_up: Places, tmp_path: Path
) -> None:
    assert backed_up.run(backed_up.there, "forget", "41").exit_code == 0
    list_of(tmp_path).unlink()  # the records themselves know
    said = backed_up.restore("--replace")
    assert (said.exit_code, "1 people erased since the backup" in said.stdout) == (0, True)
    assert numbers_at(backed_up.there) == {"42", "erased-1"}
    assert list_of(tmp_path).exists()
    with records_at(backed_up.there) as session:
        assert verify(session).is_whole


def test_an_erased_person_is_erased_again_in_an_empty_place_by_the_list(
    backed_up: Places, tmp_path: Path
) -> None:
    backed_up.run(backed_up.there, "forget", "41")
    aside = tmp_path / "aside.json"
    list_of(tmp_path).rename(aside)
    backed_up.there = backed_up.emptied()
    said = backed_up.restore("--erasures", str(aside))
    assert said.exit_code == 0, said.output
    assert numbers_at(backed_up.there) == {"42", "erased-1"}
    assert "Nothing was here to compare with" in said.stdout
    assert json.loads(list_of(tmp_path).read_text()) == json.loads(aside.read_text())


def test_without_any_list_the_restore_says_who_may_be_back(backed_up: Places, tmp_path: Path) -> None:
    backed_up.run(backed_up.there, "forget", "41")
    list_of(tmp_path).unlink()
    backed_up.there = backed_up.emptied()
    assert "No list of erasures was found" in backed_up.restore().stdout
    assert numbers_at(backed_up.there) == {"41", "42"}


def test_the_list_names_nobody(backed_up: Places, tmp_path: Path) -> None:
    backed_up.run(backed_up.there, "forget", "41")
    (told,) = json.loads(list_of(tmp_path).read_text())["erasures"]
    assert sorted(told) == ["erased_at", "key_mark", "person_table", "record_id", "reference_digest"]
    assert "41" not in str({name: told[name] for name in told if name in {"person_table", "record_id"}})
    assert oct(list_of(tmp_path).stat().st_mode)[-3:] == "600"


def test_a_list_of_another_key_is_refused_and_nothing_is_changed(backed_up: Places, tmp_path: Path) -> None:
    backed_up.run(backed_up.there, "forget", "41")
    backed_up.patch.setenv("NPT_SECRET_KEY", "n" * 32)
    backed_up.there = backed_up.emptied()
    said = backed_up.restore()
    assert said.exit_code == 1
    assert "made with another key" in str(said.exception)
    backed_up.patch.setenv("NPT_SECRET_KEY", f"{'n' * 32} {'k' * 32}")  # rotated: the older one is known
    assert backed_up.restore().exit_code == 0
    assert numbers_at(backed_up.there) == {"42", "erased-1"}


@pytest.mark.parametrize("content", ["", "[]", '{"file": "npt erasures 1"}', "number\n41\n"])
def test_what_is_no_list_is_refused(backed_up: Places, tmp_path: Path, content: str) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(content)
    said = backed_up.restore("--replace", "--erasures", str(wrong))
    assert (said.exit_code, "is no list of erasures" in str(said.exception)) == (1, True)


def test_a_record_that_is_somebody_elses_by_now_is_not_erased_but_told(
    backed_up: Places, tmp_path: Path
) -> None:
    backed_up.run(backed_up.there, "forget", "41")
    with records_at(backed_up.here) as session, writing(session):
        session.get_one(Member, 1).number = "77"
    backed_up.backup()
    said = backed_up.restore("--replace")
    assert "member 1 is asked for by something else" in said.stdout
    assert numbers_at(backed_up.there) == {"42", "77"}


def _shut(session: Session) -> None:
    with writing(session):
        account = existing_account(session, EMAIL)
        revoke_token(session, account, "lost", now=NOW)
        set_password(session, account=account, password="another rare phrase", now=NOW)
        close_account(session, account=existing_account(session, "left@demo.example"), now=NOW)


def test_what_was_shut_since_the_backup_does_not_open_again(backed_up: Places) -> None:
    with records_at(backed_up.here) as session, writing(session):
        account = make.account(session, email=EMAIL)
        make.account(session, email="left@demo.example")
        for name in ("lost", "kept"):
            make_token(session, account, name, now=NOW)
        session.add(SignInSession(account_id=account.id, token_digest="open", started_at=NOW, expires_at=NOW))
    backed_up.backup()
    backed_up.restore("--replace")
    with records_at(backed_up.there) as session:
        _shut(session)
        password = session.scalars(select(Account.password_hash).where(Account.email == EMAIL)).one()
    said = backed_up.restore("--replace")
    assert "Everybody is signed out" in said.stdout
    with records_at(backed_up.there) as session:
        assert session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all() == []
        assert session.scalars(select(ApiToken.name).where(ApiToken.revoked_at.is_(None))).all() == ["kept"]
        closed = session.scalars(select(Account.email).where(Account.closed_at.is_not(None))).all()
        assert closed == ["left@demo.example"]
        assert session.scalars(select(Account.password_hash).where(Account.email == EMAIL)).one() == password


def test_a_list_that_cannot_be_written_is_told_and_written_by_the_next_retention(
    backed_up: Places, tmp_path: Path
) -> None:
    backed_up.patch.setenv("NPT_ERASURES", str(tmp_path / "nowhere" / "list.json"))
    said = backed_up.run(backed_up.there, "forget", "41")
    assert (said.exit_code, "could not be written" in str(said.exception)) == (1, True)
    assert numbers_at(backed_up.there) == {"42", "erased-1"}
    (tmp_path / "nowhere").mkdir()
    assert backed_up.run(backed_up.there, "retention").exit_code == 0
    assert (tmp_path / "nowhere" / "list.json").exists()


def test_a_rehearsed_erasure_says_all_and_changes_nothing(backed_up: Places, tmp_path: Path) -> None:
    said = backed_up.run(backed_up.there, "forget", "41", "--dry-run")
    assert (said.exit_code, "member: 1 has a pseudonym" in said.stdout) == (0, True)
    assert numbers_at(backed_up.there) == {"41", "42"}
    assert not list_of(tmp_path).exists()
    with records_at(backed_up.there) as session:
        assert session.scalars(select(Erasure)).all() == []


def test_retention_says_what_it_did_by_table(backed_up: Places) -> None:
    assert "Nothing has served its time" in backed_up.run(backed_up.there, "retention").stdout
    with records_at(backed_up.there) as session, writing(session):
        posting = make.posting(session, member=session.get_one(Member, 1))
        posting.ends_on = date(2027, 1, 1) if posting.starts_on > date(2000, 1, 1) else posting.starts_on
    backed_up.patch.setenv("NPT_KEEP_PEOPLE_MONTHS", "0")
    assert backed_up.run(backed_up.there, "retention").exit_code == 1
