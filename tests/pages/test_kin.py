"""The pages of key individuals: who sees whom, and what is done there."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.kin.models import Encounter, KeyIndividual
from npt.kin.rules import Stage
from npt.organisation.models import Unit
from npt.people.models import Grant, Holder
from npt.staffing.rules import ContactKind
from tests import make
from tests.records.kin_desk import community, meet
from tests.visiting import Visitor, plain

#: What the form to record somebody has filled in by itself.
SINCE = {"basis": "public-task", "basis_on": "16 11 2026"}
SERGEANT, MANAGER, ANALYST = "sergeant@force.example", "manager@force.example", "analyst@force.example"


@pytest.fixture
def today() -> date:
    """A Monday."""
    return date(2026, 11, 16)


@pytest.fixture
def place(session: Session) -> Unit:
    """N1 of team T1, with a Polish community; a sergeant, a BCU's manager and an analyst."""
    session.expire_on_commit = False
    bcu = make.bcu(session, code="C")
    team = make.team(session, under=make.area(session, under=bcu), code="T1")
    made = make.neighbourhood(session, under=team, code="N1")
    community(session, made, starts_on=make.START)
    make.account(session, role=Role.SERGEANT, unit=team, email=SERGEANT)
    make.account(session, role=Role.MANAGER, unit=bcu, email=MANAGER)
    make.account(session, role=Role.ANALYST, unit=bcu, email=ANALYST)
    session.commit()
    return made


def known(session: Session, place: Unit, name: str = "Ann Example", **facts: object) -> KeyIndividual:
    made = make.key_individual(
        session,
        unit=place,
        name=name,
        **{"consents": [], "communities": [], **facts},  # type: ignore[arg-type]  # its columns
    )
    session.commit()
    return made


def only(session: Session) -> KeyIndividual:
    session.rollback()
    asked = select(KeyIndividual).execution_options(populate_existing=True)
    found = session.scalars(asked).one()
    session.commit()  # an open reader would be in the way
    return found


# Who sees names ---------------------------------------------------------------------------------------------


def test_a_deputy_sees_names_by_a_role_at_the_neighbourhood_and_not_by_being_named(
    app: Flask, session: Session, place: Unit
) -> None:
    record = known(session, place)
    deputy = make.contact(session, neighbourhood=place, kind=ContactKind.DEPUTY).member
    beside = make.neighbourhood(session, under=session.get_one(Unit, place.parent_id), code="N2")
    other = known(session, beside, name="Ben Beside")
    account = make.account(
        session, role=Role.PCSO, unit=make.team(session, code="T9"), email="d@force.example"
    )
    session.add(Holder(account_id=account.id, member_id=deputy.id))
    session.commit()
    visitor = Visitor(app, "d@force.example")
    assert visitor.open(f"/units/N1/kin/{record.id}").status_code == 403
    session.add(Grant(account_id=account.id, unit_id=place.id, role=Role.PCSO))
    session.commit()
    assert "Ann Example" in visitor.open(f"/units/N1/kin/{record.id}").text
    assert visitor.open(f"/units/N2/kin/{other.id}").status_code == 403


# Recorded ---------------------------------------------------------------------------------------------------


def test_somebody_is_recorded_by_name_and_sector_and_opened(
    app: Flask, session: Session, place: Unit
) -> None:
    visitor = Visitor(app, SERGEANT)
    answer = visitor.send("/units/N1/kin/new", name="Ann Example", sector="faith", **SINCE)
    made = only(session)
    assert answer.location == f"/units/N1/kin/{made.id}"
    assert (made.stage, made.basis_on) == (Stage.PROPOSED, date(2026, 11, 16))
    shown = plain(visitor.open(answer.location).text)
    assert "Ann Example is recorded." in shown
    assert visitor.fill(f"{answer.location}/keep").status_code == 303
    assert only(session).stage is Stage.ACTIVE


def test_at_a_team_the_neighbourhood_is_chosen(app: Flask, session: Session, place: Unit) -> None:
    fields = {"name": "Ann", "sector": "youth", "is_active": "yes", **SINCE}
    visitor = Visitor(app, SERGEANT)
    assert "Choose the neighbourhood." in visitor.send("/units/T1/kin/new", **fields).text
    visitor.send("/units/T1/kin/new", **fields, neighbourhood="N1")
    assert only(session).unit_id == place.id


