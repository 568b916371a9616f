"""Who a key individual is, nobody outside the line is told: on no page, in no file, feed, search or error."""

import re
from urllib.parse import unquote_plus

import pytest

from npt.access.rules import HOLDS, Permission, Role
from tests.house.leaks import words_shown
from tests.house.visits import House, exhibits
from tests.pages.gallery import Exhibit

#: By what the key individuals of the furnished world are known: name, organisation, phone, email.
IDENTITY = re.compile(r"\bKin \w+ (?:left )?of|Corner Shop|960 ?123|\bkin\d+@")
#: Of those who may keep records somewhere, who may not keep those of the other BCU, nor of the other force.
ELSEWHERE = re.compile(r"\bKin \w+ (?:left )?of (?:H2|A)|\bkin\d+@(?:h2|a)")
#: Those of the home force, to somebody of the other.
HOME = re.compile(r"\bKin \w+ (?:left )?of H|\bkin\d+@h")
OUTSIDE = [role for role in Role if Permission.KEEP_KIN not in HOLDS[role]]
#: Whose names they are anyway: the person themselves, by their own link.
OWN = {"kin.own_record"}


def told(words: str, role: Role | None) -> list[str]:
    """What of somebody's identity the words tell that this person may not see."""
    sought = IDENTITY if role is None or role in OUTSIDE else ELSEWHERE
    return sorted(set(sought.findall(words)))


@pytest.mark.parametrize(("endpoint", "exhibit"), [each for each in exhibits() if each.values[0] not in OWN])
def test_a_page_tells_nobody_outside_the_line_who_somebody_is(
    house: House, endpoint: str, exhibit: Exhibit
) -> None:
    assert told(words_shown(house.see(endpoint, exhibit)), exhibit.role) == []


def typed(address: str) -> set[str]:
    """What of anybody's identity an address says itself."""
    return set(IDENTITY.findall(unquote_plus(address)))


#: Those who see more than a closed door, whoever comes from another force, and nobody in particular.
ASKING = (Role.BOARD, Role.ANALYST, Role.HMIC, Role.PARTNER, Role.CALLTAKER, None)


@pytest.mark.parametrize(("role", "force"), [*((role, "home") for role in ASKING), (Role.SERGEANT, "away")])
def test_searches_files_programs_maps_and_errors_tell_nobody_outside_the_line(
    house: House, role: Role | None, force: str
) -> None:
    person, home = house.person(role, force), house.places.home
    there = f"/units/{home.neighbourhood}"
    one = f"{there}/kin/{home.individual_id}"
    asked = (
        *(f"/search?q={words}" for words in ("kin", "corner+shop", "960123", "KIN", "K1", "kin0%40")),
        *(f"{there}/kin?format={form}" for form in ("csv", "xlsx")),
        *(
            f"{there}/kin{question}"
            for question in ("", "?status=left", "?show=twice", "?sort=name", "?page=9")
        ),
        *(f"{there}/kin/{page}" for page in ("mix", "mix?format=csv", "carry-over", "new")),
        *(f"{one}{page}" for page in ("", "/correct", "/consent", "/leave", f"/merge/{home.other_id}")),
        *(f"/api/v1/{kind}?unit={home.neighbourhood}" for kind in ("kin", "units", "actions")),
        *(
            f"{there}{page}"
            for page in ("", "/map", "/communities", "/kin.ics", "/kin.json", "/kin/feed.atom")
        ),
        f"/units/{home.team}/kin",
        f"{there}/kin/Kin",
    )
    sought = HOME if force == "away" else IDENTITY
    leaks = {
        # What they typed stands in the box.
        address: found
        for address in asked
        if (found := set(sought.findall(words_shown(person.get(address)))) - typed(address))
    }
    assert leaks == {}


def test_the_sweep_knows_what_it_looks_for(house: House) -> None:
    home = house.places.home
    page = house.person(Role.SERGEANT).get(f"/units/{home.neighbourhood}/kin/{home.individual_id}")
    assert {"Corner Shop", "960123", "kin0@"} <= set(IDENTITY.findall(page.text))
    assert told(page.text, Role.HMIC)
    assert told("Kin Sample of H2.1.1.1, kin0@a1.1.1.1.example", Role.SERGEANT)
