"""What key individuals see by the link to their own record, and what opens nothing."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.journal.models import Entry
from npt.kin.models import KeyIndividual
from npt.kin.rules import KinTopic, LeaveReason, Stage
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.organisation.rules import Level
from npt.outbox.models import Letter, Unsubscription
from npt.outbox.rules import Topic
from tests import make
from tests.records.kin_desk import NOW
from tests.visiting import Visitor, plain

PCSO = "pcso@force.example"
EMAIL = "ann@shop.example"


@pytest.fixture
def today() -> date:
    """A Monday."""
    return date(2026, 11, 16)


@pytest.fixture
def ann(session: Session) -> KeyIndividual:
    """Somebody of a team whose PCSO may write to them."""
    session.expire_on_commit = False
    team = make.team(session)
    place = make.neighbourhood(session, under=team, code="N1")
    make.account(session, role=Role.PCSO, unit=team, email=PCSO)
    made = make.key_individual(
        session, unit=place, email=EMAIL, phone="+441632960123", consents=[], communities=[]
    )
    session.commit()
    return made


def sent(app: Flask, session: Session, ann: KeyIndividual) -> str:
    """Send Ann the link: its path in the letter that is queued."""
    visitor = Visitor(app, PCSO)
    visitor.open(f"/units/N1/kin/{ann.id}")
    assert visitor.fill(f"/units/N1/kin/{ann.id}/link").status_code == 303
    session.rollback()
    letter = session.scalars(select(Letter)).one()
    session.commit()  # an open reader would be in the way
    found = re.search(r"http://localhost(/kin/\S+)", letter.text or "")
    assert found is not None, letter.text
    return found[1]


def send(app: Flask, link: str, **fields: str) -> int:
    client = app.test_client()
    page = client.get(link).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    return client.post(link, data={**hidden, **fields}).status_code


def now_is(session: Session, ann: KeyIndividual) -> KeyIndividual:
    session.commit()
    found = session.get_one(KeyIndividual, ann.id, populate_existing=True)
    session.commit()
    return found


def test_opening_the_link_shows_what_is_held_and_changes_nothing(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    link = sent(app, session, ann)
    asked = select(Entry.sequence).order_by(Entry.sequence.desc()).limit(1)
    before = session.scalar(asked)
    session.commit()
    shown = app.test_client().get(link)
    assert shown.status_code == 200
    assert [each for each in ("Ann Example", "01632 960123", EMAIL) if each not in shown.text] == []
    assert app.test_client().get(f"{link}/leave").status_code == 200
    assert "recorded by" not in shown.text
    assert session.scalar(asked) == before


def test_they_correct_their_record_and_say_what_they_want_to_hear(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    link = sent(app, session, ann)
    fields = {"name": "Ann Sample", "phone": "07700 900123", "email": EMAIL, "topics": "news"}
    assert send(app, link, **fields) == 303
    found = now_is(session, ann)
    assert (found.name, found.phone) == ("Ann Sample", "+447700900123")
    page = plain(Visitor(app, PCSO).open(f"/units/N1/kin/{ann.id}").text)
    assert "News from the neighbourhood team yes 16 November 2026 they said so by their own link" in page
    assert send(app, link, **fields, organisation="x", version="1") == 409


def test_they_leave_with_a_reason_and_the_link_then_says_so(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    link = sent(app, session, ann)
    assert send(app, f"{link}/leave", left_because="asked") == 303
    found = now_is(session, ann)
    assert (found.stage, found.left_because) == (Stage.LEFT, LeaveReason.ASKED)
    page = app.test_client().get(link).text
    assert "You left the network on 16 November 2026" in page
    assert "<form" not in page.partition("<main")[2]


def test_a_link_that_was_altered_expired_or_is_for_another_purpose_opens_nothing(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    from npt.kin.views.door import OWN_RECORD
    from npt.partners.views.links import RESIDENTS_VIEW

    link, client = sent(app, session, ann), app.test_client()
    keys = app.extensions["npt_settings"].secret_keys
    old = OWN_RECORD.sign(keys, ann.id, date(2026, 10, 16))
    fresh = OWN_RECORD.sign(keys, ann.id, date(2026, 10, 17))
    other = RESIDENTS_VIEW.sign(keys, ann.id, date(2026, 11, 16))
    answers = [client.get(f"/kin/{each}").status_code for each in (f"{link[5:]}x", old, other, fresh)]
    assert answers == [404, 404, 404, 200]


def test_a_link_of_somebody_who_was_erased_opens_nothing(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    from npt.data_protection.actions import forget
    from npt.data_protection.queries import person_named
    from npt.store.transaction import writing

    link = sent(app, session, ann)
    session.commit()
    with writing(session):
        person = person_named(session, f"key_individual:{ann.reference}")
        forget(session, person, today=NOW.date(), now=NOW, also_current=True)
    session.rollback()
    assert app.test_client().get(link).status_code == 404
    assert app.test_client().get(f"{link}/leave").status_code == 404


def test_the_link_is_sent_once_a_day_and_not_to_who_wants_no_such_emails(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    sent(app, session, ann)
    visitor = Visitor(app, PCSO)
    address = f"/units/N1/kin/{ann.id}"
    visitor.open(address)
    visitor.fill(f"{address}/link")
    assert "was sent the link today already" in visitor.open(address).text
    session.add(Unsubscription(address=EMAIL, topic=Topic.INVITATION, at=NOW))
    session.commit()
    visitor.fill(f"{address}/link")
    assert "wants no such emails" in visitor.open(address).text
    session.rollback()
    assert len(session.scalars(select(Letter)).all()) == 1


def test_no_link_goes_to_who_has_no_email(app: Flask, session: Session, ann: KeyIndividual) -> None:
    ann.email = None
    session.commit()
    visitor = Visitor(app, PCSO)
    address = f"/units/N1/kin/{ann.id}"
    assert "Send them the link" not in visitor.open(address).text
    visitor.fill(f"{address}/link")
    assert "has no email address" in visitor.open(address).text
    assert KinTopic.NEWS.wording in visitor.open(f"{address}/consent").text


def test_whoever_looks_after_emails_sees_neither_the_link_nor_whose_it_is(
    app: Flask, session: Session, ann: KeyIndividual
) -> None:
    code = session.scalars(select(Unit).where(Unit.level == Level.FORCE)).one().code
    make.account(session, role=Role.ADMIN, unit=unit_at(session, code), email="post@force.example")
    session.commit()
    link = sent(app, session, ann)
    letter = session.scalars(select(Letter)).one()
    letter.answer = f"550 5.1.1 <{EMAIL}>: no such person"
    session.commit()
    post, emails = Visitor(app, "post@force.example"), f"/units/{code}/letters"
    listed = post.open(emails).text
    assert "Somebody without an account" in listed
    one = post.open(f"{emails}/{letter.id}").text
    found = post.open(f"{emails}?to={ann.name}").text.replace(f'value="{ann.name}"', "")
    assert "Somebody without an account" not in found
    for secret in (EMAIL, ann.name, link):
        assert secret not in listed + one + found
