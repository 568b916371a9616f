"""The pages of members, postings and accounts, as people see and use them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.journal.models import Entry
from npt.people.models import Grant
from npt.people.queries import member_numbered, postings_of
from npt.people.rules import PolicingRole
from tests import make
from tests.visiting import Visitor
from tests.world import World, world

TERMS = {"role": "constable", "fte": "1", "kind": "substantive", "starts_on": "1 6 2026"}


@pytest.fixture
def two_forces(session: Session) -> World:
    """The small world, saved."""
    # On SQLite a session that is still reading keeps the application from writing: what the tests look at
    # stays known after a commit, and a commit ends the reading.
    session.expire_on_commit = False
    made = world(session)
    session.commit()
    return made


@pytest.fixture
def manager(app: Flask, two_forces: World) -> Visitor:
    """The manager of the first BCU of the home force."""
    return Visitor(app, "manager@home.example")


@pytest.fixture
def admin(app: Flask, two_forces: World) -> Visitor:
    """The administrator of the home force."""
    return Visitor(app, "admin@home.example")


# Members ----------------------------------------------------------------------------------------------------


def test_the_members_of_a_unit_are_listed_as_at_a_day_and_by_role(manager: Visitor) -> None:
    everybody = manager.open("/units/H1/members").text
    assert "Member H001" in everybody
    assert "Member H001" in manager.open("/units/H1/members?role=inspector").text
    assert "Member H001" not in manager.open("/units/H1/members?role=sergeant").text
    assert "No one is posted here on this day" in manager.open("/units/H1/members?as-at=2008-03-31").text


def test_seeing_a_member_is_noted_in_the_journal(manager: Visitor, session: Session) -> None:
    assert "Member H001" in manager.open("/units/H1.1/members/H001").text
    seen = session.scalars(select(Entry).where(Entry.change == "viewed")).all()
    member = member_numbered(session, "H001")
    assert member is not None
    assert [(entry.record_type, entry.record_id) for entry in seen] == [("member", member.id)]


def test_a_member_of_another_unit_is_not_found(manager: Visitor, two_forces: World) -> None:
    assert manager.open("/units/H1/members/A001").status_code == 404
    assert manager.open("/units/A1/members/A001").status_code == 403


def test_a_member_is_added_with_their_first_posting(manager: Visitor, session: Session) -> None:
    answer = manager.send("/units/H1.1.1/new-member", number="N1", name="Ash 👮 Varley", **TERMS)
    assert (answer.status_code, answer.location) == (303, "/units/H1.1.1/members/N1")
    member = member_numbered(session, "N1")
    assert member is not None
    (posting,) = postings_of(session, member.id)
    assert (posting.role, posting.starts_on) == (PolicingRole.CONSTABLE, date(2026, 6, 1))


def test_a_refused_posting_leaves_no_member_behind(manager: Visitor, session: Session) -> None:
    answer = manager.send(
        "/units/H1.1.1/new-member", number="N1", name="Ash", **{**TERMS, "role": "inspector"}
    )
    assert answer.status_code == 422
    assert 'value="Ash"' in answer.text
    assert member_numbered(session, "N1") is None


def test_a_known_member_is_posted_and_the_day_over_one_is_named(manager: Visitor) -> None:
    answer = manager.send("/units/H1.1.1/new-posting", number="H004", **TERMS)
    assert answer.status_code == 422
    assert "On 1 June 2026 the member" in answer.text
    temporary = {**TERMS, "kind": "temporary", "ends_on": "30 6 2026"}
    assert manager.send("/units/H1.1.1/new-posting", number="H004", **temporary).status_code == 303


def test_a_member_of_another_force_cannot_be_posted_here(manager: Visitor) -> None:
    answer = manager.send("/units/H1.1.1/new-posting", number="A004", **{**TERMS, "kind": "attachment"})
    assert answer.status_code == 422
    assert "There is no member A004 in this force" in answer.text


def test_a_posting_ends_on_the_day_given(manager: Visitor, session: Session, two_forces: World) -> None:
    sergeant = two_forces.home.members[PolicingRole.SERGEANT][0]
    (posting,) = postings_of(session, sergeant.id)
    session.commit()
    address = f"/units/H1.1.1/members/{sergeant.number}/postings/{posting.id}/end"
    answer = manager.send(address, ends_on="31 12 2026")
    assert (answer.status_code, answer.location) == (303, f"/units/H1.1.1/members/{sergeant.number}")
    session.refresh(posting)
    assert posting.ends_on == date(2026, 12, 31)


def test_two_people_who_correct_a_posting_see_both_versions(
    manager: Visitor, session: Session, two_forces: World
) -> None:
    sergeant = two_forces.home.members[PolicingRole.SERGEANT][0]
    (posting,) = postings_of(session, sergeant.id)
    session.commit()
    terms = {"role": "sergeant", "kind": "substantive", "starts_on": "1 4 2008"}
    address = f"/units/H1.1.1/members/{sergeant.number}/postings/{posting.id}"
    manager.open(address)
    outdated = manager.page
    assert manager.send(address, fte="0.8", **terms).status_code == 303
    manager.page = outdated
    stale = manager.fill(address, fte="0.6", **terms)
    assert stale.status_code == 409
    assert "0.8" in stale.text
    manager.page = stale
    assert manager.fill(address).status_code == 303
    session.refresh(posting)
    assert str(posting.fte) == "0.6"


def test_a_sergeant_sees_members_but_may_not_change_them(app: Flask, two_forces: World) -> None:
    sergeant = Visitor(app, "sergeant@home.example")
    assert "Add a member" not in sergeant.open("/units/H1.1.1/members").text
    assert sergeant.open("/units/H1.1.1/new-member").status_code == 403


# Accounts ---------------------------------------------------------------------------------------------------


def test_an_account_is_opened_with_a_role_and_can_sign_in(app: Flask, admin: Visitor) -> None:
    answer = admin.send(
        "/units/H1.1.1/new-account",
        email="new@home.example",
        name="New Person",
        password=make.PASSWORD,
        role="sergeant",
        number="H005",
    )
    assert answer.status_code == 303
    assert Visitor(app, "new@home.example").open("/units/H1.1.1/members").status_code == 200


def test_an_administrator_of_one_unit_gives_no_role_beyond_it(app: Flask, session: Session) -> None:
    bcu = make.bcu(session, code="C")
    make.bcu(session, code="J")
    make.account(session, role=Role.ADMIN, unit=bcu, email="local@force.example")
    session.commit()
    local = Visitor(app, "local@force.example")
    assert local.open("/units/J/new-grant").status_code == 403
    answer = local.send("/units/C/new-grant", email="nobody@force.example", role="board")
    assert "No account has" in answer.text


def test_a_role_is_revoked_and_the_account_no_longer_seen_from_here(
    admin: Visitor, session: Session, two_forces: World
) -> None:
    account = two_forces.home.accounts[Role.SERGEANT]
    grant = session.scalars(select(Grant).where(Grant.account_id == account.id)).one()
    where = f"/units/H1.1.1/accounts/{account.id}"
    session.commit()
    assert "Revoke the role" in admin.open(where).text
    answer = admin.fill(f"{where}/grants/{grant.id}/revoke")
    assert (answer.status_code, answer.location) == (303, "/units/H1.1.1/accounts")
    assert admin.open(where).status_code == 404


def test_nobody_takes_over_an_account_that_may_do_more_than_they(
    app: Flask, session: Session, two_forces: World
) -> None:
    home = two_forces.home
    board = home.accounts[Role.ADMIN]
    session.add(Grant(account_id=board.id, unit_id=home.team.id, role=Role.OFFICER))
    make.account(session, role=Role.ADMIN, unit=home.team, email="local@home.example")
    hashed = board.password_hash
    session.commit()
    local = Visitor(app, "local@home.example")
    where = f"/units/{home.team.code}/accounts/{board.id}"
    answer = local.send(f"{where}/password", password="quite another long password")
    assert answer.status_code == 422
    local.open(where)
    assert local.fill(f"{where}/close").status_code == 422
    account = session.get_one(Account, board.id, populate_existing=True)
    assert (account.password_hash, account.closed_at) == (hashed, None)


def test_a_closed_account_is_shown_as_closed(admin: Visitor, two_forces: World) -> None:
    account = two_forces.home.accounts[Role.PARTNER]
    where = f"/units/H1/accounts/{account.id}"
    assert "Close the account" in admin.open(where).text
    assert admin.fill(f"{where}/close").status_code == 303
    page = admin.open(where).text
    assert "closed on" in page
    assert "Close the account" not in page


def test_a_manager_has_no_accounts_to_manage(manager: Visitor) -> None:
    assert manager.open("/units/H1/accounts").status_code == 403
