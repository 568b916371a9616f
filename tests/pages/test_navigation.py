"""What stands around every page: sections by what a person does, the account, and the search."""

import re
from datetime import UTC, date, datetime, time

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.journal.models import Entry
from npt.kit.stamps import Stamp
from npt.operations.actions import Planned, plan_operation
from npt.operations.rules import OperationKind
from npt.organisation.models import Unit
from npt.overview.navigation import SECTIONS
from npt.people.rules import PolicingRole
from npt.training.actions import add_shipped_programme
from npt.training.rules import SHIPPED_PROGRAMMES
from npt.webkit.pages import ROUTES
from tests import make
from tests.built_once import built_once
from tests.visiting import Visitor, plain

ROLES = (
    Role.ADMIN,
    Role.MANAGER,
    Role.SERGEANT,
    Role.OFFICER,
    Role.PARTNER,
    Role.CALLTAKER,
    Role.CALLHANDLER,
    Role.HMIC,
)


@built_once
def force(app: Flask, session: Session) -> Flask:
    """Teams N11 and N12 of area N1, each with a constable; whoever is somebody has a role on N11."""
    top = make.force(session, code="F")
    area = make.area(session, under=make.bcu(session, under=top, code="N"), code="N1")
    teams = [make.team(session, under=area, code=code) for code in ("N11", "N12")]
    teams[0].name = "Castle"
    make.neighbourhood(session, under=teams[0], code="N111").name = "St Mary’s"
    for team, name, number in zip(
        teams, ("Siobhán O’Brien", "Siobhán Otherteam"), ("4217", "4218"), strict=True
    ):
        make.posting(
            session,
            unit=team,
            member=make.member(session, name=name, number=number),
            role=PolicingRole.CONSTABLE,
        )
    for role in ROLES:
        make.account(session, role=role, unit=teams[0], email=f"{role.value}@force.example")
    make.account(session, role=Role.MANAGER, unit=area, email="area@force.example")
    add_shipped_programme(session, force=top, shipped=SHIPPED_PROGRAMMES[0], needed_from=make.START)
    session.commit()
    return app


def visitor(force: Flask, who: str) -> Visitor:
    return Visitor(force, f"{who}@force.example")


def sections(page: str) -> dict[str, str]:
    """The navigation as it is on a desk: its words and addresses."""
    shown = page.partition('aria-label="Main"')[2].partition("</nav>")[0]
    return {words: href for href, words in re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', shown)}


# Navigation -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("sergeant", "Start Team Neighbourhoods Problems People Performance"),
        ("officer", "Start Team Neighbourhoods Problems People Performance"),
        ("hmic", "Start Neighbourhoods Problems People Performance"),
        ("partner", "Start"),
        ("calltaker", "Start Neighbourhoods"),
    ],
)
def test_the_navigation_has_what_a_role_can_use_and_each_entry_opens(
    force: Flask, who: str, expected: str
) -> None:
    person = visitor(force, who)
    found = sections(person.open("/").text)
    assert " ".join(found) == expected
    assert all(person.open(address).status_code == 200 for address in found.values())


@pytest.mark.parametrize("who", ["calltaker", "callhandler", "partner"])
def test_who_has_no_team_of_their_own_finds_a_neighbourhood_from_the_start_page(
    force: Flask, who: str
) -> None:
    shown = visitor(force, who).open("/").text
    assert re.search('href="/find">Find a neighbourhood<', shown)
    assert ">Find a neighbourhood<" not in visitor(force, "sergeant").open("/").text


def test_a_page_marks_the_section_that_it_belongs_to(force: Flask) -> None:
    person = visitor(force, "sergeant")
    for address, words, current in (
        ("/people", "People", "page"),
        ("/units/N11/staffing", "People", "true"),
        ("/units/N11/contacts/cover", "Neighbourhoods", "true"),
        ("/units/N11/months/2026-11", "Performance", "true"),
        ("/teams/N11/roster", "Team", "true"),
    ):
        marked = re.findall(r'aria-current="(\w+)">([^<]+)<', person.open(address).text)
        assert (current, words) in marked, address


