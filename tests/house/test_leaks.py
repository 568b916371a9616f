"""Nothing is shown to, or changed by, somebody who may not: every page and every button, at every door."""

from typing import NoReturn

import pytest
from flask import abort
from sqlalchemy import select

from npt.access.rules import Open, Permission, Role, ShareLevel, SignedIn
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.people.queries import member_numbered
from npt.webkit.pages import ROUTES, Answer, Pages
from npt.webkit.visit import Visit
from tests.house import leaks
from tests.house.visits import House, exhibits
from tests.pages.furnished_partners import KEPT_FROM
from tests.pages.gallery import GALLERY, Exhibit


def _at_its_door(endpoint: str) -> Exhibit:
    """The exhibit of a route at whose door most people are turned away: also those of the team next to it."""
    shown = GALLERY[endpoint]
    return next((each for each in shown if leaks.has_neighbours(each)), shown[0])


#: A door is the same whoever goes in lawfully, and where: each route's is tried once.
every_door = pytest.mark.parametrize(
    ("endpoint", "exhibit"),
    [
        pytest.param(endpoint, _at_its_door(endpoint), id=f"{endpoint} {_at_its_door(endpoint)}")
        for endpoint in GALLERY
        if endpoint in ROUTES
    ],
)


@every_door
def test_who_is_not_signed_in_is_asked_to_sign_in(house: House, endpoint: str, exhibit: Exhibit) -> None:
    faults = list(leaks.to_nobody(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


@every_door
def test_the_right_role_in_another_place_is_refused(house: House, endpoint: str, exhibit: Exhibit) -> None:
    faults = list(leaks.to_other_places(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


@every_door
def test_a_record_of_another_place_is_not_found_through_ones_own(
    house: House, endpoint: str, exhibit: Exhibit
) -> None:
    faults = list(leaks.to_children_of_other_places(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


@every_door
def test_a_role_without_the_permission_is_refused(house: House, endpoint: str, exhibit: Exhibit) -> None:
    faults = list(leaks.to_other_roles(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


@every_door
def test_what_is_not_shared_with_a_partner_is_not_found_by_them(
    house: House, endpoint: str, exhibit: Exhibit
) -> None:
    faults = list(leaks.to_partners(house, endpoint, exhibit))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("endpoint", "exhibit"), exhibits())
def test_the_page_names_nothing_out_of_reach(house: House, endpoint: str, exhibit: Exhibit) -> None:
    fault = leaks.behind_open_doors(house, endpoint, exhibit)
    assert not fault, fault


def test_what_somebody_else_kept_is_not_discarded(house: House) -> None:
    kept = f"/kept/{house.places.home.kept_id}"
    house.person(Role.SERGEANT, "away").post(kept)
    assert house.person(Role.SERGEANT).get(kept).status_code == 200


# Planted ----------------------------------------------------------------------------------------------------

SERGEANT = Exhibit(Role.SERGEANT, "team")
ANYBODY = SignedIn(because="it is planted")


def test_a_page_that_goes_round_its_door_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted/<code>", needs=Permission.MANAGE_UNITS, within="code")
    def team(visit: Visit[Unit]) -> Answer:
        """Behind the door."""
        return visit.place.name

    bare_house.app.register_blueprint(planted.blueprint)
    bare_house.app.view_functions["planted.team"] = lambda code: f"{code} without a question"
    (fault,) = leaks.to_nobody(bare_house, "planted.team", SERGEANT)
    assert fault.startswith("nobody is answered 200 by GET /planted/H1.1.1, not 303")
    who = {fault.partition("@")[0] for fault in leaks.to_other_roles(bare_house, "planted.team", SERGEANT)}
    assert {"manager", "partner"} <= who, "who may most, and who may least, were let in, and not told of"


def test_a_page_that_asks_only_who_is_signed_in_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted/<code>", needs=ANYBODY, within="code")
    def team(visit: Visit[Unit]) -> Answer:
        """Anybody's team."""
        return visit.place.name

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(leaks.to_other_places(bare_house, "planted.team", SERGEANT))
    assert [fault.partition(":")[0] for fault in faults] == [
        "sergeant@away.example is answered 200 by GET /planted/H1.1.1, not 403",
        "sergeant@home.example is answered 200 by GET /planted/H2.1.1, not 403",
    ]


def test_a_record_that_is_found_by_its_number_alone_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted/<code>/<number>", needs=Permission.SEE_MEMBERS, within="code")
    def member(visit: Visit[Unit], number: str) -> Answer:
        """A member of anywhere."""
        found = member_numbered(visit.session, number)
        return "nobody" if found is None else f"{found.name} of {found.number[0]}1"

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(leaks.to_children_of_other_places(bare_house, "planted.member", SERGEANT))
    assert "is answered 200 by GET /planted/H1.1.1/A006, not 404" in faults[0]
    assert "names A1: fetch what is shown through the place" in faults[1]


def test_a_list_beyond_ones_reach_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted", needs=ANYBODY)
    def members(visit: Visit[None]) -> Answer:
        """The members of every force."""
        return ", ".join(visit.session.scalars(select(Member.name).order_by(Member.id)))

    bare_house.app.register_blueprint(planted.blueprint)
    fault = leaks.behind_open_doors(bare_house, "planted.members", Exhibit(Role.ADMIN))
    assert fault.startswith("GET /planted names A001, A002, ")


def test_a_page_for_anybody_that_names_somebody_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted", needs=Open(because="it is planted"))
    def members(visit: Visit[None]) -> Answer:
        """The members of every force."""
        return ", ".join(visit.session.scalars(select(Member.name).order_by(Member.id)))

    bare_house.app.register_blueprint(planted.blueprint)
    fault = leaks.behind_open_doors(bare_house, "planted.members", Exhibit(None))
    assert fault.startswith("GET /planted names A001, A002, ")


def test_a_change_before_a_refusal_is_found(bare_house: House, planted: Pages) -> None:
    @planted.write("/planted/<code>", needs=ANYBODY, within="code")
    def rename(visit: Visit[Unit]) -> NoReturn:
        """Rename a unit, then refuse."""
        visit.place.name = f"{visit.place.name} again"
        visit.session.commit()
        abort(403)

    bare_house.app.register_blueprint(planted.blueprint)
    faults = list(leaks.to_other_places(bare_house, "planted.rename", SERGEANT))
    assert "sergeant@away.example changed something by POST /planted/H1.1.1" in faults[0]


def test_a_refusal_that_names_somebody_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read("/planted/<code>", needs=ANYBODY, within="code")
    def team(visit: Visit[Unit]) -> Answer:
        """Nobody's team, and yet."""
        return "This is for H001 alone.", 403

    bare_house.app.register_blueprint(planted.blueprint)
    (fault,) = leaks.to_other_places(bare_house, "planted.team", SERGEANT)
    assert fault.startswith("sergeant@away.example is refused, but GET /planted/H1.1.1 names H001")


def test_a_page_that_a_share_opens_is_closed_to_partners_without_one(
    bare_house: House, planted: Pages
) -> None:
    @planted.read(
        "/planted/<reference>",
        needs=Permission.SEE_DOCUMENTS,
        within_matter="reference",
        shared=ShareLevel.SUMMARY,
    )
    def matter(visit: Visit[Matter]) -> Answer:
        """What is shared."""
        return f"{visit.place.title} at level {visit.level and visit.level.value}"

    bare_house.app.register_blueprint(planted.blueprint)
    shown = Exhibit(Role.MANAGER)
    assert list(leaks.to_partners(bare_house, "planted.matter", shown)) == []
    assert list(leaks.to_other_places(bare_house, "planted.matter", shown)) == []
    assert list(leaks.to_other_roles(bare_house, "planted.matter", shown)) == []
    address = bare_house.address("planted.matter", shown)
    assert bare_house.person(Role.MANAGER).get(address).text.endswith("at level None")
    assert bare_house.person(Role.PARTNER).get(address).text.endswith("at level full")


def test_a_shared_page_that_goes_round_its_door_is_found(bare_house: House, planted: Pages) -> None:
    @planted.read(
        "/planted/<reference>",
        needs=Permission.SEE_DOCUMENTS,
        within_matter="reference",
        shared=ShareLevel.FULL,
    )
    def matter(visit: Visit[Matter]) -> Answer:
        """Behind the door."""
        return visit.place.title

    bare_house.app.register_blueprint(planted.blueprint)
    bare_house.app.view_functions["planted.matter"] = lambda reference: f"{reference} without a question"
    faults = list(leaks.to_partners(bare_house, "planted.matter", Exhibit(Role.SERGEANT)))
    assert [fault.partition(" is answered")[0] for fault in faults] == [
        f"{kind}@home.example" for kind in KEPT_FROM
    ]
