"""Every page is sound: its markup, its forms, and the links it offers to the person who sees it."""

from collections.abc import Callable

import pytest

from npt.access.rules import Role
from tests.house.links import Follower
from tests.house.markup import faults_in
from tests.house.visits import House, exhibits
from tests.pages.gallery import EXAMPLES, Exhibit

Followers = Callable[[Role | None], Follower]


@pytest.fixture(scope="module")
def followers(house: House) -> Followers:
    """One follower of links for each role, who remembers what they have opened."""
    known: dict[Role | None, Follower] = {}

    def follower(role: Role | None) -> Follower:
        if role not in known:
            known[role] = Follower(house, house.person(role))
        return known[role]

    return follower


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_the_markup_of_the_page_is_sound(house: House, endpoint: str, exhibit: Exhibit) -> None:
    page = house.see(endpoint, exhibit)
    faults = faults_in(page.text) if page.mimetype == "text/html" else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_every_link_is_open_to_the_person_who_sees_it(
    house: House, followers: Followers, endpoint: str, exhibit: Exhibit
) -> None:
    page = house.see(endpoint, exhibit)
    dead = followers(exhibit.role).dead_links(page) if page.mimetype == "text/html" else []
    assert not dead, "\n".join(dead)


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_every_button_is_for_the_person_who_sees_it(
    house: House, followers: Followers, endpoint: str, exhibit: Exhibit
) -> None:
    page = house.see(endpoint, exhibit)
    is_shown = page.mimetype == "text/html" and endpoint not in EXAMPLES
    dead = followers(exhibit.role).dead_buttons(page) if is_shown else []
    assert not dead, "\n".join(dead)