def test_every_page_of_a_feature_belongs_to_a_section() -> None:
    without = {"accounts", "api", "webkit", "overview"}
    features = {route.endpoint.partition(".")[0] for route in ROUTES.values() if "GET" in route.methods}
    assert features - without == {feature for section in SECTIONS for feature in section.features}


def test_the_journal_is_led_to_by_people_for_whoever_reads_it(force: Flask) -> None:
    admin = visitor(force, "admin")
    assert 'href="/units/N11/journal"' in admin.open("/people").text
    assert 'aria-current="true">People' in admin.open("/units/N11/journal").text
    assert "/journal" not in visitor(force, "sergeant").open("/people").text


def test_a_section_says_what_waits_and_leads_there(force: Flask, session: Session) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    sergeant = make.member(session, team=team, role=PolicingRole.SERGEANT)
    make.shift(session, member=sergeant, starts="2026-11-12T08:00", ends="2026-11-12T16:00")
    make.establishment(session, unit=team, posts=3)
    session.commit()
    person = visitor(force, "sergeant")
    team_page = person.open("/team").text
    assert "Days to confirm" in team_page
    assert 'href="/teams/N11/day/2026-11-16"' in team_page
    assert "Neighbourhoods whose contact is away" in person.open("/neighbourhoods").text
    assert "Empty posts" not in person.open("/people").text
    assert "2 posts" in visitor(force, "manager").open("/people").text


@pytest.mark.parametrize("address", ["/team", "/people", "/performance"])
def test_a_section_that_is_not_for_somebody_shows_no_unit(force: Flask, address: str) -> None:
    shown = visitor(force, "partner").open(address)
    assert shown.status_code == 200
    assert "What the police share with your agency is on your start page" in shown.text
    assert "Ask the person who manages accounts" not in shown.text
    assert "N11" not in shown.text


# Search -----------------------------------------------------------------------------------------------------


def found(visit: Visitor, words: str) -> dict[str, str]:
    """What a search shows: names and addresses."""
    shown = visit.open(f"/search?q={words}").text.partition("<main")[2]
    return {
        plain(name).strip(): href
        for href, name in re.findall(r'<li><a [^>]*href="([^"]+)"><bdi>(.*?)</bdi>', shown)
    }


def views(session: Session) -> int:
    count = len(session.scalars(select(Entry.sequence).where(Entry.change == "viewed")).all())
    session.rollback()  # on SQLite who reads on keeps the next page from writing
    return count


@pytest.mark.parametrize("words", ["obrien", "o%20brien", "SIOBHAN", "4217", "421"])
def test_a_member_is_found_by_name_and_number_within_reach_alone(force: Flask, words: str) -> None:
    sergeant = visitor(force, "sergeant")
    assert found(sergeant, words) == {"Siobhán O’Brien": "/units/N11/members/4217"}
    assert sergeant.open("/units/N11/members/4217").status_code == 200
    assert found(visitor(force, "officer"), words) == {}


def test_whoever_reaches_further_finds_more(force: Flask) -> None:
    assert len(found(visitor(force, "area"), "siobhan")) == 2


def test_places_and_programmes_are_found_and_open(force: Flask) -> None:
    sergeant = visitor(force, "sergeant")
    assert found(sergeant, "st%20marys") == {"St Mary’s": "/units/N111"}
    assert found(sergeant, "castle") == {"Castle": "/units/N11"}
    code, name = SHIPPED_PROGRAMMES[0].code, SHIPPED_PROGRAMMES[0].name
    assert found(sergeant, code)[name] == f"/units/N11/training?programme={code}"
    assert found(visitor(force, "partner"), code) == {}


