"""Whoever holds several roles may, at each place, what was granted there, and nothing else that they hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from npt.access.rules import HOLDS, Role
from npt.organisation.queries import unit_at
from npt.people.models import Grant
from npt.store.transaction import writing
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from tests import make
from tests.house.conftest import Template, opened
from tests.house.leaks import CLOSED, not_refused
from tests.house.links import Follower
from tests.house.visits import FILES, House, Person
from tests.pages.gallery import GALLERY, Exhibit

#: What the manager and administrator of a BCU, one person, holds on the whole force besides.
BESIDES = (Role.PARTNER, Role.OFFICER, Role.HMIC)
#: A page or button of a unit, as the gallery shows it first.
PLACED = {
    endpoint: shown[0]
    for endpoint, shown in GALLERY.items()
    if endpoint in ROUTES and ROUTES[endpoint].within is not None
}
PAGES = {each for each in PLACED if "GET" in ROUTES[each].methods} - FILES
#: Members of the sister BCU, and their addresses.
SISTERS_PEOPLE = re.compile(r"\bH\d{3}\b|@h2\.")
_MAIN = re.compile("<main.*</main>", re.DOTALL)
_KEYS = re.compile(r'(name="(?:csrf_token|submission_key)" value=")[^"]*')


@dataclass(frozen=True)
class Several:
    """A house, and by a role that they hold on the whole force: who holds nothing else, and who is
    the manager and administrator of a BCU besides.
    """

    house: House
    only: Mapping[Role, Person]
    both: Mapping[Role, Person]


@pytest.fixture(scope="module")
def several(
    templates: Callable[[int], Template],
    tmp_path_factory: pytest.TempPathFactory,
    compiled: FileSystemBytecodeCache,
) -> Iterator[Several]:
    """Some people signed in, some of whom hold two roles."""
    for house in opened(templates(1), tmp_path_factory.mktemp("several"), compiled):
        with house.app.app_context(), writing(db.session()) as session:
            home = house.places.home
            bcu, force = unit_at(session, home.bcu), unit_at(session, home.force)
            for role in BESIDES:
                make.account(session, role=role, unit=force, email=f"only-{role.value}@home.example")
                both = make.account(session, role=role, unit=force, email=f"both-{role.value}@home.example")
                for held in (Role.MANAGER, Role.ADMIN):
                    session.add(Grant(account_id=both.id, unit=bcu, role=held))
        only, both_of = (
            {role: house.arrive(f"{kind}-{role.value}@home.example", role) for role in BESIDES}
            for kind in ("only", "both")
        )
        yield Several(house, only, both_of)


@pytest.mark.parametrize("role", BESIDES)
def test_what_a_person_may_in_their_bcu_is_closed_to_them_elsewhere(several: Several, role: Role) -> None:
    house, person = several.house, several.both[role]
    faults: list[str] = []
    for endpoint, exhibit in PLACED.items():
        if _tries(endpoint) is role:
            address = _elsewhere(house, endpoint, exhibit)
            faults += not_refused(house, person, endpoint, address, CLOSED, SISTERS_PEOPLE)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", BESIDES)
def test_a_page_elsewhere_shows_and_offers_what_it_does_to_who_holds_nothing_else(
    several: Several, role: Role
) -> None:
    only, both = several.only[role], several.both[role]
    for endpoint, exhibit in PLACED.items():
        if ROUTES[endpoint].needs in HOLDS[role] and endpoint in PAGES:
            address = _elsewhere(several.house, endpoint, exhibit)
            assert _shown(both.get(address)) == _shown(only.get(address)), (
                f"{address} looks at what the person may elsewhere: ask visit.may with the path of the place"
            )
            as_file = f"{address}{'&' if '?' in address else '?'}format=csv"
            assert both.get(as_file).status_code == only.get(as_file).status_code, as_file


@pytest.mark.parametrize("role", BESIDES)
def test_the_start_page_offers_only_what_may_be_done_at_each_place(several: Several, role: Role) -> None:
    faults = Follower(several.house, several.both[role]).closed_doors(several.both[role].get("/"))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", BESIDES)
def test_in_their_own_bcu_nothing_is_taken_from_them(several: Several, role: Role) -> None:
    house, person = several.house, several.both[role]
    page = person.get(house.address("duty.day", PLACED["duty.day"]))
    assert f"{page.request.path}/record" in page.text
    assert person.get(house.address("people.accounts", Exhibit(role, "team"))).status_code == 200


def _tries(endpoint: str) -> Role | None:
    """Who tries the door of a route elsewhere: one of those who may not, at each route another."""
    closed_to = [role for role in BESIDES if ROUTES[endpoint].needs not in HOLDS[role]]
    return closed_to[list(PLACED).index(endpoint) % len(closed_to)] if closed_to else None


def _elsewhere(house: House, endpoint: str, exhibit: Exhibit) -> str:
    """The address of the page in the sister BCU; that of the whole force, too, is looked at there."""
    code = "bcu" if exhibit.code == "force" else exhibit.code
    return house.address(endpoint, Exhibit(exhibit.role, code, exhibit.query), house.places.sister)


def _shown(page: TestResponse) -> str:
    """What the page is about, without the keys of its forms."""
    found = _MAIN.search(page.text)
    assert found is not None, page.request.path
    return _KEYS.sub(r"\1", found[0])
