"""The pages of communities, as people see and use them."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.communities.models import CommunityStatement, Population
from npt.communities.queries import communities_under
from npt.organisation.actions import close_unit
from npt.organisation.queries import unit_at
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

#: A community as somebody in the street types it.
POLISH = {"name": "Polish", "kind": "ethnic"}


@built_once
def patch(app: Flask, session: Session) -> Flask:
    """Neighbourhoods N1 and N2 of team T1 in area A1 of BCU C, with people of four roles."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="C")
    area = make.area(session, under=bcu, code="A1")
    team = make.team(session, under=area, code="T1")
    for code in ("N1", "N2"):
        make.neighbourhood(session, under=team, code=code)
    for role, unit in (
        (Role.PCSO, team),
        (Role.SERGEANT, team),
        (Role.INSPECTOR, area),
        (Role.MANAGER, bcu),
        (Role.HMIC, force),
        (Role.PARTNER, bcu),
    ):
        make.account(session, role=role, unit=unit, email=f"{role.value}@f.example", name=role.wording)
    session.commit()
    return app


@pytest.fixture
def sergeant(patch: Flask) -> Visitor:
    return Visitor(patch, "sergeant@f.example")


def key_of(session: Session, name: str) -> int:
    """The key of a community."""
    session.rollback()
    found = next(each.id for each in communities_under(session, None) if each.name == name)
    session.rollback()
    return found


def add(visitor: Visitor, code: str = "N1", **fields: str) -> None:
    answer = visitor.send(f"/units/{code}/communities/new", **{**POLISH, **fields})
    assert answer.status_code == 303, plain(answer.text)


def sign(visitor: Visitor, words: str, code: str = "N1") -> str:
    """Press the button of these words; what the page says then."""
    page = visitor.open(f"/units/{code}/communities").text
    forms = re.findall(r'<form class="npt-button-form".*?</form>', page, re.DOTALL)
    (form,) = [each for each in forms if words in each]
    address = re.search(r'action="([^"]+)"', form)
    assert address is not None
    hidden = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    answer = visitor.client.post(address[1], data=hidden)
    return plain(visitor.open(answer.location).text)


def test_a_pcso_adds_a_community_and_flags_it_and_the_page_says_who_and_why(patch: Flask) -> None:
    pcso = Visitor(patch, "pcso@f.example")
    add(pcso, flags="emerging", reason="Three new shops since spring", share="4.5", source="team")
    page = plain(pcso.open("/units/N1/communities").text)
    assert "Polish emerging ethnic or national 4.5% as at" in page
    assert "1 named, last said on" in page
    found = re.search(r'href="(/units/N1/communities/\d+)"', pcso.page.text)
    assert found is not None
    assert "Three new shops since spring it has not PCSO" in plain(pcso.open(found[1]).text)


def test_a_flag_without_a_reason_is_refused_beside_the_field(sergeant: Visitor) -> None:
    answer = sergeant.send("/units/N1/communities/new", **POLISH, flags="vulnerable")
    assert answer.status_code == 422
    assert "Say why it is flagged." in answer.text
    assert 'href="#reason"' in answer.text


def test_a_share_over_100_is_refused_where_it_was_typed(sergeant: Visitor) -> None:
    answer = sergeant.send("/units/N1/communities/new", **POLISH, share="104")
    assert answer.status_code == 422
    assert "The share must be from 0 to 100." in answer.text


def test_the_inspectors_list_says_what_is_missing_until_both_are_signed(
    patch: Flask, sergeant: Visitor
) -> None:
    inspector = Visitor(patch, "inspector@f.example")
    assert "0 of 2 neighbourhoods have said" in plain(inspector.open("/units/A1/communities/said").text)
    assert "Signed: no vulnerable communities." in sign(sergeant, "we have no vulnerable")
    assert "nobody has said since 1 April 2008" in plain(inspector.open("/units/A1/communities/said").text)
    sign(sergeant, "we have no emerging")
    page = plain(inspector.open("/units/A1/communities/said").text)
    assert "1 of 2 neighbourhoods have said" in page
    assert "Neighbourhood N1" not in page
    assert "Neighbourhood N1" in plain(inspector.open("/units/A1/communities/said?show=all").text)
    assert "No emerging communities Sergeant" in plain(inspector.open("/units/N1/communities/said").text)


