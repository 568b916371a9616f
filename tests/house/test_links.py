"""Dead links and buttons are found, each kind tried on a page that has one."""

import pytest
from werkzeug.test import TestResponse

from npt.access.rules import Role
from tests.house.links import Follower
from tests.house.visits import House

#: A link seen by the officer of a team, and what the fault says; nothing for one that leads somewhere.
LINKS = {
    "/units/H1.1.1": "",
    "/units/H1.1.1?as-at=2012-02-29": "",
    "#here": "",
    "?page=2": "",
    "/account#main-content": "",
    "/units/H1.1.1/nowhere": "it answers 404",
    "/units/H1.1.1/members": "it answers 403",
    "/units/A1": "it answers 403",
    "#there": "nothing there has the id there",
    "/account#there": "nothing there has the id there",
    "https://example.test/": "it leaves the site",
    "//example.test/": "it leaves the site",
}
#: A button seen by the officer, likewise. Nothing is sent.
BUTTONS = {
    "/account": "",
    "/sign-out": "",
    "/units/H1.1.1": "nothing takes it there (405)",
    "/nowhere": "nothing takes it there (404)",
    "/units/H1.1.1/close": "the person may not manage units there",
    "/teams/H1.1.1/day/2026-11-16/confirm": "the person may not confirm a day there",
    "/units/NONE/close": "the person may not manage units there",
}


@pytest.fixture
def officer(house: House) -> Follower:
    return Follower(house, house.person(Role.OFFICER))


def _page(house: House, body: str) -> TestResponse:
    """A page of ours with another body."""
    page = house.person(Role.OFFICER).get("/units/H1.1.1")
    page.set_data(body)
    return page


@pytest.mark.parametrize("href", LINKS)
def test_a_link_that_leads_nowhere_for_this_person_is_named(
    house: House, officer: Follower, href: str
) -> None:
    dead = officer.dead_links(_page(house, f'<p id="here"><a href="{href}">Way on</a>'))
    assert len(dead) == bool(LINKS[href])
    assert all(LINKS[href] in fault for fault in dead)


@pytest.mark.parametrize("action", BUTTONS)
def test_a_button_that_this_person_may_not_press_is_named(
    house: House, officer: Follower, action: str
) -> None:
    dead = officer.dead_buttons(_page(house, f'<form method="post" action="{action}"></form>'))
    assert len(dead) == bool(BUTTONS[action])
    assert all(BUTTONS[action] in fault for fault in dead)


def test_a_link_in_a_chart_is_followed_too(house: House, officer: Follower) -> None:
    (dead,) = officer.dead_links(_page(house, '<svg><a href="/nowhere"><text>May</text></a></svg>'))
    assert "it answers 404" in dead


def test_a_button_with_an_address_of_its_own_is_looked_at_too(house: House, officer: Follower) -> None:
    form = '<form method="post" action="/account"><button formaction="/nowhere">Save</button></form>'
    (dead,) = officer.dead_buttons(_page(house, form))
    assert "nothing takes it there (404)" in dead
