"""Every page hangs in the gallery, and is there to be seen."""

from collections.abc import Iterable

import pytest

from npt.webkit.pages import ROUTES
from tests.house.visits import FILES, House, exhibits
from tests.pages.gallery import GALLERY, Exhibit


def missing(declared: Iterable[str], hanging: Iterable[str]) -> list[str]:
    """What is wrong with the gallery: routes that hang nowhere, exhibits of routes that are gone."""
    unseen = [
        f"{endpoint} is in no exhibit: add who sees it, and where, to tests/pages/gallery.py"
        for endpoint in sorted(set(declared) - set(hanging))
    ]
    gone = [
        f"{endpoint} is no declared route any more: take it out of tests/pages/gallery.py"
        for endpoint in sorted(set(hanging) - set(declared))
    ]
    return unseen + gone


def test_every_declared_route_hangs_in_the_gallery() -> None:
    faults = missing(ROUTES, GALLERY)
    assert not faults, "\n".join(faults)


def test_a_new_page_without_an_exhibit_is_named_with_the_cure() -> None:
    (fault,) = missing([*GALLERY, "problems.new"], GALLERY)
    assert fault == "problems.new is in no exhibit: add who sees it, and where, to tests/pages/gallery.py"


def test_an_exhibit_of_a_page_that_is_gone_is_named_with_the_cure() -> None:
    (fault,) = missing(set(GALLERY) - {"overview.home"}, GALLERY)
    assert fault == "overview.home is no declared route any more: take it out of tests/pages/gallery.py"


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_the_page_is_there(house: House, endpoint: str, exhibit: Exhibit) -> None:
    asks_wrongly = "no day" in exhibit.query.values()
    assert house.see(endpoint, exhibit).status_code == (422 if asks_wrongly else 200)


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_what_is_looked_at_is_a_page(house: House, endpoint: str, exhibit: Exhibit) -> None:
    is_page = house.see(endpoint, exhibit).mimetype == "text/html"
    assert is_page is (endpoint not in FILES), (
        f"{endpoint} {'is' if is_page else 'is not'} a page: correct FILES in tests/house/visits.py"
    )
