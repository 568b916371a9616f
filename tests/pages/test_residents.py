"""What a resident sees by their link, and when it opens nothing."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.outbox.models import Letter, ReturnedAddress, Unsubscription
from npt.outbox.rules import Topic
from npt.partners.models import ShareAnswer
from npt.partners.views.links import resident_address
from npt.work.actions import set_action
from npt.work.rules import ActionFacts, Owner, OwnerKind
from tests import make
from tests.visiting import Visitor, plain, stop_the_clock

SERGEANT = "sergeant@force.example"
TYPED = {
    "resident_name": "Sam Example",
    "resident_email": "sam@home.example",
    "purpose": "You told us",
    "basis": "consent",
    "until": "30 11 2026",
}


@pytest.fixture
def today() -> date:
    """A Monday."""
    return date(2026, 11, 16)


@pytest.fixture
def matter(session: Session) -> Matter:
    """A matter of a neighbourhood, and a sergeant who may share it."""
    session.expire_on_commit = False  # what was made is told without asking: a reader would be in the way
    team = make.team(session, code="T1")
    made = make.matter(session, unit=make.neighbourhood(session, under=team), title="Lights in Mill Lane")
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT)
    session.commit()
    return made


def invited(app: Flask, session: Session, matter: Matter) -> str:
    """Invite Sam: the path of the link in the letter that is queued."""
    answer = Visitor(app, SERGEANT).send(f"/matters/{matter.reference}/invite", **TYPED)
    assert answer.status_code == 303, answer.text
    letter = session.scalars(select(Letter)).one()
    session.commit()
    found = re.search(r"http://localhost(/look/\S+)", letter.text or "")
    assert found is not None, letter.text
    return found[1]


def send(app: Flask, link: str, text: str) -> int:
    client = app.test_client()
    page = client.get(link).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    return client.post(link, data={**hidden, "text": text}).status_code


def test_a_resident_looks_and_answers_and_looking_changes_nothing(
    app: Flask, session: Session, matter: Matter
) -> None:
    link = invited(app, session, matter)
    words = plain(app.test_client().get(link).text)
    assert "Lights in Mill Lane" in words
    assert matter.unit.name in words
    assert matter.reference not in words
    assert session.scalars(select(ShareAnswer)).all() == []
    session.commit()
    assert send(app, link, "It is dark again.") == 303
    shown = Visitor(app, SERGEANT).open(f"/matters/{matter.reference}/shares").text
    assert "It is dark again." in shown


def test_an_altered_link_opens_nothing(app: Flask, session: Session, matter: Matter) -> None:
    link = invited(app, session, matter)
    client = app.test_client()
    for other in (link[:-1], link + "x", "/look/1", "/look/" + link.partition(".")[2], link.replace(".", "")):
        assert client.get(other).status_code == 404


def test_a_link_ends_with_its_day_and_with_its_withdrawal(
    app: Flask, session: Session, matter: Matter
) -> None:
    link = invited(app, session, matter)
    client = app.test_client()
    stop_the_clock(app, datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    assert client.get(link).status_code == 200
    stop_the_clock(app, datetime(2026, 12, 1, 0, 0, tzinfo=UTC))
    assert client.get(link).status_code == 404
    stop_the_clock(app, datetime(2026, 11, 16, 12, tzinfo=UTC) + timedelta(hours=1))
    sergeant = Visitor(app, SERGEANT)
    sergeant.open(f"/matters/{matter.reference}/shares")
    assert sergeant.fill(f"/matters/{matter.reference}/shares/1/withdraw").status_code == 303
    assert client.get(link).status_code == 404


def test_the_link_of_an_agencys_share_opens_nothing(app: Flask, session: Session, matter: Matter) -> None:
    shared = make.share(
        session,
        matter=matter,
        agency=make.agency(session),
        now=datetime(2026, 11, 15, tzinfo=UTC),
    )
    session.commit()
    with app.test_request_context():
        address = resident_address(shared, date(2026, 11, 16))
    assert app.test_client().get(address).status_code == 404


def test_residents_see_the_actions_that_are_for_them_and_not_who_owns_them(
    app: Flask, session: Session, matter: Matter
) -> None:
    agency = make.agency(session)
    for what, is_for_residents in (("Mend the lights", True), ("Watch the corner", False)):
        set_action(
            session,
            stamp=Stamp(None, datetime(2026, 11, 16, 9, tzinfo=UTC)),
            today=date(2026, 11, 16),
            unit=matter.unit,
            matter=matter,
            facts=ActionFacts(
                what,
                Owner(OwnerKind.AGENCY, agency.id),
                date(2026, 12, 4),
                is_for_residents=is_for_residents,
            ),
        )
    session.commit()
    words = plain(app.test_client().get(invited(app, session, matter)).text)
    assert "Mend the lights : planned, by 4 December 2026" in words
    assert "Watch the corner" not in words
    assert agency.name not in words


@pytest.mark.parametrize("said", ["they want no such emails", "emails to this address came back"])
def test_whoever_invites_is_told_that_no_email_goes(
    app: Flask, session: Session, matter: Matter, said: str
) -> None:
    then = datetime(2026, 11, 1, tzinfo=UTC)
    address = TYPED["resident_email"]
    if "want" in said:
        session.add(Unsubscription(address=address, topic=Topic.INVITATION, at=then))
    else:
        session.add(ReturnedAddress(address=address, letters=2, last_at=then, stopped_at=then, answer="550"))
    session.commit()
    visitor = Visitor(app, SERGEANT)
    visitor.send(f"/matters/{matter.reference}/invite", **TYPED)
    words = plain(visitor.open(f"/matters/{matter.reference}/shares").text)
    assert said in words
    assert "They are sent the link by email" not in words