def test_a_list_that_changed_meanwhile_is_not_signed(
    patch: Flask, sergeant: Visitor, session: Session
) -> None:
    page = sergeant.open("/units/N1/communities").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    add(Visitor(patch, "pcso@f.example"), flags="vulnerable", reason="Burgled three times")
    for seen in ("none", "", "1-x", "9" * 40):
        for what in ("none", "confirm"):
            answer = sergeant.client.post(
                f"/units/N1/communities/vulnerable/{what}", data={"csrf_token": token[1], "seen": seen}
            )
            assert answer.status_code == 303
    assert "nothing was signed: look at it again" in plain(sergeant.open("/units/N1/communities").text)
    assert session.query(CommunityStatement).count() == 0
    session.rollback()
    assert "these are our vulnerable communities." in sign(sergeant, "these are our vulnerable")


def test_there_is_no_list_of_a_flag_that_is_none(sergeant: Visitor) -> None:
    sergeant.open("/units/N1/communities")
    assert sergeant.fill("/units/N1/communities/dangerous/none").status_code == 404


def test_a_flag_is_ended_for_a_reason_and_then_none_may_be_signed(
    sergeant: Visitor, session: Session
) -> None:
    add(sergeant, flags="vulnerable", reason="Burgled three times")
    found = communities_under(session, None)
    flag = f"/units/N1/communities/flags/{found[0].flags[0].id}"
    session.rollback()
    assert sergeant.send(flag, reason="Burgled", ends_on="1 1 2020", end_reason="x").status_code == 422
    sergeant.open(flag)
    removed = sergeant.fill(f"{flag}/remove")
    assert removed.status_code == 303
    assert "Signed: no vulnerable" in sign(sergeant, "we have no vulnerable")
    assert sergeant.open(flag).status_code == 404


def test_two_people_who_correct_one_community_see_both_versions(
    patch: Flask, sergeant: Visitor, session: Session
) -> None:
    add(sergeant)
    correct = f"/units/N1/communities/{key_of(session, 'Polish')}/correct"
    sergeant.open(correct)
    pcso = Visitor(patch, "pcso@f.example")
    assert pcso.send(correct, **POLISH, languages="Polish, English").status_code == 303
    answer = sergeant.fill(correct, **POLISH, languages="Kashubian")
    assert answer.status_code == 409
    assert "Kashubian" in answer.text
    assert "Polish, English" in answer.text


def test_figures_are_typed_on_one_screen_and_parts_over_the_whole_refused(
    sergeant: Visitor, session: Session
) -> None:
    typed = {"as_at": "21 3 2021", "source": "census", "codes": "18+1", "people_a": "10", "people_a1": "11"}
    refused = sergeant.send("/units/N1/population/new", **typed)
    assert refused.status_code == 422
    assert "up to 11 people, more than the 10 of Asian or Asian British (A)" in plain(refused.text)
    assert 'value="11"' in refused.text
    groups = {f"people_{letter}": "20" for letter in "wmabo"}
    assert sergeant.send("/units/N1/population/new", **{**typed, **groups}).status_code == 303
    page = plain(sergeant.open("/units/T1/population").text)
    assert "100 people stated their ethnicity." in page
    assert "1 of 2 neighbourhoods are counted." in page
    assert "missing or not whole: Neighbourhood N2" in page
    record = f"/units/N1/population/{session.query(Population.id).scalar()}"
    session.rollback()
    sergeant.open(record)
    assert sergeant.fill(f"{record}/remove").status_code == 303
    assert "Population not known" in sergeant.open("/units/N1/population").text


