"""Every role has a demonstration account, and its password can be found again."""

import stat
from collections.abc import Iterator

import pytest

from npt.access.rules import Role
from npt.accounts.actions import HASHER
from npt.accounts.queries import account_of
from npt.commands.server import _Server
from npt.demonstration.accounts import ACCOUNTS
from npt.demonstration.force import Force
from npt.people.queries import member_of_account, scopes_of
from npt.people.rules import PolicingRole
from tests.records.demonstration.loading import PASSWORD, Loaded, Loading, address, name, run


@pytest.fixture
def environment(loading: Loading, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names the loaded database."""
    name(monkeypatch, address(loading.folder))
    return monkeypatch


def test_every_role_has_an_account_that_opens_with_the_password(demonstration: Loaded) -> None:
    session = demonstration.session
    held = {}
    for role in Role:
        account = account_of(session, f"{role.value}@demo.example")
        assert account is not None
        held[role] = [(scope.role, scope.path) for scope in scopes_of(session, account.id)]
    assert held == {each.role: [(each.role, demonstration.unit(each.unit).path)] for each in ACCOUNTS}
    sergeant = account_of(session, "sergeant@demo.example")
    assert sergeant is not None
    assert HASHER.fits(PASSWORD, sergeant.password_hash)


def test_the_accounts_of_members_belong_to_members_of_the_same_team(
    demonstration: Loaded, force: Force
) -> None:
    linked = {}
    for each in ACCOUNTS:
        account = account_of(demonstration.session, each.email)
        assert account is not None
        member = member_of_account(demonstration.session, account.id)
        if member is not None:
            linked[each.role] = member.number
    assert linked == {
        Role.INSPECTOR: force.shown(PolicingRole.INSPECTOR).number,
        Role.SERGEANT: force.shown(PolicingRole.SERGEANT).number,
        Role.OFFICER: force.shown(PolicingRole.CONSTABLE).number,
        Role.PCSO: force.shown(PolicingRole.PCSO).number,
    }


def test_loading_says_the_accounts_and_their_password(loading: Loading) -> None:
    assert [each.email for each in ACCOUNTS if each.email not in loading.output] == []
    assert PASSWORD in loading.output


def test_the_password_is_kept_beside_the_database_for_its_owner_alone(loading: Loading) -> None:
    kept = loading.folder / "demo-password"
    assert kept.read_text().strip() == PASSWORD
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_accounts_are_told_again_with_the_password_that_is_kept(environment: pytest.MonkeyPatch) -> None:
    told = run("demo", "--accounts").output
    assert told.rstrip().endswith(f"Password of all of them: {PASSWORD}")


def test_serving_says_the_password_once_and_how_to_stop_and_start_afresh(
    environment: pytest.MonkeyPatch, loading: Loading
) -> None:
    environment.setattr(_Server, "run", lambda server: None)
    told = run("serve").output
    assert told.count(PASSWORD) == 1
    assert "To stop, press Ctrl+C." in told
    file = loading.folder / "npt.sqlite3"
    assert f"To start afresh, stop it, then: rm {file}* && make run" in told
    assert "NPT_DEMO_PASSWORD='four plain words here' make run" in told


@pytest.fixture
def another_password(environment: pytest.MonkeyPatch) -> Iterator[str]:
    """Another password, asked for after the force was loaded, until the end of the test."""
    environment.setenv("NPT_DEMO_PASSWORD", "four other plain words")
    run("demo", "--if-empty")
    yield "four other plain words"
    environment.setenv("NPT_DEMO_PASSWORD", PASSWORD)
    run("demo", "--if-empty")


def test_a_new_password_in_the_environment_becomes_that_of_the_accounts(
    another_password: str, demonstration: Loaded
) -> None:
    account = account_of(demonstration.session, "manager@demo.example")
    assert account is not None
    assert HASHER.fits(another_password, account.password_hash)
    assert another_password in run("demo", "--accounts").output
