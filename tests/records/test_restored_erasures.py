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
from npt.backups.actions import back_up
from npt.data_protection.actions import apply_erasures, forget
from npt.data_protection.exchange import UnusableList, read_list, write_list
from npt.data_protection.kinds import key_erasures
from npt.data_protection.models import Erasure
from npt.data_protection.queries import person_named
from npt.journal.models import PersonSalt
from npt.journal.queries import verify
from npt.people.models import Member
from npt.store.transaction import writing
from tests import make
from tests.records.backups import Places, add, numbers_at, records_at

EMAIL, LEFT = "a.person@demo.example", "left@demo.example"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
KEY, NEW_KEY = "k" * 32, "n" * 32


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    """Where the list of erasures is kept."""
    return tmp_path / "erasures.json"


@pytest.fixture
def backed_up(places: Places, list_file: Path) -> Places:
    """Records and their backup: members 41 and 42, an account with two tokens and a session, and another."""
    places.patch.setenv("NPT_ERASURES", str(list_file))
    places.patch.setenv("NPT_SECRET_KEY", KEY)
    key_erasures(KEY)
    add(places.here, "41", "42")
    with records_at(places.here) as session, writing(session):
        account = make.account(session, email=EMAIL)
        make.account(session, email=LEFT)
        for name in ("lost", "kept"):
            make_token(session, account, name, now=NOW)
        session.add(SignInSession(account_id=account.id, token_digest="o", started_at=NOW, expires_at=NOW))
    back_up(places.settings(places.here), places.file, None)
    places.there, places.emptied = places.here, lambda: places.there
    return places


def forget_41(places: Places, list_file: Path) -> None:
    """Erase member 41 where the records are."""
    with records_at(places.here) as session, writing(session):
        forget(session, person_named(session, "41"), today=NOW.date(), now=NOW)
        session.flush()
        write_list(session, list_file)


def test_whoever_was_erased_since_the_backup_is_erased_again_by_the_restore(
    backed_up: Places, list_file: Path
) -> None:
    forget_41(backed_up, list_file)
    list_file.unlink()  # the records themselves know
    said = backed_up.restore("--replace")
    assert (said.exit_code, "1 people erased since the backup" in said.stdout) == (0, True)
    assert numbers_at(backed_up.here) == {"42", "erased-1"}
    assert list_file.exists()
    with records_at(backed_up.here) as session:
        assert session.get_one(PersonSalt, ("member", 1)).salt is None
        assert verify(session).is_whole


def test_what_was_shut_since_the_backup_does_not_open_again(backed_up: Places) -> None:
    with records_at(backed_up.here) as session, writing(session):
        account = existing_account(session, EMAIL)
        set_password(session, account=account, password="another rare phrase", now=NOW)
        revoke_token(session, account, "lost", now=NOW)
        close_account(session, account=existing_account(session, LEFT), now=NOW)
        session.flush()
        password = account.password_hash
    said = backed_up.restore("--replace")
    assert (said.exit_code, "Everybody is signed out" in said.stdout) == (0, True)
    with records_at(backed_up.here) as session:
        assert session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all() == []
        assert session.scalars(select(ApiToken.name).where(ApiToken.revoked_at.is_(None))).all() == ["kept"]
        assert session.scalars(select(Account.email).where(Account.closed_at.is_not(None))).all() == [LEFT]
        assert session.scalars(select(Account.password_hash).where(Account.email == EMAIL)).one() == password


def test_in_an_empty_place_the_list_is_applied_if_its_key_is_known(
    places: Places, backed_up: Places, bare_database_url: str, list_file: Path, tmp_path: Path
) -> None:
    forget_41(backed_up, list_file)
    aside = list_file.rename(tmp_path / "aside.json")
    backed_up.there = bare_database_url
    backed_up.patch.setenv("NPT_SECRET_KEY", NEW_KEY)
    said = backed_up.restore("--erasures", str(aside))
    assert (said.exit_code, "made with another key" in str(said.exception)) == (1, True)
    backed_up.patch.setenv("NPT_SECRET_KEY", f"{NEW_KEY} {KEY}")
    said = backed_up.restore("--erasures", str(aside))
    assert (said.exit_code, "Nothing was here to compare with" in said.stdout) == (0, True)
    assert numbers_at(backed_up.there) == {"42", "erased-1"}
    assert json.loads(list_file.read_text()) == json.loads(aside.read_text())


