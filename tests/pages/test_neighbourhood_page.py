"""What is known of a neighbourhood, on one page: each part for whoever may see it."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from npt.access.rules import Role
from npt.communities.actions import add_community
from npt.communities.rules import CommunityKind, Flag
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import PriorityReview, Unit
from npt.staffing.models import Contact, MemberPicture
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain, stop_the_clock

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)


@built_once
def place(session: Session) -> Unit:
    """Neighbourhood N1 of team T1 with a named contact, Cas Example, and a vulnerable community."""
    force = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=force, code="B"), code="A")
    team = make.team(session, under=area, code="T1")
    place = make.neighbourhood(session, under=team, code="N1", priority_class=2)
    make.contact(session, neighbourhood=place).member.name = "Cas Example"
    for role, unit in (
        (Role.INSPECTOR, area),
        (Role.SERGEANT, team),
        (Role.PCSO, team),
        (Role.HMIC, force),
        (Role.PARTNER, team),
        (Role.CALLTAKER, force),
    ):
        make.account(session, role=role, unit=unit, email=f"{role.value}@force.example", name=role.wording)
    session.flush()
    add_community(
        session,
        neighbourhood=place,
        name="Polish",
        kind=CommunityKind.ETHNIC,
        starts_on=make.START,
        flags=[Flag.VULNERABLE],
        reason="They do not call us.",
        stamp=Stamp(None, NOW),
        today=TODAY,
    )
    make.key_individual(session, unit=place, name="Kit Sample", quiet_since=date(2026, 1, 1))
    session.commit()
    return place


def _contact(session: Session) -> Contact:
    return session.scalars(select(Contact).options(joinedload(Contact.member))).one()


def photo_address(session: Session) -> str:
    """The form of the contact's photo; nothing of the database is held while it is asked for."""
    key = _contact(session).id
    session.rollback()
    return f"/units/N1/contacts/{key}/photo"


def read(app: Flask, who: str, address: str = "/units/N1") -> str:
    return plain(Visitor(app, f"{who}@force.example").open(address).text)


# Who answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [
        ("2026-11-16T07:00", "2026-11-16T17:00", "on duty until 17:00"),
        ("2026-11-16T14:00", "2026-11-16T22:00", "off duty, next on today 14:00"),
        ("2026-11-18T07:00", "2026-11-18T17:00", "off duty, next on Wed 18 Nov 07:00"),
        ("2026-12-18T07:00", "2026-12-18T17:00", "no shift in the next two weeks"),
    ],
)
def test_the_contact_is_on_duty_or_back_when(
    app: Flask, place: Unit, session: Session, starts: str, ends: str, told: str
) -> None:
    make.shift(session, member=_contact(session).member, starts=starts, ends=ends)
    session.commit()
    stop_the_clock(app, NOW)
    assert told in read(app, "sergeant")


def test_who_may_not_see_duty_is_not_told_when_the_contact_works(
    app: Flask, place: Unit, session: Session
) -> None:
    make.shift(session, member=_contact(session).member, starts="2026-11-16T07:00", ends="2026-11-16T17:00")
    session.commit()
    stop_the_clock(app, NOW)
    shown = read(app, "partner")
    assert "Cas Example" in shown
    assert "on duty" not in shown


def test_the_named_contact_has_their_neighbourhood_one_tap_from_the_start_page(
    app: Flask, place: Unit, session: Session
) -> None:
    team, member = session.get_one(Unit, place.parent_id), _contact(session).member
    make.account(session, role=Role.PCSO, unit=team, email="cas@force.example", member=member)
    session.commit()
    assert '<a href="/units/N1">My neighbourhood</a>' in Visitor(app, "cas@force.example").open("/").text
    assert '<a href="/units/T1">Our neighbourhoods</a>' in Visitor(app, "pcso@force.example").open("/").text


# Photos -----------------------------------------------------------------------------------------------------


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (900, 600), "navy").save(made, "PNG")
    return made.getvalue()


