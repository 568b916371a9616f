"""The pages of incidents and profiles, as people see and use them."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.categories.models import Category
from npt.incidents.actions import IncidentRecording, WantedIncident
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.actions import close_unit
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.profiles.actions import write_part
from npt.profiles.rules import Part
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HOSTILE = "</p><script>alert(1)</script> Mill Lane"


@pytest.fixture
def today() -> date:
    return NOW.date()


@built_once
def patch(app: Flask, session: Session) -> Flask:
    """Neighbourhoods N1 (with a boundary) and N2 of team T1 in force F, and what was reported there."""
    force = make.force(session, code="F")
    bcu = make.bcu(session, under=force, code="C")
    team = make.team(session, under=make.area(session, under=bcu, code="A1"), code="T1")
    units = [make.neighbourhood(session, under=team, code=code) for code in ("N1", "N2")]
    make.boundary(session, unit=units[0], south=52.0, west=-0.5)
    make.member(session, number="77", name="Olu Owner", role=PolicingRole.PCSO, team=team)
    for role, unit in ((Role.PCSO, team), (Role.SERGEANT, team), (Role.HMIC, force), (Role.BOARD, force)):
        make.account(session, role=role, unit=unit, email=f"{role.value}@f.example", name=role.wording)
    report(session, units)
    session.commit()
    return app


def report(session: Session, units: list[Unit]) -> None:
    """Incidents from July 2025 on: 12 in autumn 2025 and 2 a year later; four at one point in 90 days."""
    asb = session.scalars(select(Category).where(Category.code == "asb")).one()
    middle = 520_050_000, -4_950_000
    days = [date(2025, 7, 2), *[date(2025, 9, 1) + timedelta(days=4 * n) for n in range(12)]]
    days += [date(2026, 9, 3), date(2026, 10, 30)]
    wanted = [WantedIncident(1, f"R{n}", _at(day), asb, *middle, None, None) for n, day in enumerate(days)]
    wanted += [
        WantedIncident(1, f"P{n}", _at(date(2026, 11, 2 + n)), asb, *middle, None, HOSTILE) for n in range(2)
    ]
    wanted.append(WantedIncident(1, "N2-1", _at(date(2026, 11, 5)), asb, None, None, units[1], "Mill Lane"))

    def tell(_place: int, refusal: Refusal) -> None:
        raise refusal

    IncidentRecording(session, NOW).take(wanted, tell)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)


@pytest.fixture
def sergeant(patch: Flask) -> Visitor:
    return Visitor(patch, "sergeant@f.example")


# Incidents --------------------------------------------------------------------------------------------------


def test_the_change_is_said_in_words_with_its_months_and_counts(sergeant: Visitor) -> None:
    page = plain(sergeant.open("/units/N1/incidents").text)
    assert (
        "August to October 2026: 2 incidents, against 12 in August to October 2025: down 83%, more than"
        " chance explains."
    ) in page
    assert "2 lines are tested. If nothing had changed, about 0.1 would still come out as changed" in page


def test_a_number_opens_the_incidents_behind_it(sergeant: Visitor) -> None:
    page = sergeant.open("/units/N1/incidents").text
    found = re.search(r'href="(/units/N1/incidents/list\?period=2026-10&amp;category=asb)">1<', page)
    assert found is not None
    listed = sergeant.open(found[1].replace("&amp;", "&")).text
    assert re.findall(r"<bdi>(\w+)</bdi></th>", listed) == ["R14"]


def test_what_is_not_known_yet_is_said_and_is_not_0(sergeant: Visitor) -> None:
    page = plain(sergeant.open("/units/N1/incidents").text)
    assert "Incidents are known from 2 July 2025 to 6 November 2026." not in page
    assert "Incidents are known from 2 July 2025 to 5 November 2026." in page
    table = sergeant.open("/units/N1/incidents?format=csv")
    assert table.status_code == 200
    rows = list(csv.DictReader(io.StringIO(table.get_data(as_text=True).lstrip("\ufeff"))))
    assert (rows[0]["2026-10"], rows[0]["2026-08"]) == ("1", "0")


def test_repeat_locations_stand_in_a_list_and_on_a_map(sergeant: Visitor) -> None:
    page = sergeant.open("/units/T1/incidents/repeats").text
    assert "3 or more incidents in 90 days" in plain(page)
    assert page.count("npt-map__pin") == 1
    assert "<script>alert" not in page
    found = re.search(r'href="(/units/T1/incidents/list\?period=lately&amp;spot=[^"]+)"', page)
    assert found is not None
    listed = sergeant.open(found[1].replace("&amp;", "&")).text
    assert sorted(re.findall(r"<bdi>(\w+)</bdi></th>", listed)) == ["P0", "P1", "R13", "R14"]


@pytest.mark.parametrize("typed", ["R0", "r0", "%20R0%20"])
def test_a_search_finds_an_old_incident_by_its_reference(sergeant: Visitor, typed: str) -> None:
    page = sergeant.open(f"/search?q={typed}").text
    found = re.search(r'href="(/units/N1/incidents/list\?ref=R0)"><bdi>R0</bdi>', page)
    assert found is not None
    listed = sergeant.open(found[1]).text
    assert re.findall(r"<bdi>(\w+)</bdi></th>", listed) == ["R0"]
    assert "Only incident R0." in plain(listed)


def test_a_search_finds_no_incident_by_a_part_of_its_reference_nor_one_elsewhere(
    patch: Flask, session: Session, sergeant: Visitor
) -> None:
    assert "Nothing found" in sergeant.open("/search?q=R").text
    area = session.scalars(select(Unit).where(Unit.code == "A1")).one()
    make.account(
        session, role=Role.SERGEANT, unit=make.team(session, under=area, code="T2"), email="beside@f.example"
    )
    session.commit()
    assert "Nothing found" in Visitor(patch, "beside@f.example").open("/search?q=R0").text


@pytest.mark.parametrize("spot", ["@", "@1", "@x y", "@1 2 3", "@" + "9" * 150 + " 1", "%00", "mill lane"])
def test_a_location_that_is_none_lists_nothing_or_its_own(sergeant: Visitor, spot: str) -> None:
    assert sergeant.open(f"/units/N1/incidents/list?spot={spot}").status_code in (200, 422)


def test_the_board_changes_what_counts_as_a_repeat_for_the_whole_force(
    patch: Flask, sergeant: Visitor
) -> None:
    board = Visitor(patch, "board@f.example")
    refused = board.send("/units/F/incidents/repeats/rule", incidents="1", days="90")
    assert (refused.status_code, "must be from 2 to 100" in refused.text) == (422, True)
    assert board.send("/units/F/incidents/repeats/rule", incidents="5", days="90").status_code == 303
    assert "No location repeats" in plain(sergeant.open("/units/T1/incidents/repeats").text)
    assert board.open("/units/C/incidents/repeats/rule").status_code == 404
    assert sergeant.open("/units/F/incidents/repeats/rule").status_code == 403


# Profiles ---------------------------------------------------------------------------------------------------


def write(visitor: Visitor, words: str, part: str = "about") -> None:
    answer = visitor.send(f"/units/N1/profile/{part}/write", words=words)
    assert answer.status_code == 303, plain(answer.text)


def test_a_pcso_writes_a_part_and_everybody_reads_it_with_who_wrote_it(patch: Flask) -> None:
    pcso = Visitor(patch, "pcso@f.example")
    assert "Nobody has written it yet" in plain(pcso.open("/units/N1/profile").text)
    write(pcso, f"One school.\n\nTwo shops. {HOSTILE}")
    reader = Visitor(patch, "hmic@f.example")
    page = reader.open("/units/N1/profile").text
    assert "One school.\n\nTwo shops." in page
    assert "<script>alert" not in page
    assert "PCSO, 16 November 2026" in plain(page)
    assert "profile/about/write" not in page
    assert reader.open("/units/N1/profile/about/write").status_code == 403


def test_two_versions_are_compared_and_the_old_one_is_restored(sergeant: Visitor) -> None:
    write(sergeant, "One school.")
    write(sergeant, "Two schools.")
    page = sergeant.open("/units/N1/profile/about?version=1&with=2").text
    assert re.findall(r"(removed|added): </span>(\w+)", page) == [
        ("removed", "Two"),
        ("added", "One"),
        ("removed", "schools"),
        ("added", "school"),
    ]
    sergeant.open("/units/N1/profile/about?version=1")
    answer = sergeant.fill("/units/N1/profile/about/1/restore")
    assert "version 1 is put back" in plain(sergeant.open(answer.location).text)
    assert "One school." in plain(sergeant.open("/units/N1/profile").text)
    again = sergeant.fill("/units/N1/profile/about/1/restore", version="1")
    assert "Somebody else changed this after you opened it" in plain(sergeant.open(again.location).text)


@pytest.mark.parametrize("asked", ["version=0", "version=99&with=98", "with=99"])
def test_versions_that_are_none_show_no_words(sergeant: Visitor, asked: str) -> None:
    write(sergeant, "One school.")
    assert sergeant.open(f"/units/N1/profile/about?{asked}").status_code == 200
    assert sergeant.open("/units/N1/profile/about?version=x").status_code == 404
    assert sergeant.open("/units/N1/profile/nothing").status_code == 404


def test_who_saves_an_old_page_sees_both_versions(patch: Flask, sergeant: Visitor) -> None:
    sergeant.open("/units/N1/profile/about/write")
    write(Visitor(patch, "pcso@f.example"), "Two schools.")
    answer = sergeant.fill("/units/N1/profile/about/write", words="One school.")
    assert answer.status_code == 409
    assert "One school." in answer.text
    assert "Two schools." in answer.text


def test_owner_and_review_date_are_kept_and_the_profile_is_signed(sergeant: Visitor) -> None:
    write(sergeant, "One school.")
    answer = sergeant.send("/units/N1/profile/keeping", number="77", review_due_on="1 12 2026")
    assert answer.status_code == 303, plain(answer.text)
    page = plain(sergeant.open("/units/N1/profile").text)
    assert "Review by 1 December 2026" in page
    assert "Owner: Olu Owner . Last signed: never." in page
    answer = sergeant.fill("/units/N1/profile/sign")
    assert "review it again by 16 November 2027" in plain(sergeant.open(answer.location).text)
    late = sergeant.send("/units/N1/profile/keeping", number="77", review_due_on="17 11 2027")
    assert (late.status_code, "within 12 months" in late.text) == (422, True)


def test_the_page_of_a_neighbourhood_says_when_its_profile_was_signed_and_whose_it_is(
    sergeant: Visitor,
) -> None:
    sergeant.send("/units/N1/profile/about/write", words="One school.")
    assert "Never signed as right. Nobody owns it." in plain(sergeant.open("/units/N1").text)
    sergeant.open("/units/N1/profile")
    sergeant.fill("/units/N1/profile/sign")
    assert "Signed as right on 16 November 2026. Nobody owns it." in plain(sergeant.open("/units/N1").text)


def test_the_sergeants_start_page_tells_of_profiles_that_are_overdue(sergeant: Visitor) -> None:
    page = sergeant.open("/").text
    assert "Profiles overdue" in plain(page)
    assert "Neighbourhood N1: nobody has written it yet." in plain(page)
    listed = plain(sergeant.open("/units/T1/profiles?show=overdue").text)
    assert "2 of 2 neighbourhoods have no profile, or one whose review is overdue." in listed
    write(sergeant, "One school.")
    listed = plain(sergeant.open("/units/T1/profiles?show=overdue").text)
    assert "1 of 2 neighbourhoods has no profile" in listed
    assert "Neighbourhood N1" not in listed


def test_the_profile_of_a_team_is_the_sum_of_its_neighbourhoods(sergeant: Visitor) -> None:
    write(sergeant, "One school.")
    page = plain(sergeant.open("/units/T1/profile").text)
    assert "One school." in page
    assert "1 of 2 profiles overdue or not written" in page
    assert "17 incidents" not in page
    assert "No clear change" not in page
    assert "August to October 2026: 2 incidents, against 12" in page


def test_a_closed_neighbourhood_asks_where_its_words_go(
    patch: Flask, sergeant: Visitor, session: Session
) -> None:
    one, two = session.scalars(select(Unit).where(Unit.code.in_(("N1", "N2"))).order_by(Unit.code)).all()
    write_part(session, one, Part.ABOUT, words="The market.", stamp=Stamp(None, NOW), today=date(2026, 11, 1))
    close_unit(session, one, on=date(2026, 11, 10), taken_over_by=[two])
    session.commit()
    assert "Profile of" in plain(sergeant.open("/").text)
    assert "1 part of this closed neighbourhood still to be carried over" in plain(
        sergeant.open("/units/N1/profile").text
    )
    assert sergeant.open("/units/N2/profile/carry-over").status_code == 404
    late = Visitor(patch, "pcso@f.example")
    late.open("/units/N1/profile/carry-over")
    nothing = sergeant.send("/units/N1/profile/carry-over")
    assert (nothing.status_code, "Nothing is chosen" in nothing.text) == (422, True)
    answer = sergeant.fill("/units/N1/profile/carry-over", part_about="N2")
    assert "1 part carried over." in plain(sergeant.open(answer.location).text)
    assert "The market." in plain(sergeant.open("/units/N2/profile").text)
    told = late.fill("/units/N1/profile/carry-over", part_about="N2")
    assert told.status_code == 409
    assert "Somebody else decided on one of these parts meanwhile" in plain(told.text)
