"""Every page is sound: its markup, its forms, and the links it offers to the person who sees it."""

from collections.abc import Callable

import pytest

from npt.access.rules import Role
from tests.house.links import Follower
from tests.house.markup import faults_in
from tests.house.visits import House, pages
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


@pytest.mark.parametrize(("endpoint", "exhibit"), pages())
def test_the_markup_of_the_page_is_sound(house: House, endpoint: str, exhibit: Exhibit) -> None:
    faults = faults_in(house.see(endpoint, exhibit).text)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("endpoint", "exhibit"), pages())
def test_every_link_is_open_to_the_person_who_sees_it(
    house: House, followers: Followers, endpoint: str, exhibit: Exhibit
) -> None:
    dead = followers(exhibit.role).dead_links(house.see(endpoint, exhibit))
    assert not dead, "\n".join(dead)


@pytest.mark.parametrize(
    ("endpoint", "exhibit"), [each for each in pages() if each.values[0] not in EXAMPLES]
)
def test_every_button_is_for_the_person_who_sees_it(
    house: House, followers: Followers, endpoint: str, exhibit: Exhibit
) -> None:
    dead = followers(exhibit.role).dead_buttons(house.see(endpoint, exhibit))
    assert not dead, "\n".join(dead)
