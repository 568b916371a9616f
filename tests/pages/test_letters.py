"""Pages of emails: what became of each, what a person decides, and the link that stops them."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.outbox.links import STOP_LETTERS
from npt.outbox.models import Letter, ReturnedAddress, Unsubscription
from npt.outbox.queries import returned_address
from npt.outbox.rules import LETTER_KEPT_FOR, LetterState, Topic
from npt.store.transaction import writing
from tests import make
from tests.letters import KEYS, NOW, letter_row, states
from tests.visiting import Visitor

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def force(session: Session) -> None:
    force = make.force(session, code="F")
    make.account(session, role=Role.COMMUNICATIONS, unit=force, email="news@force.example")
    make.account(session, role=Role.OFFICER, unit=force, email="ann@force.example", name="Ann Example")
    make.account(session, role=Role.ADMIN, unit=force, email="admin@force.example")
    session.commit()


@pytest.fixture
def officer(app: Flask, force: None) -> Visitor:
    return Visitor(app, "news@force.example")


def keep(session: Session, **given: object) -> int:
    """A letter of the force; its key."""
    with writing(session):
        letter = letter_row(**({"path": "F/"} | given))
        session.add(letter)
        session.flush()
        return letter.id


def uncertain(session: Session) -> int:
    return keep(
        session,
        state=LetterState.SENDING,
        settled_at=None,
        claim="c" * 32,
        claimed_until=NOW - timedelta(days=1),
        tries=1,
        tried_at=NOW - timedelta(days=1),
    )


def test_emails_are_found_by_state_topic_and_name(officer: Visitor, session: Session) -> None:
    uncertain(session)
    keep(session, to_name="Bob Other", to_address="bob@town.example", topic=Topic.DAILY)
    for question, found, missing in (
        ("", "Bob Other", "Nobody"),
        ("?state=uncertain", "Ann Example", "Bob Other"),
        ("?topic=daily", "Bob Other", "Ann Example"),
        ("?to=BOB%40", "Bob Other", "Ann Example"),
        ("?to=%25", "No emails", "Bob Other"),
    ):
        page = officer.open(f"/units/F/letters{question}").text
        assert found in page
        assert missing not in page


def test_an_uncertain_email_is_sent_again_when_a_person_says_so(officer: Visitor, session: Session) -> None:
    key = uncertain(session)
    page = officer.open(f"/units/F/letters/{key}")
    assert "before anyone could tell whether it was taken" in page.text
    assert officer.fill(f"/units/F/letters/{key}/again").status_code == 303
    assert states(session) == ["waiting"]
    assert officer.fill(f"/units/F/letters/{key}/again").status_code == 303
    after = officer.open(f"/units/F/letters/{key}").text
    assert "This email is waiting: it cannot be sent again." in after
    assert after.count("To be sent again, by") == 1


def test_an_uncertain_email_that_arrived_counts_as_sent(officer: Visitor, session: Session) -> None:
    key = uncertain(session)
    officer.open(f"/units/F/letters/{key}")
    officer.fill(f"/units/F/letters/{key}/counted")
    assert states(session) == ["sent"]
    officer.fill(f"/units/F/letters/{key}/counted")
    assert "is known by now" in officer.open(f"/units/F/letters/{key}").text


def test_an_erased_email_says_so(officer: Visitor, session: Session) -> None:
    key = keep(session, subject=None, text=None)
    assert "Erased." in officer.open(f"/units/F/letters/{key}").text


def test_an_email_that_is_out_of_date_is_not_sent_again(officer: Visitor, session: Session) -> None:
    key = keep(session, state=LetterState.REFUSED, worth_until=NOW - timedelta(days=3))
    assert "Send it again" not in officer.open(f"/units/F/letters/{key}").text
    officer.fill(f"/units/F/letters/{key}/again")
    assert "This email is out of date" in officer.open(f"/units/F/letters/{key}").text
    assert states(session) == ["refused"]


# The link ------------------------------------------------------------------------------------------------


def link(key: int, days_ago: int = 0) -> str:
    return f"/letters/stop/{STOP_LETTERS.sign(KEYS, key, (NOW - timedelta(days=days_ago)).date())}"


def stopped(session: Session) -> list[tuple[str, Topic]]:
    session.rollback()
    found = [(each.address, each.topic) for each in session.scalars(select(Unsubscription))]
    session.rollback()
    return found


def test_one_click_of_a_mail_program_stops_emails_of_that_topic(
    client: FlaskClient, session: Session
) -> None:
    key = keep(session)
    page = client.get(link(key))
    assert page.status_code == 200
    assert "Stop these emails" in page.text
    assert stopped(session) == []
    for _ in range(2):  # twice is the same
        answer = client.post(link(key), data=ONE_CLICK)
        assert (answer.status_code, "You get no more of these emails" in answer.text) == (200, True)
        assert stopped(session) == [("ann@town.example", Topic.NEWSLETTER)]
    assert "Stop these emails" in client.post(link(key), data={"again": "yes"}).text
    assert stopped(session) == []


@pytest.mark.usefixtures("force")
def test_one_click_stops_the_daily_email_at_the_account(client: FlaskClient, session: Session) -> None:
    ann = existing_account(session, "ann@force.example").id
    session.rollback()
    key = keep(session, topic=Topic.DAILY, account_id=ann, to_address="ann@force.example")
    client.post(link(key), data=ONE_CLICK)
    assert not existing_account(session, "ann@force.example").wants_reminders
    assert stopped(session) == []


def test_a_link_that_was_altered_or_has_expired_says_so_and_changes_nothing(
    client: FlaskClient, session: Session
) -> None:
    key = keep(session)
    good = link(key)
    altered = [
        f"{good}x",
        good[:-1],
        good.replace("stop/", "stop/x"),
        "/letters/stop/x",
        "/letters/stop/é%F0%9F",
    ]
    for address in altered:
        for answer in (client.get(address), client.post(address, data=ONE_CLICK)):
            assert answer.status_code == 404
            assert "This link is not whole" in answer.text
    for address in (link(key, LETTER_KEPT_FOR.days + 1), link(key + 1)):
        assert "This link has expired" in client.post(address, data=ONE_CLICK).text
    assert stopped(session) == []


# Addresses -----------------------------------------------------------------------------------------------


def returned(session: Session) -> None:
    with writing(session):
        session.add(
            ReturnedAddress(
                address="ann@force.example", letters=2, last_at=NOW, stopped_at=NOW, answer="550 unknown"
            )
        )


@pytest.mark.usefixtures("force")
def test_a_person_sees_that_emails_to_them_come_back_and_says_when_they_do_not(
    app: Flask, session: Session
) -> None:
    returned(session)
    ann = Visitor(app, "ann@force.example")
    assert "The mail server said: <bdi>550 unknown</bdi>" in ann.open("/account").text
    ann.fill("/account/address-works")
    assert "come back" not in ann.open("/account").text
    assert returned_address(session, "ann@force.example") is None


@pytest.mark.usefixtures("force")
def test_whoever_manages_accounts_sees_it_too(app: Flask, session: Session) -> None:
    returned(session)
    key = existing_account(session, "ann@force.example").id
    session.rollback()
    admin = Visitor(app, "admin@force.example")
    assert "came back: it gets none since" in admin.open(f"/units/F/accounts/{key}").text
    admin.fill(f"/units/F/accounts/{key}/address-works")
    assert returned_address(session, "ann@force.example") is None


def test_no_more_than_the_letters_of_ones_unit_are_seen(officer: Visitor, session: Session) -> None:
    key = keep(session, path="G/")
    assert officer.client.get(f"/units/F/letters/{key}").status_code == 404
    assert session.get_one(Letter, key).state is LetterState.SENT
