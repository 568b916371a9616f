"""Whoever is shown personal data stands in the journal: who looked, at what, and whose it was."""

from dataclasses import replace

import pytest

from npt.access.rules import Permission, Role
from npt.organisation.models import Unit
from npt.webkit.pages import ROUTES, Answer, Pages
from npt.webkit.visit import Visit
from tests.house import personal
from tests.house.visits import FILES, House, exhibits
from tests.pages.gallery import GALLERY, Exhibit

SERGEANT = Exhibit(Role.SERGEANT, "team")
#: Pages that the gallery shows to somebody signed in, once for each role.
LISTS = [
    pytest.param(endpoint, exhibit, id=f"{endpoint} {exhibit}")
    for endpoint, shown in GALLERY.items()
    if "GET" in ROUTES[endpoint].methods and endpoint not in FILES
    for exhibit in {each.role: each for each in reversed(shown) if each.role is not None}.values()
]


def test_the_pages_that_are_noted_are_those_that_show_personal_data() -> None:
    faults = personal.undeclared()
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("endpoint", "exhibit"), [each for each in exhibits() if each.values[0] in personal.NOTED]
)
def test_whoever_sees_personal_data_is_noted(house: House, endpoint: str, exhibit: Exhibit) -> None:
    faults = list(personal.not_noted(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("endpoint", "exhibit"), LISTS)
def test_what_is_taken_out_as_a_file_is_for_who_may_and_noted(
    house: House, endpoint: str, exhibit: Exhibit
) -> None:
    faults = list(personal.taken_out_wrongly(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


def test_nobody_is_noted_for_a_page_that_is_refused(house: House) -> None:
    before = personal.views(house)
    address = house.address("people.member", SERGEANT)
    assert house.person(Role.OFFICER).get(address).status_code == 403
    assert house.person(Role.SERGEANT).get(f"{address}x").status_code == 404
    assert personal.views(house) == before


# Planted ----------------------------------------------------------------------------------------------------


def test_a_page_that_no_longer_says_what_it_shows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = replace(ROUTES["duty.lost"], shows_personal=None)
    monkeypatch.setitem(ROUTES, "duty.lost", silent)
    (fault,) = personal.undeclared()
    assert fault.startswith("duty.lost says that it shows None, and shows away: declare shows_personal=")


def test_a_page_that_hides_what_it_shows_or_does_not_say_whose_it_is_is_found(
    bare_house: House, planted: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    @planted.read("/planted/<code>", needs=Permission.SEE_DUTY, within="code", shows_personal="member")
    def hidden(visit: Visit[Unit]) -> Answer:
        """Shown, and said not to be."""
        visit.shows_personal = False
        return "The member is ill."

    @planted.read("/planted/<code>/of", needs=Permission.SEE_DUTY, within="code", shows_personal="member")
    def nobodys(visit: Visit[Unit]) -> Answer:
        """Shown, and nobody knows whose it is."""
        return f"The member of {visit.place.code} is ill."

    bare_house.app.register_blueprint(planted.blueprint)
    for name in ("hidden", "nobodys"):
        monkeypatch.setitem(personal.NOTED, f"planted.{name}", ("member", "number"))
    (fault,) = personal.not_noted(bare_house, "planted.hidden", SERGEANT)
    assert fault.startswith("GET /planted/H1.1.1 (200) leaves [] in the journal, not [(5, 'view member'")
    (fault,) = personal.not_noted(bare_house, "planted.nobodys", SERGEANT)
    assert "leaves [(5, 'view member', 'member', None)] in the journal" in fault
