"""What everybody is told while the database cannot be asked: pages and programs, signed in or not."""

import json
import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from npt.factory import create_app
from npt.settings import Settings
from npt.store import transaction
from tests.house.test_headers import unprotected

SITE = "https://npt.example"


def stopped_server(_folder: Path) -> str:
    """A database server that does not run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"postgresql+psycopg://npt@127.0.0.1:{free.getsockname()[1]}/npt"


def unreadable_file(folder: Path) -> str:
    """A file that the system does not let us read."""
    (folder / "npt.sqlite3").mkdir()
    return f"sqlite:///{folder / 'npt.sqlite3'}"


def spoilt_file(folder: Path) -> str:
    """A file that holds no database any more."""
    (folder / "npt.sqlite3").write_bytes(b"no database " * 1000)
    return f"sqlite:///{folder / 'npt.sqlite3'}"


AWAY: list[Callable[[Path], str]] = [stopped_server, unreadable_file, spoilt_file]


def visitors(settings: Settings) -> tuple[FlaskClient, FlaskClient]:
    """Somebody who is signed in, as far as their cookie says, and a stranger; of the product itself."""
    app = create_app(replace(settings, is_testing=False))
    signed_in = app.test_client()
    with signed_in.session_transaction(base_url=SITE) as cookie:
        cookie["_user_id"] = "a token"
    return signed_in, app.test_client()


@pytest.fixture(params=AWAY, ids=lambda way: str(way.__name__))
def clients(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path
) -> tuple[FlaskClient, FlaskClient]:
    """Two visitors of a product whose database is away."""
    return visitors(replace(settings, database_url=request.param(tmp_path)))


def test_every_page_is_our_own_page_with_its_headers(clients: tuple[FlaskClient, FlaskClient]) -> None:
    signed_in, stranger = clients
    asked = [(signed_in, address) for address in ("/", "/account", "/units/BEDS", "/nowhere", "/readyz")]
    asked += [(stranger, address) for address in ("/sign-in", "/nowhere", "/readyz")]
    answers = [client.get(address, base_url=SITE) for client, address in asked]
    answers.append(signed_in.post("/account", base_url=SITE))
    for answer in answers:
        assert answer.status_code == 503
        assert "The records cannot be reached</h1>" in answer.text
        assert "Safer neighbourhoods" in answer.text
        assert unprotected(answer) == []


def test_a_program_is_told_in_its_own_shape(clients: tuple[FlaskClient, FlaskClient]) -> None:
    answer = clients[1].get("/api/v1/units", base_url=SITE, headers={"Authorization": "Bearer npt_x"})
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    assert json.loads(answer.text)["title"] == "The records cannot be reached"


def test_the_process_says_that_it_lives_without_asking_the_database(
    clients: tuple[FlaskClient, FlaskClient],
) -> None:
    for client in clients:
        assert client.get("/healthz", base_url=SITE).text == "ok\n"


@pytest.fixture
def locked(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database that somebody else holds for longer than anybody waits."""
    monkeypatch.setattr(transaction, "BUSY_TIMEOUT", 20)
    holder = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    yield database_url
    holder.close()


def test_a_database_that_is_held_by_somebody_else_is_busy(locked: str, settings: Settings) -> None:
    for client in visitors(replace(settings, database_url=locked)):
        answer = client.get("/readyz", base_url=SITE)
        assert (answer.status_code, unprotected(answer)) == (503, [])
        assert "The system is busy</h1>" in answer.text