def test_without_any_list_the_restore_says_that_somebody_may_be_back(
    backed_up: Places, bare_database_url: str
) -> None:
    backed_up.there = bare_database_url
    assert "No list of erasures was found" in backed_up.restore().stdout


def test_the_list_names_nobody_and_is_its_owners_alone(backed_up: Places, list_file: Path) -> None:
    forget_41(backed_up, list_file)
    (told,) = json.loads(list_file.read_text())["erasures"]
    assert sorted(told) == ["erased_at", "key_mark", "person_table", "record_id", "reference_digest"]
    assert (told["person_table"], told["record_id"]) == ("member", 1)
    assert oct(list_file.stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("content", ["", "[]", '{"file": "npt erasures 1"}', "number\n41\n"])
def test_what_is_no_list_is_refused(list_file: Path, content: str) -> None:
    list_file.write_text(content)
    with pytest.raises(UnusableList, match="is no list of erasures"):
        read_list(list_file)


@pytest.mark.parametrize(
    ("number", "key", "came_of_it"),
    [("41", KEY, "again"), ("77", KEY, "doubtful"), ("41", NEW_KEY, "unreadable")],
)
def test_a_record_is_erased_by_the_list_only_if_it_is_theirs(
    session: Session, number: str, key: str, came_of_it: str
) -> None:
    key_erasures(KEY)
    with writing(session):
        session.add(Member(number="41", name="Invented Person"))
    with writing(session):
        forget(session, person_named(session, "41"), today=NOW.date(), now=NOW)
    with writing(session):  # as an older backup has it
        session.delete(session.get_one(PersonSalt, ("member", 1)))
        session.get_one(Member, 1).number = number
    key_erasures(key)
    with writing(session):
        applied = apply_erasures(session, now=NOW)
    told = {"again": applied.again, "doubtful": len(applied.doubtful), "unreadable": applied.unreadable}
    assert [name for name, count in told.items() if count] == [came_of_it]
    assert (session.get_one(Member, 1).number == "erased-1") == (came_of_it == "again")


def test_a_list_that_cannot_be_written_is_told_and_written_by_the_next_retention(
    backed_up: Places, tmp_path: Path
) -> None:
    backed_up.patch.setenv("NPT_ERASURES", str(tmp_path / "nowhere" / "list.json"))
    said = backed_up.run(backed_up.here, "forget", "41")
    assert (said.exit_code, "could not be written" in str(said.exception)) == (1, True)
    assert numbers_at(backed_up.here) == {"42", "erased-1"}
    (tmp_path / "nowhere").mkdir()
    assert backed_up.run(backed_up.here, "retention").exit_code == 0
    assert (tmp_path / "nowhere" / "list.json").exists()


def test_a_rehearsed_erasure_says_all_and_changes_nothing(backed_up: Places, list_file: Path) -> None:
    said = backed_up.run(backed_up.here, "forget", "41", "--dry-run")
    assert (said.exit_code, "member: 1 has a pseudonym" in said.stdout) == (0, True)
    assert (numbers_at(backed_up.here), list_file.exists()) == ({"41", "42"}, False)
    with records_at(backed_up.here) as session:
        assert session.scalars(select(Erasure)).all() == []


def test_retention_says_what_it_did_by_table(backed_up: Places) -> None:
    with records_at(backed_up.here) as session, writing(session):
        make.posting(session, member=session.get_one(Member, 1)).ends_on = date(2019, 1, 1)
    said = backed_up.run(backed_up.here, "retention")
    assert (said.exit_code, "member: 1 has a pseudonym" in said.stdout) == (0, True)
    backed_up.patch.setenv("NPT_KEEP_PEOPLE_MONTHS", "0")
    assert "NPT_KEEP_PEOPLE_MONTHS" in str(backed_up.run(backed_up.here, "retention").exception)