def send_photo(visitor: Visitor, address: str, content: bytes, name: str) -> TestResponse:
    """Send the form of the page that is open, with a file."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', visitor.page.text))
    boundary, body = encode_multipart({**hidden, "file": FileStorage(BytesIO(content), name)})
    return visitor.client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_sergeant_adds_a_photo_that_is_kept_small_and_square(
    app: Flask, place: Unit, session: Session
) -> None:
    sergeant, address = Visitor(app, "sergeant@force.example"), photo_address(session)
    sergeant.open(address)
    answer = send_photo(sergeant, address, picture(), "me.png")
    assert answer.status_code == 303
    shown = sergeant.open("/units/N1").text
    assert "Photo of Cas Example" in shown
    got = Visitor(app, "partner@force.example").open(f"{address}.jpg")
    assert got.mimetype == "image/jpeg"
    with Image.open(BytesIO(got.data)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (240, 240))


def test_what_is_no_picture_is_no_photo(app: Flask, place: Unit, session: Session) -> None:
    sergeant, address = Visitor(app, "sergeant@force.example"), photo_address(session)
    sergeant.open(address)
    answer = send_photo(sergeant, address, b"only words", "me.txt")
    assert answer.status_code == 422
    assert "choose a JPEG, PNG or WebP picture" in plain(answer.text)


def test_a_photo_is_removed(app: Flask, place: Unit, session: Session) -> None:
    sergeant, address = Visitor(app, "sergeant@force.example"), photo_address(session)
    sergeant.open(address)
    send_photo(sergeant, address, picture(), "me.png")
    sergeant.open(address)
    assert sergeant.fill(f"{address}/remove").status_code == 303
    assert session.scalars(select(MemberPicture)).all() == []
    assert sergeant.open(f"{address}.jpg").status_code == 404


# What each may see ------------------------------------------------------------------------------------------


def test_a_pcso_sees_the_patch_at_a_glance(app: Flask, place: Unit) -> None:
    shown = read(app, "pcso")
    for words in (
        "Polish vulnerable",
        "1 in the network",
        "1 not seen for 90 days",
        "Nobody speaks for 1 Polish",
    ):
        assert words in shown
    assert "Kit Sample" not in shown


@pytest.mark.parametrize("who", ["partner", "calltaker"])
def test_whoever_only_sees_units_is_shown_contact_and_map(app: Flask, place: Unit, who: str) -> None:
    shown = read(app, who)
    assert "Cas Example" in shown
    for words in ("Polish", "in the network", "Actions", "Documents", "Priority class", "contacts"):
        assert words not in shown


def test_the_page_of_a_team_is_the_sum_of_its_neighbourhoods(
    app: Flask, place: Unit, session: Session
) -> None:
    team = session.get_one(Unit, place.parent_id)
    other = make.neighbourhood(session, under=team, code="N2")
    make.key_individual(session, unit=other, name="Pat Sample")
    session.commit()
    shown = read(app, "pcso", "/units/T1")
    assert "2 in the network" in shown
    assert "Neighbourhood N1 N1" in shown
    assert "Neighbourhood N2 N2" in shown


def test_a_closed_neighbourhood_says_who_took_over(app: Flask, place: Unit, session: Session) -> None:
    team = session.get_one(Unit, place.parent_id)
    other = make.neighbourhood(session, under=team, code="N2")
    close_unit(session, place, on=date(2026, 11, 15), taken_over_by=[other])
    session.commit()
    shown = read(app, "pcso")
    assert "Closed on 15 November 2026" in shown
    assert "Taken over by Neighbourhood N2" in shown


def test_a_closed_neighbourhood_says_how_it_was_and_offers_nothing_to_record(
    app: Flask, place: Unit, session: Session
) -> None:
    offered = ("Add a key individual", "Record a contact", "Record a patrol", "Not heard")
    shown = read(app, "pcso")
    assert [words for words in (*offered, "1 in the network") if words not in shown] == []
    team = session.get_one(Unit, place.parent_id)
    other = make.neighbourhood(session, under=team, code="N2", opened_on=TODAY)
    close_unit(session, place, on=date(2026, 11, 15), taken_over_by=[other])
    session.commit()
    pcso = Visitor(app, "pcso@force.example")
    shown = plain(pcso.open("/units/N1").text)
    assert [words for words in offered if words in shown] == []
    assert "1 in the network on the last day" in shown


# Priority classes -------------------------------------------------------------------------------------------


def test_an_inspector_reviews_a_priority_class_which_is_no_longer_overdue(
    app: Flask, place: Unit, session: Session
) -> None:
    inspector = Visitor(app, "inspector@force.example")
    assert "Priority classes to review" in plain(inspector.open("/").text)
    due = "/units/A/priority-classes?show=due"
    assert "Neighbourhood N1" in plain(inspector.open(due).text)
    answer = inspector.send("/units/N1/priority-class", priority_class="1", reason="Calls doubled.")
    assert answer.status_code == 303
    (review,) = session.scalars(select(PriorityReview))
    assert (review.priority_class, review.reason, review.reviewed_on) == (1, "Calls doubled.", TODAY)
    session.refresh(place)
    assert place.priority_class == 1
    shown = plain(inspector.open("/units/N1").text)
    assert "Calls doubled." in shown
    assert "review overdue" not in shown
    assert "Priority classes to review" not in plain(inspector.open("/").text)
    assert "Neighbourhood N1" not in plain(inspector.open(due).text)


def test_a_sergeant_reads_reviews_and_makes_none(app: Flask, place: Unit) -> None:
    sergeant = Visitor(app, "sergeant@force.example")
    assert sergeant.open("/units/A/priority-classes").status_code == 403
    assert "Not reviewed yet" in plain(sergeant.open("/units/N1/priority-classes").text)
    assert sergeant.open("/units/N1/priority-class").status_code == 403