def test_an_operation_is_found_by_who_sees_duty(force: Flask, session: Session) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    planner = session.scalars(select(Account).where(Account.email == "manager@force.example")).one()
    day = date(2026, 11, 20)
    planned = Planned(
        "Operation Lantern", OperationKind.FESTIVAL, day, day, time(12), time(18), "event", None
    )
    stamp = Stamp(planner.id, datetime(2026, 11, 16, 9, tzinfo=UTC))
    operation_id = plan_operation(session, stamp=stamp, unit=team, planned=planned).id
    session.commit()
    assert found(visitor(force, "officer"), "lantern") == {
        "Operation Lantern": f"/units/N11/operations/{operation_id}"
    }
    assert found(visitor(force, "partner"), "lantern") == {}


def test_who_was_shown_people_stands_in_the_journal_and_nobody_else(force: Flask, session: Session) -> None:
    sergeant = visitor(force, "sergeant")
    before = views(session)
    sergeant.open("/search?q=castle")
    sergeant.open("/search")
    assert views(session) == before
    sergeant.open("/search?q=obrien")
    assert views(session) == before + 1


def test_a_search_says_what_it_does_not_find_and_what_it_cannot_read(force: Flask) -> None:
    sergeant = visitor(force, "sergeant")
    assert "Nothing found for “nobody”" in plain(sergeant.open("/search?q=nobody").text)
    assert sergeant.open(f"/search?q={'a' * 101}").status_code == 422
    assert sergeant.open("/search?q=a%0Bb").status_code == 422


def test_a_long_list_is_cut_and_says_so(force: Flask, session: Session) -> None:
    team = session.scalars(select(Unit).where(Unit.code == "N11")).one()
    for number in range(25):
        make.posting(session, unit=team, member=make.member(session, name=f"Pat Longlist {number}"))
    session.commit()
    shown = plain(visitor(force, "sergeant").open("/search?q=longlist").text)
    assert "And 5 more: type more of the name." in shown


# Account ----------------------------------------------------------------------------------------------------


def test_the_name_in_the_header_leads_to_the_account_with_roles_by_name(force: Flask) -> None:
    sergeant = visitor(force, "sergeant")
    assert re.search(r'<a class="npt-header__link" href="/account">', sergeant.open("/").text)
    shown = sergeant.open("/account").text
    assert 'href="/units/N11"' in shown
    assert "Sergeant, Castle (N11)" in plain(shown)


def test_one_browser_or_all_others_are_signed_out(force: Flask) -> None:
    here, there, third = (visitor(force, "sergeant") for _ in range(3))
    ends = re.findall(r'action="(/account/sign-ins/\d+/end)"', here.open("/account").text)
    assert len(ends) == 2
    assert here.fill(ends[-1]).status_code == 303
    assert (there.open("/account").status_code, third.open("/account").status_code) == (303, 200)
    here.open("/account")
    assert here.fill("/account/sign-out-elsewhere").status_code == 303
    assert third.open("/account").status_code == 303
    shown = here.open("/account")
    assert shown.status_code == 200
    assert "Sign out everywhere else" not in shown.text


def test_nobody_ends_the_session_of_another(force: Flask) -> None:
    officer, sergeant = visitor(force, "officer"), visitor(force, "sergeant")
    visitor(force, "sergeant")
    (end,) = re.findall(r'action="(/account/sign-ins/\d+/end)"', sergeant.open("/account").text)
    officer.open("/account")
    assert officer.fill(end).status_code == 404
    assert sergeant.open("/account").text.count("Another browser") == 1


def test_the_sign_in_page_says_whom_to_ask(app: Flask) -> None:
    assert "Ask the person who manages accounts in your force" in app.test_client().get("/sign-in").text


def test_only_who_may_confirm_days_is_told_that_all_are_confirmed(force: Flask) -> None:
    said = "all days are confirmed and reports answered"
    assert said in plain(visitor(force, "sergeant").open("/team").text)
    assert said not in plain(visitor(force, "officer").open("/team").text)
