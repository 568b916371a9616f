"""Finding a team, the map of a unit, and the public address of a point, as people and programs meet them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.organisation.queries import unit_at
from npt.places.actions import add_street
from npt.places.models import Postcode
from npt.places.rules import UNIT
from npt.settings import Settings, WrongSetting
from npt.webkit.headers import policy
from tests import make
from tests.visiting import Visitor, plain

HERE = "52.005,-0.495"


@pytest.fixture
def sergeant(app: Flask, session: Session) -> Visitor:
    """Of BEDS, where the neighbourhoods N1 and N2 of team T lie side by side; N3 has no boundary."""
    force = make.force(session, code="BEDS")
    area = make.area(session, under=make.bcu(session, under=force, code="C"), code="C1")
    team = make.team(session, under=area, code="T")
    for number, code in enumerate(("N1", "N2", "N3")):
        unit = make.neighbourhood(session, under=team, code=code)
        if code != "N3":
            make.boundary(session, unit=unit, west=-0.5 + number * 0.01)
    lat, lng = round(52.005 * UNIT), round(-0.485 * UNIT)
    session.add(Postcode(postcode="LU91AA", lat=lat, lng=lng))
    session.add(Postcode(postcode="LU91AB", lat=lat, lng=lng, terminated_on=date(2019, 4, 1)))
    for number in range(25):
        west = Decimal("-0.495") + number % 2 * Decimal("0.01")
        name = f"Mill Lane {number // 2}"
        add_street(session, name=name, lat=Decimal("52.005"), lng=west, neighbourhood=None)
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    session.commit()
    return Visitor(app, "sergeant@force.example")


def named(session: Session, code: str) -> Unit:
    unit = unit_at(session, code)
    assert unit is not None
    return unit


# Finding ----------------------------------------------------------------------------------------------------


def test_anybody_finds_the_team_of_a_postcode_and_no_link_to_what_is_not_theirs(
    app: Flask, sergeant: Visitor
) -> None:
    page = app.test_client().get("/find?q=lu91aa").text
    assert "LU9 1AA" in page
    assert "Team Team T Neighbourhood Neighbourhood N2" in plain(page)
    assert "/units/" not in page


def test_who_may_open_the_units_has_links_to_them(sergeant: Visitor) -> None:
    page = sergeant.open("/find?q=LU9 1AA").text
    assert 'href="/units/T"' in page
    assert 'href="/units/N2"' in page


def test_an_ended_postcode_says_so_and_where_it_was(sergeant: Visitor) -> None:
    page = plain(sergeant.open("/find?q=LU9 1AB").text)
    assert "no longer in use since 1 April 2019" in page
    assert "Neighbourhood N2" in page


def test_part_of_a_postcode_is_told_that_the_whole_is_needed(sergeant: Visitor) -> None:
    assert "type the whole of it, like LU1 2AB" in plain(sergeant.open("/find?q=LU9 1").text)


def test_several_streets_are_listed_and_more_are_counted(sergeant: Visitor) -> None:
    page = plain(sergeant.open("/find?q=mill lane").text)
    assert page.count("Mill Lane") > 19
    assert "And 5 more" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("nothing of the kind", "Nothing is called"),
        ("LU9 9ZZ", "is not known here"),
        ("53.5,-0.4", "No neighbourhood team covers"),
        ("BEDS", "Nothing is called"),
    ],
)
def test_nothing_found_says_what_to_try(sergeant: Visitor, typed: str, told: str) -> None:
    page = plain(sergeant.open(f"/find?q={typed}").text)
    assert told in page
    assert re.search("[Tt]ry", page)


def test_a_point_off_the_globe_is_told_beside_the_field(sergeant: Visitor) -> None:
    answer = sergeant.open("/find?q=91,0")
    assert answer.status_code == 422
    assert "A latitude is from -90 to 90" in answer.text


def test_a_bcu_says_that_it_has_several_teams(sergeant: Visitor) -> None:
    assert "which has several teams" in sergeant.open("/find?q=Basic command unit C").text


def test_streets_and_postcodes_are_found_by_the_search_of_every_page(sergeant: Visitor) -> None:
    page = sergeant.open("/search?q=mill lane 3").text
    assert "Streets and postcodes" in page
    assert 'href="/units/N1"' in page
    assert "LU9 1AA" in sergeant.open("/search?q=lu91aa").text


# Programs ---------------------------------------------------------------------------------------------------


def test_a_program_locates_a_neighbourhood_as_at_police_uk(app: Flask, sergeant: Visitor) -> None:
    answer = app.test_client().get(f"/api/locate-neighbourhood?q={HERE}")
    assert answer.get_json() == {"force": "beds", "neighbourhood": "N1"}
    assert answer.content_type == "application/json"


@pytest.mark.parametrize(
    ("asked", "status"),
    [("?q=53.5,-0.4", 404), ("?q=0,0", 404), ("", 400), ("?q=", 400), ("?q=here", 400), ("?q=91,0", 400),
     ("?q=52.005", 400), ("?q=1,2,3", 400), ("?q=%00", 400), ("?q=NaN,NaN", 400), ("?q=" + "9" * 5000, 400),
     ("?q=1e400,0", 400), ("?q=%ff", 400), ("?latitude=52&longitude=0", 400)],
)  # fmt: skip
def test_a_strange_question_is_answered_plainly(
    app: Flask, sergeant: Visitor, asked: str, status: int
) -> None:
    assert app.test_client().get(f"/api/locate-neighbourhood{asked}").status_code == status


# The map ----------------------------------------------------------------------------------------------------


def test_the_map_of_a_team_draws_its_neighbourhoods_and_names_them_beside(sergeant: Visitor) -> None:
    page = sergeant.open("/units/T/map").text
    assert page.count("<path ") == 2
    assert re.search(r'<svg[^>]*role="img"[^>]*>\s*<title', page)
    words = plain(page)
    assert "Neighbourhood N1 1 N1 known" in words
    assert "Neighbourhood N3 not drawn N3 none" in words
    assert "1 neighbourhood here has no boundary on this day" in words


def test_the_map_of_a_wider_unit_draws_what_is_chosen(
    sergeant: Visitor, session: Session, app: Flask
) -> None:
    make.account(session, role=Role.BOARD, unit=named(session, "BEDS"), email="board@force.example")
    session.commit()
    board = Visitor(app, "board@force.example")
    assert board.open("/units/BEDS/map").text.count("<path ") == 1  # one area
    assert board.open("/units/BEDS/map?by=neighbourhood").text.count("<path ") == 2
    assert board.open("/units/BEDS/map?by=nonsense").status_code == 422


def test_the_map_of_a_day_before_a_merge_is_that_of_the_units_of_that_day(
    sergeant: Visitor, session: Session
) -> None:
    team = named(session, "T")
    both = make.neighbourhood(session, under=team, code="N12", opened_on=date(2026, 11, 14))
    for code in ("N1", "N2"):
        close_unit(session, named(session, code), on=date(2026, 11, 13), taken_over_by=[both])
    session.commit()
    assert sergeant.open("/units/T/map?as-at=2026-11-13").text.count("<path ") == 2
    after = sergeant.open("/units/T/map?as-at=2026-11-14").text
    assert after.count("<path ") == 1
    assert "Neighbourhood N12 1 N12 known" in plain(after)


def test_a_unit_without_any_boundary_says_what_will_be_there(sergeant: Visitor) -> None:
    page = sergeant.open("/units/N3/map").text
    assert "No boundary is known here on this day" in page
    assert "dist/map.js" not in page


def test_a_unit_of_which_only_the_whole_is_known_is_drawn_as_a_whole(app: Flask, session: Session) -> None:
    alone = make.team(session, code="ALONE")
    make.boundary(session, unit=alone)
    make.account(session, role=Role.OFFICER, unit=alone, email="alone@force.example")
    session.commit()
    page = Visitor(app, "alone@force.example").open("/units/ALONE/map").text
    assert page.count("<path ") == 1


def test_a_unit_leads_to_its_map(sergeant: Visitor) -> None:
    assert "/units/T/map" in sergeant.open("/units/T").text
    assert "/units/T/map" in sergeant.open("/neighbourhoods").text


# Tiles ------------------------------------------------------------------------------------------------------


def tiles_of(monkeypatch: pytest.MonkeyPatch, text: str) -> Settings:
    monkeypatch.setenv("NPT_SECRET_KEY", "a-key-for-tests-which-protects-nothing-at-all")
    monkeypatch.setenv("NPT_TILES", text)
    return Settings.from_environment()


def test_a_tile_server_opens_the_policy_for_its_pictures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    named = tiles_of(monkeypatch, "https://tiles.example.org:8443/osm/{z}/{x}/{y}.png © Mapmakers").tiles
    assert named is not None
    assert (named.address, named.credit) == (
        "https://tiles.example.org:8443/osm/{z}/{x}/{y}.png",
        "© Mapmakers",
    )
    added = set(policy(named).split("; ")) - set(policy(None).split("; "))
    assert added == {"img-src 'self' https://tiles.example.org:8443"}


@pytest.mark.parametrize(
    "text",
    ["tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/", "https://a b/{z}/{x}/{y}",
     "https://u:p@tiles.example.org/{z}/{x}/{y}", "https://tiles;script-src *//{z}/{x}/{y}",
     "javascript:alert(1)/{z}/{x}/{y}"],
)  # fmt: skip
def test_a_tile_server_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with pytest.raises(WrongSetting, match="NPT_TILES"):
        tiles_of(monkeypatch, text)