def test_a_code_of_the_other_system_is_refused_with_its_name_here(sergeant: Visitor) -> None:
    answer = sergeant.send(
        "/units/N1/population/new", as_at="21 3 2021", source="census", codes="18+1", people_o1="3"
    )
    assert "O1 of 16+1 is A4 of 18+1" in plain(answer.text)


def test_a_specialist_contact_is_named_for_the_bcu_and_stands_beside_the_community(
    patch: Flask, sergeant: Visitor, session: Session
) -> None:
    manager = Visitor(patch, "manager@f.example")
    answer = manager.send(
        "/units/C/specialist-contacts/new",
        subject="Hate crime",
        name="Pat Sample",
        telephone="01234 0",
        calls="vulnerable",
        starts_on="1 4 2008",
    )
    assert answer.status_code == 303, plain(answer.text)
    add(sergeant, flags="vulnerable", reason="Threatened")
    assert "Hate crime : Pat Sample" in plain(sergeant.open("/units/N1/communities").text)
    assert "Who to ask" in sergeant.open(f"/units/N1/communities/{key_of(session, 'Polish')}").text
    assert sergeant.open("/units/C/specialist-contacts/new").status_code == 403


def test_a_cohesion_officer_of_the_bcu_names_specialist_contacts_there(
    patch: Flask, session: Session
) -> None:
    bcu = unit_at(session, "C")
    assert bcu is not None
    make.account(session, role=Role.COHESION, unit=bcu, email="cohesion@f.example")
    session.commit()
    cohesion = Visitor(patch, "cohesion@f.example")
    assert "/units/C/specialist-contacts/new" in cohesion.open("/units/C/specialist-contacts").text
    typed = {"subject": "Faith", "name": "Pat Sample", "telephone": "01234 0", "starts_on": "1 4 2008"}
    assert cohesion.send("/units/C/specialist-contacts/new", **typed).status_code == 303


def test_communities_of_a_closed_neighbourhood_are_carried_over_from_its_page(
    patch: Flask, sergeant: Visitor, session: Session
) -> None:
    for name in ("Polish", "Traders"):
        add(sergeant, name=name)
    first, second = (unit_at(session, code) for code in ("N1", "N2"))
    assert first is not None
    assert second is not None
    for each in communities_under(session, first.path):
        each.starts_on = make.START
    close_unit(session, first, on=date(2008, 6, 1), taken_over_by=[second])
    polish, traders = (each.id for each in communities_under(session, first.path))
    session.commit()
    assert "to carry over" in sergeant.open("/").text
    assert "2 communities of this closed neighbourhood" in plain(sergeant.open("/units/N1/communities").text)
    carry = "/units/N1/communities/carry-over"
    late = Visitor(patch, "pcso@f.example")
    late.open(carry)
    assert "Nothing is chosen" in sergeant.send(carry).text
    answer = sergeant.send(carry, **{f"community_{polish}": "N2", f"community_{traders}": "ended."})
    assert "1 community carried over, 1 closed." in plain(sergeant.open(answer.location).text)
    assert "Polish" in sergeant.open("/units/N2/communities").text
    assert late.fill(carry, **{f"community_{polish}": "N2"}).status_code == 409


def test_the_start_page_and_the_search_know_of_communities(sergeant: Visitor) -> None:
    assert "Vulnerable or emerging communities not said" in sergeant.open("/").text
    add(sergeant)
    assert "ethnic or national community, Neighbourhood N1" in plain(sergeant.open("/search?q=polish").text)


@pytest.mark.parametrize(
    ("role", "status"), [("hmic", 403), ("partner", 403), ("inspector", 200), ("manager", 200)]
)
def test_who_keeps_no_profiles_adds_no_community(patch: Flask, role: str, status: int) -> None:
    assert Visitor(patch, f"{role}@f.example").open("/units/N1/communities/new").status_code == status


def test_hostile_names_stand_as_text(sergeant: Visitor) -> None:
    add(sergeant, name="<script>alert(1)</script>", languages="=1+1")
    page = sergeant.open("/units/N1/communities")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "'=1+1" in sergeant.open("/units/N1/communities?format=csv").text