def test_a_number_that_is_none_and_a_consent_without_a_day_are_told_beside_their_fields(
    app: Flask, session: Session, place: Unit
) -> None:
    fields = {"name": "Ann", "sector": "youth", "phone": "ask in the shop"}
    answer = Visitor(app, SERGEANT).send("/units/N1/kin/new", **fields, **SINCE)
    assert "is no telephone number" in answer.text
    fields |= {"phone": "", "basis": "consent"}
    answer = Visitor(app, SERGEANT).send("/units/N1/kin/new", **fields)
    assert "Enter the day on which they agreed" in answer.text
    assert session.scalars(select(KeyIndividual)).all() == []


def test_somebody_who_is_recorded_is_only_recorded_again_as_another_person(
    app: Flask, session: Session, place: Unit
) -> None:
    known(session, place, phone="+441632960123")
    visitor = Visitor(app, SERGEANT)
    fields = {"name": "Ben", "sector": "faith", "phone": "01632 960123", **SINCE}
    asked = visitor.send("/units/N1/kin/new", **fields)
    assert "Ann Example is recorded here already with the same phone number" in asked.text
    assert 'name="may_be_twice"' in asked.text
    assert visitor.send("/units/N1/kin/new", **fields, may_be_twice="yes").status_code == 303


def test_what_is_typed_with_marks_is_shown_as_it_is(app: Flask, session: Session, place: Unit) -> None:
    visitor = Visitor(app, SERGEANT)
    name = "<script>alert(1)</script> O’Brien"
    answer = visitor.send("/units/N1/kin/new", name=name, sector="faith", **SINCE)
    assert "<script>alert" not in visitor.open(answer.location).text
    assert name in plain(visitor.open("/units/N1/kin").text.replace("&lt;", "‹")).replace("‹", "<")


# Seen -------------------------------------------------------------------------------------------------------


def test_whoever_keeps_no_records_sees_for_whom_somebody_can_speak(
    app: Flask, session: Session, place: Unit
) -> None:
    known(session, place, organisation="Corner Shop", phone="+441632960123", email="ann@shop.example")
    analyst = Visitor(app, ANALYST)
    shown = analyst.open("/units/C/kin").text
    assert "Somebody who can speak for" in shown
    assert "Faith" in shown
    assert [each for each in ("Ann", "Corner", "960123", "ann@") if each in shown] == []
    assert analyst.open("/units/C/kin?format=csv").status_code == 404
    assert analyst.open("/units/C/kin?sort=name").status_code == 404


