"""The pages of the library: what is filed comes back as a file, and what is refused loses nothing typed."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from npt.access.rules import Role, ShareLevel
from npt.attachments.actions import InfectedFile, Received, receive
from npt.attachments.models import Attachment, AttachmentPart
from npt.attachments.rules import LARGEST, ScanState
from npt.documents.models import Document
from npt.journal.models import Entry
from npt.kit.stamps import Stamp
from npt.matters.models import Matter
from npt.organisation.queries import unit_at
from npt.partners.actions import share_with_agency
from npt.partners.rules import LegalBasis, ShareTerms
from npt.people.models import Grant
from npt.store.transaction import writing
from npt.webkit.bodies import LARGEST_FORM
from tests import make, sent_files
from tests.servers import LiveServer
from tests.visiting import Visitor, plain

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
NEW, LIST = "/units/T1/documents/new", "/units/T1/documents"
TYPED = {
    "title": "Engagement plan",
    "kind": "plan",
    "about": "Whom we meet.",
    "dated_on-day": "2",
    "dated_on-month": "11",
    "dated_on-year": "2026",
    "reaches_down": "yes",
}


@pytest.fixture
def sergeant(app: Flask, session: Session) -> Visitor:
    team = make.team(session, code="T1")
    make.account(session, role=Role.SERGEANT, unit=team, email="sergeant@force.example")
    make.account(session, role=Role.OFFICER, unit=team, email="officer@force.example")
    session.commit()
    return Visitor(app, "sergeant@force.example")


def send(
    visitor: Visitor, address: str, content: bytes, name: str = "plan.txt", **fields: str
) -> TestResponse:
    """Open a form, fill it in with a file, and send it."""
    page = visitor.open(address)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
    sent = {**hidden, **fields, "file": FileStorage(BytesIO(content), name)}
    boundary, body = encode_multipart(sent)  # in memory: the client would leave a temporary file open
    return visitor.client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def filed(visitor: Visitor, content: bytes = b"words", name: str = "plan.txt") -> str:
    """File a document; the address of its page."""
    answer = send(visitor, NEW, content, name, **TYPED)
    assert answer.status_code == 303, plain(answer.text)
    return answer.location


@pytest.mark.parametrize("typed", ["doc-{}", "DOC {}", "doc {}", "doc{}", " DOC-{}"])
def test_a_document_is_found_by_its_reference_however_it_is_typed(sergeant: Visitor, typed: str) -> None:
    page = filed(sergeant)
    words = typed.format(page.rpartition("-")[2])
    assert sergeant.open(f"/documents/{words}").location.startswith("/units/T1/documents/")
    assert sergeant.open(f"{LIST}/{words}").status_code == 200
    assert f'href="{page}"' in sergeant.open(f"/search?q={words}").text


# Filed and taken out ----------------------------------------------------------------------------------------


def test_a_document_is_filed_and_its_file_comes_back_as_it_was(sergeant: Visitor) -> None:
    content = bytes(range(32, 127)) * 6_000
    page = sergeant.open(filed(sergeant, content, "Café plan.txt"))
    assert "“Engagement plan” is in the library as DOC-" in plain(page.text)
    assert "Not scanned for viruses" in page.text
    answer = sergeant.open(f"{page.request.path}/versions/1")
    assert answer.data == content
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Cafe plan.txt";')
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_journal_says_who_took_a_file_out(sergeant: Visitor, session: Session) -> None:
    page = filed(sergeant)
    sergeant.open(f"{page}/versions/1")
    acts = session.scalars(select(Entry.act).where(Entry.change == "viewed")).all()
    assert acts[-1] == f"take out {page.rpartition('/')[2]} version 1"


def test_a_picture_with_a_wrong_ending_is_kept_with_the_right_one_and_that_is_said(sergeant: Visitor) -> None:
    page = sergeant.open(filed(sergeant, sent_files.picture("PNG"), "photo.pdf"))
    assert "“photo.pdf” is kept as “photo.png”: that is what it holds (PNG picture)." in plain(page.text)
    assert "Download photo.png" in plain(page.text)


def test_a_new_version_is_offered_first_and_the_old_one_stays(sergeant: Visitor) -> None:
    page = filed(sergeant)
    saved = send(sergeant, f"{page}/new-version", b"new words", changes="The figures.")
    assert saved.status_code == 303
    shown = plain(sergeant.open(page).text)
    assert shown.index("Version 2") < shown.index("The figures.") < shown.index("Version 1")
    assert sergeant.open(f"{page}/versions/2").data == b"new words"
    assert sergeant.open(f"{page}/versions/1").data == b"words"
    assert sergeant.open(f"{page}/versions/3").status_code == 404


def test_a_withdrawn_document_takes_no_new_version_and_says_what_to_do(sergeant: Visitor) -> None:
    page = filed(sergeant)
    assert sergeant.send(f"{page}/withdraw", last_on="16 11 2026", why="Replaced.").status_code == 303
    assert sergeant.open(f"{page}/new-version").location == page
    assert "put it back into the library before you add a version" in plain(sergeant.open(page).text)


def test_of_two_who_add_a_version_at_once_the_second_is_told_and_keeps_their_words(sergeant: Visitor) -> None:
    address = f"{filed(sergeant)}/new-version"
    version = re.findall(r'name="version" value="(\d+)"', sergeant.open(address).text)
    assert send(sergeant, address, b"first", changes="The first.").status_code == 303
    page = sergeant.open(address)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)
    late = {"csrf_token": token[0], "version": version[0], "changes": "The second."}
    refused = sergeant.client.post(address, data={**late, "file": (BytesIO(b"second"), "plan.txt")})
    assert refused.status_code == 409
    assert "Somebody else changed this" in plain(refused.text)
    assert "The second." in refused.text
    assert "Choose “plan.txt” again" in plain(refused.text)


def test_the_library_is_looked_through_by_kind_words_and_state(sergeant: Visitor) -> None:
    page = filed(sergeant)
    assert "Engagement plan" in sergeant.open(f"{LIST}?words=meet&kind=plan").text
    assert "No document matches" in sergeant.open(f"{LIST}?kind=minutes").text
    assert "No document matches" in sergeant.open(f"{LIST}?show=due").text
    gone = sergeant.send(f"{page}/withdraw", last_on="16 11 2026", why="Replaced.")
    assert gone.status_code == 303
    assert "No document matches" in sergeant.open(LIST).text
    assert "withdrawn on 16 November 2026" in sergeant.open(f"{LIST}?show=withdrawn").text
    assert "Withdrawn on 16 November 2026: Replaced." in sergeant.open(page).text
    assert sergeant.fill(f"{page}/put-back").status_code == 303
    assert "Engagement plan" in sergeant.open(LIST).text


def test_search_finds_a_document_by_its_title_and_by_its_reference(sergeant: Visitor) -> None:
    page = filed(sergeant)
    for words in ("engagement", page.rpartition("/")[2]):
        assert f'href="{page}"' in sergeant.open(f"/search?q={words}").text


def test_whoever_only_reads_is_offered_nothing_else(app: Flask, sergeant: Visitor) -> None:
    page = filed(sergeant)
    officer = Visitor(app, "officer@force.example")
    shown = officer.open(page).text
    assert "Download plan.txt" in plain(shown)
    assert "Withdraw" not in shown
    assert officer.open(f"{page}/versions/1").data == b"words"
    assert officer.open(NEW).status_code == 403


# Refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "plan.pdf", "“plan.pdf” was not kept: it is empty"),
        (b"<svg/>", "../plan.png", "“plan.png” was not kept: web pages and SVG drawings can hold scripts"),
        (b"MZ\x00\x01", "x" * 300, "it is a program or a script"),
        (sent_files.PDF + bytes(LARGEST), "plan.pdf", "it has more than 10 MB"),
    ],
)
def test_nothing_typed_is_lost_beside_a_file_that_is_refused(
    sergeant: Visitor, session: Session, content: bytes, name: str, words: str
) -> None:
    refused = send(sergeant, NEW, content, name, **TYPED)
    assert refused.status_code == 422
    assert words in plain(refused.text)
    assert 'value="Engagement plan"' in refused.text
    assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_file_that_was_sound_has_to_be_chosen_again_and_that_is_said(sergeant: Visitor) -> None:
    refused = send(sergeant, NEW, b"words", **{**TYPED, "title": ""})
    assert "Choose “plan.txt” again: a browser does not keep a file." in plain(refused.text)


def test_the_same_file_is_refused_beside_its_control(sergeant: Visitor) -> None:
    filed(sergeant)
    refused = send(sergeant, NEW, b"words", **TYPED)
    assert "This very file is in the library" in plain(refused.text)
    assert 'href="#file"' in refused.text


HUGE = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": "100000000"}


class _Endless:
    """A body that goes on and on, and counts what is read of it."""

    def __init__(self, beginning: bytes) -> None:
        self._beginning, self.taken = BytesIO(beginning), 0

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= LARGEST_FORM, "all of a body was asked for that is too large"
        some = self._beginning.read(size) or b"x" * size
        self.taken += len(some)
        return some


def test_of_a_file_of_100_megabytes_hardly_anything_is_read_and_nothing_typed_is_lost(
    sergeant: Visitor, session: Session
) -> None:
    page = sergeant.open(NEW)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
    fields = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**hidden, **TYPED}.items()
    )
    head = '--b\r\nContent-Disposition: form-data; name="file"; filename="film.pdf"\r\n\r\n%PDF-'
    body = _Endless(f"{fields}{head}".encode())
    refused = sergeant.client.post(
        NEW,
        environ_overrides={**HUGE, "wsgi.input": body},
    )
    assert body.taken <= LARGEST_FORM
    assert refused.status_code == 422
    assert "The file has more than 10 MB: choose a smaller one." in plain(refused.text)
    assert 'value="Engagement plan"' in refused.text
    assert refused.headers["Connection"] == "close"
    assert session.scalar(select(func.count()).select_from(Attachment)) == 0


@pytest.mark.parametrize("body", [b"no form at all", b"--b\r\n\r\n", b""])
def test_100_megabytes_of_anything_else_are_too_much(sergeant: Visitor, body: bytes) -> None:
    answer = sergeant.client.post(
        NEW,
        environ_overrides={**HUGE, "wsgi.input": _Endless(body)},
    )
    assert answer.status_code == 413


def test_half_a_file_is_not_taken_for_a_whole_one(sergeant: Visitor) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords'
    answer = sergeant.client.post(
        NEW,
        input_stream=BytesIO(body),
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": "2000"},
    )
    assert answer.status_code == 400


def test_others_save_while_a_file_is_slowly_sent(app: Flask, sergeant: Visitor, session: Session) -> None:
    page = sergeant.open(NEW)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    cookie = sergeant.client.get_cookie("session")
    assert cookie is not None
    head = f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = f"{head}{file}{'x' * 3_000_000}\r\n--b--\r\n".encode()
    with LiveServer(app) as server:
        slow = HTTPConnection(urlsplit(server.url).netloc, timeout=60)
        slow.putrequest("POST", NEW)
        slow.putheader("Cookie", f"session={cookie.value}")
        slow.putheader("Content-Type", "multipart/form-data; boundary=b")
        slow.putheader("Content-Length", str(len(body)))
        slow.endheaders(body[:2_000_000])
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")  # who has to wait fails at once
        session.rollback()
        with writing(session):
            make.team(session, code="T2")
        slow.send(body[2_000_000:])
        assert slow.getresponse().status == 422


def test_nobody_waits_while_a_file_is_looked_at(
    app: Flask, sergeant: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(name: str, content: bytes) -> object:
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 0")
        session.rollback()
        with writing(session):
            make.team(session, code="T2")
        return receive(name, content, scanner=None)

    monkeypatch.setitem(app.extensions, "npt_doors", replace(app.extensions["npt_doors"], examine=slow))
    assert send(sergeant, NEW, b"words", **TYPED).status_code == 303


def test_nothing_of_a_file_is_held_once_its_request_is_answered(
    app: Flask, sergeant: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Received] = []

    def kept_an_eye_on(name: str, content: bytes) -> object:
        made.append(receive(name, content, scanner=None))
        return made[-1]

    doors = replace(app.extensions["npt_doors"], examine=kept_an_eye_on)
    monkeypatch.setitem(app.extensions, "npt_doors", doors)
    assert send(sergeant, NEW, b"words", **TYPED).status_code == 303
    assert send(sergeant, NEW, b"other words", **{**TYPED, "title": ""}).status_code == 422
    assert [each.content for each in made] == [b"", b""]


def test_nothing_is_looked_at_that_somebody_sends_who_may_not(
    app: Flask, sergeant: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    doors = replace(app.extensions["npt_doors"], examine=lambda name, _: looked.append(name))
    monkeypatch.setitem(app.extensions, "npt_doors", doors)
    officer = Visitor(app, "officer@force.example")
    page = officer.open("/account")
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[0]
    sent = {"csrf_token": token, "file": (BytesIO(b"words"), "a.txt")}
    assert officer.client.post(NEW, data=sent).status_code == 403
    assert looked == []


# A disk that is full ----------------------------------------------------------------------------------------


def test_a_full_disk_is_said_and_leaves_nothing_half_kept(
    sergeant: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    from npt.attachments.actions import keeping

    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise OperationalError("INSERT", {}, error)

    monkeypatch.setattr(keeping, "insert", full)
    refused = send(sergeant, NEW, b"words", **TYPED)
    assert refused.status_code == 503
    assert "The system’s disk is full" in refused.text.replace("&#39;", "’").replace("'", "’")
    for table in (Document, Attachment, AttachmentPart):
        assert session.scalar(select(func.count()).select_from(table)) == 0


# Scanned ----------------------------------------------------------------------------------------------------


def test_an_infected_file_is_refused_and_nothing_typed_is_lost(
    app: Flask, sergeant: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def infected(name: str, _content: bytes) -> object:
        raise InfectedFile(f"“{name}” was not kept: the virus scanner found Sign in it.")

    doors = replace(app.extensions["npt_doors"], examine=infected)
    monkeypatch.setitem(app.extensions, "npt_doors", doors)
    refused = send(sergeant, NEW, b"words", **TYPED)
    assert refused.status_code == 422
    assert "“plan.txt” was not kept: the virus scanner found Sign in it." in plain(refused.text)
    assert 'value="Engagement plan"' in refused.text


@pytest.fixture
def in_state(sergeant: Visitor, session: Session) -> Callable[[ScanState], str]:
    """A document whose file is in a state; the address of its page."""

    def made(state: ScanState) -> str:
        page = filed(sergeant)
        with writing(session):
            session.scalars(select(Attachment)).one().scan = state
        return page

    return made


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            ScanState.WAITING,
            "Waiting for the virus scan It can be downloaded once the virus scanner has answered.",
        ),
        (ScanState.INFECTED, "Infected It can never be downloaded."),
    ],
)
def test_a_file_in_quarantine_is_not_given_out_and_the_page_says_why(
    sergeant: Visitor, in_state: Callable[[ScanState], str], state: ScanState, words: str
) -> None:
    page = in_state(state)
    shown = sergeant.open(page)
    assert words in plain(shown.text)
    assert "/versions/1" not in shown.text.replace("/versions/1/remove", "")
    assert sergeant.open(f"{page}/versions/1").status_code == 404


def test_whoever_added_an_infected_file_is_told_and_removes_it(
    app: Flask, sergeant: Visitor, in_state: Callable[[ScanState], str], session: Session
) -> None:
    page = in_state(ScanState.INFECTED)
    told = "A file that you added is infected: Engagement plan"
    assert told in plain(sergeant.open("/").text)
    assert told not in plain(Visitor(app, "officer@force.example").open("/").text)
    sergeant.open(page)
    assert sergeant.fill(f"{page}/versions/1/remove").status_code == 303
    assert "The file was removed." in plain(sergeant.open(page).text)
    assert told not in plain(sergeant.open("/").text)
    assert session.scalar(select(func.count()).select_from(AttachmentPart)) == 0


# Handed over ------------------------------------------------------------------------------------------------


def test_a_document_is_handed_over_and_its_shares_are_to_be_confirmed_there(
    app: Flask, session: Session, sergeant: Visitor
) -> None:
    address = filed(sergeant)
    matter = session.scalars(select(Matter)).one()
    first, second = unit_at(session, "T1"), make.team(session, code="T2")
    assert first is not None
    both = make.account(session, role=Role.MANAGER, unit=first, email="both@force.example")
    session.add(Grant(account_id=both.id, unit_id=second.id, role=Role.MANAGER))
    share = share_with_agency(
        session,
        matter=matter,
        agency=make.agency(session),
        level=ShareLevel.FULL,
        terms=ShareTerms("Joint work", LegalBasis.CRIME_AND_DISORDER, date(2026, 12, 24)),
        stamp=Stamp(both.id, NOW),
    )
    session.commit()
    refused = sergeant.send(f"{address}/hand-over", unit="T2")
    assert "You cannot hand it over to T2" in plain(refused.text)
    manager = Visitor(app, "both@force.example")
    assert "has it already" in plain(manager.send(f"{address}/hand-over", unit="T1").text)
    assert manager.send(f"{address}/hand-over", unit="T2").status_code == 303
    assert manager.open(address.replace("/T1/", "/T2/")).status_code == 200
    assert manager.open(address).status_code == 404
    session.refresh(share)
    assert share.confirm_by is not None
