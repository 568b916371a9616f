"""Every number of a start page opens its records, and the same number stands there."""

import pytest

from npt.access.rules import Role
from tests.house.markup import read
from tests.house.numbers import Counted, counted, says, wrong_numbers
from tests.house.visits import House

TASK = (
    '<ul><li><a href="/rows">Key individuals not seen</a>'
    '<div class="govuk-task-list__status"><strong>3 people</strong></div></li></ul>'
)
THREE = "<main><table><tbody><tr><td>a<tr><td>b<tr><td>c</table></main>"


@pytest.mark.parametrize("role", Role)
def test_every_number_of_a_start_page_stands_on_the_page_that_it_opens(house: House, role: Role) -> None:
    assert wrong_numbers(house, house.person(role)) == []


def test_the_start_page_of_a_manager_has_numbers_to_follow(house: House) -> None:
    start = read(house.person(Role.MANAGER).get("/").text)
    assert len({each.href for each in counted(start)}) >= 10


def test_a_number_is_found_in_a_task_and_in_a_link() -> None:
    page = f'<main>{TASK}<a href="/gaps">6 gaps in cover</a><a href="/all">All (12)</a><a href="/x">12.4%</a>'
    assert [(each.number, each.href) for each in counted(read(page))] == [
        (3, "/rows"),
        (6, "/gaps"),
        (12, "/all"),
    ]


@pytest.mark.parametrize(
    ("page", "says_it"),
    [
        (THREE, True),
        ("<main><p>No contact for 90 days: 3 people.</p></main>", True),
        (THREE.replace("<tr><td>c", ""), False),
        ("<main><p>53 people</p></main>", False),
    ],
)
def test_a_page_that_says_another_number_is_named(page: str, says_it: bool) -> None:
    assert says(page, Counted(3, "people", "/rows")) is says_it
