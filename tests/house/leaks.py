"""Closed doors tried, and foreign words looked for behind the open ones."""

import io
import re
from collections.abc import Collection, Iterator, Mapping

from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from npt.access.rules import HOLDS, Open, Permission, Role, ShareLevel
from npt.journal.models import Entry
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from npt.webkit.problems import PREFIX
from tests.house.visits import House, Person, arguments_of
from tests.pages.furnished import Shown
from tests.pages.furnished_partners import KEPT_FROM
from tests.pages.gallery import SECRET_ADDRESSES, Exhibit

#: Roles of the world that are granted on the whole force: to them no other team is foreign.
FORCE_WIDE = {Role.ADMIN, Role.BOARD, Role.CALLTAKER, Role.GATEKEEPER, Role.HMIC}

#: What betrays a place: codes of units, numbers of members, email addresses.
#: A1 and A2 are ethnicities, too, each with its name.
AWAY = re.compile(r"\bA[12]\b(?! Indian| Pakistani)|\bA\d{3}\b|\bAWAY\b|@away\.|@a[12]\.")
HOME = re.compile(r"\bH[12]\b|\bH\d{3}\b|\bHOME\b|@home\.|@h[12]\.")
ANYBODY = re.compile(f"{AWAY.pattern}|{HOME.pattern}")
#: The other BCU of the home force, and the people of the force.
SISTER = re.compile(r"\bH2\b|@h2\.")
#: What is shared with partners in the small world.
SHARED = re.compile(r"Engagement strategy of|\bDOC-\d+")
PEOPLE = re.compile(r"\bH\d{3}\b|@home\.|@h[12]\.")
#: Pages for the public, which say where units lie: those are no secret there, people are.
PUBLIC = {"places.find", "places.locate"}
ALL_PEOPLE = re.compile(r"\b[AH]\d{3}\b|@(?:away|home)\.|@[ah][12]\.")
#: A token against forgery is chance itself, and may hold anything.
_TOKEN = re.compile(r'(name="[\w-]*csrf_token" value=")[^"]*')

Expected = Mapping[str, Collection[int]]
#: Statuses by method: a form says at POST, with what was typed, that its record is not there.
TO_SIGN_IN: Expected = {"GET": {303}, "POST": {303}}
FOR_A_TOKEN: Expected = {"GET": {401}, "POST": {401}}
CLOSED: Expected = {"GET": {403}, "POST": {403}}
#: Where even that a form could be sent is not told.
NOT_THERE: Expected = {"GET": {404}, "POST": {404}}
NOT_FOUND: Expected = {"GET": {404}, "POST": {303, 404, 409, 422}}

ASK = "state what it needs and its place in Pages.read, .write or .form, and find records through the place"
CURE = "fetch what is shown through the place of the visit, by its path, and only within the person's reach"


