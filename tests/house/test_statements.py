"""A page asks the database as often of a large force as of a small one."""

from collections import Counter

import pytest

from npt.access.rules import Permission, Role
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.webkit.pages import Answer, Pages
from npt.webkit.visit import Visit
from tests.house.statements import growth, statements_of
from tests.house.visits import House, exhibits
from tests.pages.gallery import Exhibit


def grown(house: House, larger_house: House, endpoint: str, exhibit: Exhibit) -> str:
    """What the page asks more often in the larger house.

    Where that seems so, both are seen once more: what is remembered from one request to the next is
    remembered by then.
    """
    more = ""
    for _ in ("the first time", "once more"):
        counted = []
        for each in (house, larger_house):
            with statements_of(each.app) as sent:
                each.see_again(endpoint, exhibit)
            counted.append(sent)
        more = growth(*counted)
        if not more:
            break
    return more


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_the_page_asks_as_often_in_a_world_three_times_as_large(
    house: House, larger_house: House, endpoint: str, exhibit: Exhibit
) -> None:
    more = grown(house, larger_house, endpoint, exhibit)
    assert not more, more


def test_a_page_that_asks_once_for_each_line_is_named_with_the_cure(
    bare_house: House, planted: Pages
) -> None:
    @planted.read("/planted/<code>", needs=Permission.SEE_UNITS, within="code")
    def lines(visit: Visit[Unit]) -> Answer:
        """The units under each of the units under a unit."""
        under = children(visit.session, visit.place, as_at=visit.today)
        return str([children(visit.session, each, as_at=visit.today) for each in under])

    bare_house.app.register_blueprint(planted.blueprint)
    admin = bare_house.person(Role.ADMIN)
    counted = []
    for code in ("H1", "HOME"):  # with one unit under it, and with two
        with statements_of(bare_house.app) as sent:
            admin.get(f"/planted/{code}")
        counted.append(sent)
    more = growth(*counted)
    assert "ask once for all of them" in more
    assert "1 more: SELECT unit.id" in more


def test_what_is_asked_of_another_number_of_lines_at_once_is_no_growth() -> None:
    small, large = Counter({"SELECT … IN (?)": 1}), Counter({"SELECT … IN (?, ?, ?)": 1})
    assert growth(small, large) == ""
