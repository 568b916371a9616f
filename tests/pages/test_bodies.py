"""The body of a request: nobody waits for a slow sender, no half is taken, and no form larger than ours."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from http.client import HTTPConnection
from threading import Event
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.accounts.models import Account
from npt.api.actions import make_token
from npt.store.transaction import writing
from npt.webkit.bodies import LARGEST_FORM, MOST_FIELDS
from tests import make
from tests.built_once import built_once
from tests.servers import LiveServer
from tests.visiting import Visitor

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
EMAIL = "manager@force.example"
URL_ENCODED = "application/x-www-form-urlencoded"


@built_once
def manager(session: Session) -> Account:
    force = make.force(session, code="BEDS")
    account = make.account(session, role=Role.MANAGER, unit=force, email=EMAIL)
    session.commit()
    return account


@pytest.fixture
def visitor(app: Flask, manager: Account) -> Visitor:
    """A manager, who has their account page open."""
    signed_in = Visitor(app, EMAIL)
    signed_in.open("/account")
    return signed_in


def token_of(page: TestResponse) -> str:
    """The token against forgery of the forms of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]


# Sent slowly, or in part ------------------------------------------------------------------------------------


class _Body:
    """The body of a request, which says when the application begins to wait for it."""

    def __init__(self, body: IO[bytes], is_awaited: Event) -> None:
        self._body = body
        self._is_awaited = is_awaited

    def read(self, size: int = -1) -> bytes:
        self._is_awaited.set()
        return self._body.read(size)


class _Watched:
    """The application, with an event that is set when it waits for a body."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.is_awaited = Event()

    def __call__(self, environment: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environment["wsgi.input"] = _Body(environment["wsgi.input"], self.is_awaited)
        return self._app(environment, start_response)


#: makes a request: its address, headers and body
Sender = Callable[[Visitor, Session, Account], tuple[str, dict[str, str], str]]


def by_token(visitor: Visitor, session: Session, manager: Account) -> tuple[str, dict[str, str], str]:
    """A push."""
    token = make_token(session, manager, "duty system", now=NOW)
    session.commit()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "1", "Content-Type": "application/json"}
    return "/api/v1/duty", headers, "[          ]"


def by_cookie(visitor: Visitor, session: Session, manager: Account) -> tuple[str, dict[str, str], str]:
    """A form."""
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    headers = {"Cookie": f"session={cookie.value}", "Content-Type": URL_ENCODED}
    return "/account/reminders", headers, f"wanted=yes&csrf_token={token_of(visitor.page)}"


@pytest.mark.parametrize("sends", [by_token, by_cookie])
def test_others_save_while_a_body_is_still_being_sent(
    app: Flask, session: Session, visitor: Visitor, manager: Account, sends: Sender
) -> None:
    address, headers, body = sends(visitor, session, manager)
    watched = _Watched(app)
    with LiveServer(watched) as server:
        slow = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
        slow.putrequest("POST", address)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            slow.putheader(name, value)
        slow.endheaders(body[:5].encode())
        assert watched.is_awaited.wait(60)
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")  # who has to wait fails at once
        session.rollback()
        with writing(session):
            make.team(session, code="T1")
        slow.send(body[5:].encode())
        assert slow.getresponse().status in {200, 303}


def under_gunicorn(visitor: Visitor, body: str, **environment: str) -> TestResponse:
    """The answer to a form as gunicorn hands it over: the body ends where its sender ended it."""
    return visitor.client.post(
        "/account/reminders",
        data=body,
        content_type=URL_ENCODED,
        environ_overrides={"wsgi.input_terminated": True, **environment},
    )


def test_half_a_form_is_not_taken_for_a_whole_one(visitor: Visitor) -> None:
    body = f"csrf_token={token_of(visitor.page)}&wanted=yes"
    assert under_gunicorn(visitor, body).status_code == 303
    assert under_gunicorn(visitor, body, CONTENT_LENGTH=str(len(body) + 1)).status_code == 400


def test_a_form_in_chunks_is_not_cut_off(visitor: Visitor) -> None:
    body = f"csrf_token={token_of(visitor.page)}&wanted="
    in_chunks = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}
    assert under_gunicorn(visitor, body, **in_chunks).status_code == 303
    assert under_gunicorn(visitor, f"{body}{'y' * LARGEST_FORM}", **in_chunks).status_code == 413


# Too much ---------------------------------------------------------------------------------------------------


def url_encoded(count: int, visitor: Visitor) -> str:
    """A form with so many fields, the token against forgery among them."""
    return "&".join([f"csrf_token={token_of(visitor.page)}", *["a=typed"] * (count - 1)])


def in_parts(count: int, visitor: Visitor) -> str:
    """The same, as browsers send files."""
    fields = [("csrf_token", token_of(visitor.page)), *[("a", "typed")] * (count - 1)]
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    )
    return "".join(parts) + "--x--\r\n"


WRITTEN = {URL_ENCODED: url_encoded, "multipart/form-data; boundary=x": in_parts}


def test_as_many_fields_as_any_form_of_ours_has_are_taken(visitor: Visitor) -> None:
    body = url_encoded(MOST_FIELDS, visitor)
    answer = visitor.client.post("/account/reminders", data=body, content_type=URL_ENCODED)
    assert answer.status_code == 303


@pytest.mark.parametrize("media_type", WRITTEN)
@pytest.mark.parametrize("address", ["/sign-in", "/account/reminders", "/units/BEDS/new-unit"])
def test_more_fields_are_too_much(visitor: Visitor, address: str, media_type: str) -> None:
    body = WRITTEN[media_type](MOST_FIELDS + 1, visitor)
    answer = visitor.client.post(address, data=body, content_type=media_type)
    assert answer.status_code == 413
    assert "Send it in smaller parts" in answer.text
    assert "typed" not in answer.text


@pytest.mark.parametrize("media_type", [*WRITTEN, "text/plain"])
def test_a_form_larger_than_any_of_ours_is_too_much(visitor: Visitor, media_type: str) -> None:
    answer = visitor.client.post("/sign-in", data=b"x" * (LARGEST_FORM + 1), content_type=media_type)
    assert answer.status_code == 413
    assert "Send it in smaller parts" in answer.text