def words_shown(answer: TestResponse) -> str:
    """What can be read in an answer, whatever kind of file it is."""
    if (answer.mimetype or "").endswith("spreadsheetml.sheet"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
        return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    return _TOKEN.sub(r"\1", answer.text)


def leaked(answer: TestResponse, foreign: re.Pattern[str]) -> str:
    """The foreign words in an answer, with the cure; empty when there are none."""
    asked = set(foreign.findall(answer.request.full_path))
    found = sorted(set(foreign.findall(words_shown(answer))) - asked)
    return f"{answer.request.method} {answer.request.path} names {', '.join(found)}: {CURE}" if found else ""


def not_refused(
    house: House, person: Person, endpoint: str, address: str, expected: Expected, foreign: re.Pattern[str]
) -> Iterator[str]:
    """What is wrong with how each method of a route refuses a person: its answer, and what it changed."""
    who, now = person.email or "nobody", changes(house)
    for method in ROUTES[endpoint].methods:
        answer = person.get(address) if method == "GET" else person.post(address)
        if answer.status_code not in expected[method]:
            statuses = " or ".join(str(status) for status in sorted(expected[method]))
            yield f"{who} is answered {answer.status_code} by {method} {address}, not {statuses}: {ASK}"
        if leak := leaked(answer, foreign):
            yield f"{who} is refused, but {leak}"
        # The reason stands on the page that the refusal leads to.
        is_led_on = answer.status_code == 303 and person.role is not None
        if is_led_on and (leak := leaked(person.get(answer.location), foreign)):
            yield f"{who} is led on, but {leak}"
        before, now = now, changes(house)
        if now != before:
            yield f"{who} changed something by {method} {address}: {ASK}"


def changes(house: House) -> int:
    """How many changes the journal holds: those counted before, and those after them."""
    with house.app.app_context():
        last, count = house.counted
        is_new = Entry.sequence > last
        is_change = func.count().filter(Entry.change != "viewed")
        last_now, more = db.session.execute(select(func.max(Entry.sequence), is_change).where(is_new)).one()
        house.counted = last_now or last, count + more
    return house.counted[1]


def to_nobody(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong with how a route receives somebody who is not signed in."""
    if not isinstance(ROUTES[endpoint].needs, Open):
        nobody = house.person(None)
        address = house.address(endpoint, exhibit)
        asked = FOR_A_TOKEN if address.startswith(PREFIX) else TO_SIGN_IN
        yield from not_refused(house, nobody, endpoint, address, asked, ANYBODY)


def has_neighbours(exhibit: Exhibit) -> bool:
    """Whether the page is of a part of the force, and seen by somebody who belongs to that part alone."""
    return exhibit.role not in FORCE_WIDE and exhibit.code not in {None, "force"}


def to_other_places(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong with how a route receives the right role from another force, or from another team."""
    if not arguments_of(house.app, endpoint) or endpoint in SECRET_ADDRESSES:
        return
    if ROUTES[endpoint].within is None and all(
        getattr(house.places.home, name) == getattr(house.places.away, name)
        for name in arguments_of(house.app, endpoint)
    ):
        return  # reasons and definitions are one for all forces
    status = NOT_FOUND if ROUTES[endpoint].within is None else CLOSED
    stranger = house.person(exhibit.role, "away")
    address = house.address(endpoint, exhibit)
    yield from not_refused(house, stranger, endpoint, address, status, HOME)
    if has_neighbours(exhibit) or (
        ROUTES[endpoint].within_matter is not None and exhibit.role not in FORCE_WIDE
    ):
        neighbour = house.person(exhibit.role)
        address = house.address(endpoint, exhibit, house.places.sister)
        yield from not_refused(house, neighbour, endpoint, address, status, SISTER)


def to_children_of_other_places(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong with how a route answers when its place is one's own and the record another place's."""
    places = {ROUTES[endpoint].within, ROUTES[endpoint].within_matter}
    names = arguments_of(house.app, endpoint) - places
    if places == {None}:
        return
    foreign: list[tuple[Shown, re.Pattern[str]]] = [(house.places.away, AWAY)]
    if exhibit.code != "force":
        foreign.append((house.places.sister, SISTER))
    for place, words in foreign:
        own = {name: getattr(house.places.home, name) for name in names}
        others = {name: getattr(place, name) for name in names}
        if others == own:
            continue  # days and months are everybody's
        address = house.address(endpoint, exhibit, **others)
        yield from not_refused(house, house.person(exhibit.role), endpoint, address, NOT_FOUND, words)


def to_other_roles(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong with how a route receives roles that do not hold its permission.

    One door turns all of them away by the permission alone: it is tried by who may most beside it, by who may
    least, and by one more, another at each route, so that over all routes every role is turned away.
    """
    needs = ROUTES[endpoint].needs
    if not isinstance(needs, Permission):
        return
    address = house.address(endpoint, exhibit)
    for role in _turned_away(endpoint, needs):
        yield from not_refused(house, house.person(role), endpoint, address, CLOSED, PEOPLE)


def _turned_away(endpoint: str, needs: Permission) -> set[Role]:
    is_shared = ROUTES[endpoint].shared is not None
    lacking = sorted(
        (role for role in Role if needs not in HOLDS[role] and not (is_shared and role is Role.PARTNER)),
        key=lambda role: len(HOLDS[role]),
    )
    turn = list(ROUTES).index(endpoint)
    return {lacking[0], lacking[-1], lacking[turn % len(lacking)]} if lacking else set()


def to_partners(house: House, endpoint: str, exhibit: Exhibit) -> Iterator[str]:
    """What is wrong with how a page that a share opens receives partners from whom its matter is kept.

    Those whose share has ended, was withdrawn or shows less, and those who never had one, see the same.
    """
    needed = ROUTES[endpoint].shared
    if needed is None:
        return
    for kind in KEPT_FROM:
        if kind == "level" and ShareLevel.EXISTS.opens(needed):
            continue
        address = house.address(endpoint, exhibit)
        yield from not_refused(house, house.partner(kind), endpoint, address, NOT_THERE, SHARED)


def behind_open_doors(house: House, endpoint: str, exhibit: Exhibit) -> str:
    """What the page shows that lies outside the reach of the person who may see it."""
    if endpoint in SECRET_ADDRESSES:
        return ""
    page = house.see(endpoint, exhibit)
    if endpoint in PUBLIC:
        return leaked(page, ALL_PEOPLE)
    if exhibit.role is None:
        return leaked(page, ANYBODY)
    # Whoever sees a page of the force itself has the other BCU within reach, whatever the role.
    is_wide = exhibit.role in FORCE_WIDE or exhibit.code == "force"
    return leaked(page, AWAY) or ("" if is_wide else leaked(page, SISTER))
