"""The furnished world served, and people of every role who visit it."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.accounts.actions import existing_account
from npt.api.actions import make_token, note_use
from npt.api.queries import tokens_of
from npt.store.transaction import writing
from npt.webkit.extensions import db
from npt.webkit.pages import ROUTES
from npt.webkit.problems import PREFIX
from tests import make
from tests.house.markup import Kind, kinds_drawn
from tests.pages.furnished import NOW, TODAY, Furnished, Shown
from tests.pages.gallery import GALLERY, Exhibit

#: Routes that answer with something else than a page: nothing to look at, but doors and words all the same.
FILES = {
    endpoint
    for endpoint in GALLERY
    if endpoint.startswith("api.") or endpoint.endswith(("_csv", "_xlsx", "_json"))
} | {
    "overview.alive",
    "packs.pack",
    "overview.ready",
    "rostering.calendar",
    "documents.file",
    "documents.referred_file",
    "problems.evidence_file",
    "phone.worker",
    "places.locate",
    "staffing.picture",
}

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@dataclass
class Person:
    """Somebody at a browser, or their program: signed in, or nobody in particular."""

    client: FlaskClient
    role: Role | None
    email: str
    #: what their forms carry against forgery
    token: str
    #: what their program shows
    bearer: str = ""

    def get(self, address: str) -> TestResponse:
        """Open a page, or ask as a program where programs ask."""
        return self.client.get(address, headers=self._shown_at(address))

    def post(self, address: str, fields: Mapping[str, Any] | None = None) -> TestResponse:
        """Send a form that came from a page of ours, so that its token is right; or push no rows."""
        if address.startswith(PREFIX):
            headers = {**self._shown_at(address), "Idempotency-Key": str(uuid.uuid4())}
            return self.client.post(address, json=[], headers=headers)
        return self.client.post(address, data={"csrf_token": self.token, **(fields or {})})

    def _shown_at(self, address: str) -> dict[str, str]:
        is_program = address.startswith(PREFIX) and self.bearer
        return {"Authorization": f"Bearer {self.bearer}"} if is_program else {}


@dataclass
class House:
    """One application on one furnished database. Its people are signed in once and stay."""

    app: Flask
    places: Furnished
    #: the last entry of the journal that was counted, and how many changes there were by then
    counted: tuple[int, int] = (0, 0)
    _people: dict[tuple[str, Role | None], Person] = field(default_factory=dict)
    _partners: dict[str, Person] = field(default_factory=dict)
    #: what was opened, by the person's email address and where
    _opened: dict[tuple[str, str], TestResponse] = field(default_factory=dict)

    def person(self, role: Role | None, force: str = "home") -> Person:
        """The one account of `role` in a force (home, away); nobody in particular without a role."""
        if (force, role) not in self._people:
            email = "" if role is None else f"{role.value}@{force}.example"
            self._people[force, role] = self.arrive(email, role)
        return self._people[force, role]

    def partner(self, kind: str) -> Person:
        """The partner of the home force from whom its first matter is kept in one way: see `KEPT_FROM`."""
        if kind not in self._partners:
            self._partners[kind] = self.arrive(f"{kind}@home.example", Role.PARTNER)
        return self._partners[kind]

    def newcomer(self) -> Person:
        """Somebody who has just opened the sign-in page."""
        return self.arrive("")

    def arrive(self, email: str, role: Role | None = None) -> Person:
        """The person of this address, who has signed in; without one, nobody in particular."""
        person = Person(self.app.test_client(), role, email, "")
        person.token = _token_in(person.get("/sign-in"))
        if email:
            answer = person.post("/sign-in", {"email": email, "password": make.PASSWORD})
            assert answer.status_code == 303, f"{email} could not sign in: {answer.text}"
            person.token = _token_in(person.get("/account"))
            person.bearer = self._bearer_of(email)
        return person

    def _bearer_of(self, email: str) -> str:
        """A token for the person's program, which has been used today."""
        with self.app.app_context(), writing(db.session()) as session:
            account = existing_account(session, email)
            bearer = make_token(session, account, "house", now=NOW)
            note_use(session, tokens_of(session, account.id)[0].id, TODAY)
            return bearer

    @property
    def addresses(self) -> MapAdapter:
        """What turns endpoints into addresses and back."""
        return self.app.url_map.bind("localhost")

    def address(self, endpoint: str, exhibit: Exhibit, at: Shown | None = None, **other: object) -> str:
        """Where the page of `exhibit` is, at home or in another place; `other` replaces arguments."""
        place = at or self.places.home
        arguments = {
            name: getattr(place, exhibit.code or "" if name == ROUTES[endpoint].within else name)
            for name in arguments_of(self.app, endpoint)
        }
        return self.addresses.build(endpoint, {**arguments, **other, **exhibit.query})

    def see(self, endpoint: str, exhibit: Exhibit) -> TestResponse:
        """The page of the exhibit, as the person who is to see it saw it first."""
        return self.open(self.person(exhibit.role), self.address(endpoint, exhibit))

    def open(self, person: Person, address: str) -> TestResponse:
        """What stands at an address, as the person saw it first."""
        if (person.email, address) not in self._opened:
            self._opened[person.email, address] = person.get(address)
        return self._opened[person.email, address]

    def see_again(self, endpoint: str, exhibit: Exhibit) -> TestResponse:
        """The page of the exhibit as it is now."""
        return self.person(exhibit.role).get(self.address(endpoint, exhibit))

    def telling(self, endpoint: str) -> list[Exhibit]:
        """The fewest exhibits of a page that together draw every kind of element that it is seen with.

        For what takes long to look at: what differs in words and figures alone is seen once.
        """
        drawn = {
            number: kinds_drawn(self.see(endpoint, exhibit).text)
            for number, exhibit in enumerate(GALLERY[endpoint])
        }
        chosen, unseen = list[int](), frozenset[Kind]().union(*drawn.values())
        while unseen:
            chosen.append(max(drawn, key=lambda number: len(drawn[number] & unseen)))
            unseen -= drawn[chosen[-1]]
        return [GALLERY[endpoint][number] for number in chosen]


def arguments_of(app: Flask, endpoint: str) -> set[str]:
    """The names of the arguments in the address of a route; a program names the place in its question."""
    (rule,) = app.url_map.iter_rules(endpoint)
    within = ROUTES[endpoint].within
    return set(rule.arguments) | ({within} if within else set())


def exhibits(method: str = "GET") -> list[ParameterSet]:
    """Every exhibit of a route that answers `method`, as parameters of a test, named by what is seen."""
    return [
        pytest.param(endpoint, exhibit, id=f"{endpoint} {exhibit}")
        for endpoint, shown in GALLERY.items()
        for exhibit in shown
        if endpoint in ROUTES and method in ROUTES[endpoint].methods
    ]


def page_endpoints() -> list[str]:
    """The routes that answer with pages, for people to look at."""
    return list(dict.fromkeys(str(each.values[0]) for each in pages()))


def pages() -> list[ParameterSet]:
    """The exhibits that are pages, for people to look at."""
    return [each for each in exhibits() if each.values[0] not in FILES]


def _token_in(page: TestResponse) -> str:
    found = _TOKEN.search(page.text)
    assert found is not None, f"there is no form on {page.request.path}: {page.text}"
    return found[1]