def test_only_who_may_take_key_individuals_out_has_them_as_a_file(
    app: Flask, session: Session, place: Unit
) -> None:
    known(session, place, phone="+441632960123")
    assert Visitor(app, SERGEANT).open("/units/T1/kin?format=csv").status_code == 404
    answer = Visitor(app, MANAGER).open("/units/T1/kin?format=csv")
    (row,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
    assert (row["name"], row["phone"], row["neighbourhood"]) == ("Ann Example", "01632 960123", "N1")


def test_who_was_not_seen_for_longest_comes_first_and_waits_on_the_start_page(
    app: Flask, session: Session, place: Unit, today: date
) -> None:
    old = today - timedelta(days=300)
    seen = known(session, place, "Ann", recorded_on=old)
    known(session, place, "Ben", recorded_on=old)
    meet(session, seen, 5)
    session.commit()
    visitor = Visitor(app, SERGEANT)
    names = re.findall(r"<bdi>(Ann|Ben)</bdi>", visitor.open("/units/T1/kin").text)
    assert names == ["Ben", "Ann"]
    assert re.findall(r"<bdi>(Ann|Ben)</bdi>", visitor.open("/units/T1/kin?show=not-seen").text) == ["Ben"]
    assert "Key individuals not seen" in visitor.open("/").text


def test_the_page_of_somebody_tells_what_they_said_and_were_told(
    app: Flask, session: Session, place: Unit
) -> None:
    made = known(session, place)
    meet(session, made, 3, said="Bins burn.", told="The council knows.", record="C-7")
    session.commit()
    shown = plain(Visitor(app, SERGEANT).open(f"/units/N1/kin/{made.id}").text)
    for each in ("13 November 2026", "Visit", "C-7", "Bins burn.", "The council knows.", "3 days ago"):
        assert each in shown


def test_people_are_found_by_name_by_whoever_keeps_their_records(
    app: Flask, session: Session, place: Unit
) -> None:
    made = known(session, place, "Zoë O’Brien", organisation="Bakery")
    address = f"/units/N1/kin/{made.id}"
    for sought in ("obrien", "zoe", "bakery"):
        assert address in Visitor(app, SERGEANT).open(f"/search?q={sought}").text
    assert address not in Visitor(app, ANALYST).open("/search?q=obrien").text


# Merged, ended ----------------------------------------------------------------------------------------------


def test_two_records_are_merged_once_both_were_seen(app: Flask, session: Session, place: Unit) -> None:
    one, other = known(session, place), known(session, place, phone="+441632960123")
    meet(session, other, 3)
    session.commit()
    visitor = Visitor(app, SERGEANT)
    page = f"/units/N1/kin/{one.id}"
    assert f"{page}/merge/{other.id}" in visitor.open(page).text
    answer = visitor.send(f"{page}/merge/{other.id}")
    assert answer.location == page
    session.rollback()
    assert session.scalars(select(Encounter.individual_id)).all() == [one.id]
    session.commit()
    assert visitor.open(f"/units/N1/kin/{other.id}").status_code == 200
    assert visitor.open(f"{page}/merge/{other.id}").status_code in (200, 422)


def test_somebody_leaves_with_a_reason(app: Flask, session: Session, place: Unit) -> None:
    made = known(session, place)
    visitor = Visitor(app, SERGEANT)
    page = f"/units/N1/kin/{made.id}"
    assert "Choose why." in visitor.send(f"{page}/leave").text
    visitor.send(f"{page}/leave", left_because="moved", left_on="16 11 2026")
    shown = plain(visitor.open(page).text)
    assert "they moved away" in shown
    assert "Record that they have left" not in shown
    visitor.fill(f"{page}/keep")
    assert "Ann Example is in the network." in plain(visitor.open(page).text)


def test_consent_is_recorded_topic_by_topic(app: Flask, session: Session, place: Unit) -> None:
    made = known(session, place)
    visitor = Visitor(app, SERGEANT)
    visitor.send(f"/units/N1/kin/{made.id}/consent", topics="news", said_on="15 11 2026")
    shown = plain(visitor.open(f"/units/N1/kin/{made.id}").text)
    assert "News from the neighbourhood team yes 15 November 2026" in shown


# Represented ------------------------------------------------------------------------------------------------


def test_communities_for_which_nobody_can_speak_come_first(app: Flask, session: Session, place: Unit) -> None:
    known(session, place)
    shown = plain(Visitor(app, ANALYST).open("/units/T1/kin/mix").text)
    assert "Nobody in the network can speak for: Polish" in shown
    assert shown.index("Who we have not heard") < shown.index("Ethnic groups")
    assert "Ann" not in shown


def test_a_past_quarter_is_as_at_its_last_day(app: Flask, session: Session, place: Unit) -> None:
    known(session, place, recorded_on=date(2026, 10, 1))
    visitor = Visitor(app, SERGEANT)
    assert "0 people are in the network" in plain(visitor.open("/units/N1/kin/mix?quarter=2026-Q3").text)
    assert "1 person is in the network" in plain(visitor.open("/units/N1/kin/mix").text)


# Heard ------------------------------------------------------------------------------------------------------


def test_a_contact_with_somebody_is_recorded_from_their_page_and_opened_from_it(
    app: Flask, session: Session, place: Unit
) -> None:
    make.neighbourhood(session, under=session.scalars(select(Unit).where(Unit.code == "T1")).one(), code="N0")
    ann = known(session, place)
    known(session, place, "Ben Sample")
    visitor = Visitor(app, SERGEANT)
    here = f"/units/N1/kin/{ann.id}"
    way = re.search(r'href="([^"]+)">Record a contact<', visitor.open(here).text)
    assert way is not None
    form = visitor.open(way[1]).text
    assert f'<option value="{ann.id}" selected' in form
    assert '<option value="N1" selected' in form
    visitor.send(way[1], neighbourhood="N0", individual=str(ann.id), words="Bins", reference="one")
    assert 'href="/units/N0/community-contacts/one"' in visitor.open(here).text


def test_a_record_that_is_no_contact_is_no_link(app: Flask, session: Session, place: Unit) -> None:
    ann = known(session, place)
    meet(session, ann, 1, record="m-1")
    session.commit()
    page = Visitor(app, SERGEANT).open(f"/units/N1/kin/{ann.id}").text
    assert "m-1" in page
    assert "/community-contacts/m-1" not in page


def test_who_is_represented_and_who_is_not_heard_lead_to_each_other(app: Flask, place: Unit) -> None:
    visitor = Visitor(app, SERGEANT)
    assert 'href="/units/N1/not-heard"' in visitor.open("/units/N1/kin/mix").text
    assert 'href="/units/N1/kin/mix"' in visitor.open("/units/N1/not-heard").text
