"""The pages that give back what was typed when it could not be saved."""

from html.parser import HTMLParser

import pytest
from flask import Flask, render_template

from npt.webkit.parts import Version
from tests.pages.style_guide import style_guide

TYPED = [("reason", "event"), ("note", "one\ntwo <b>"), ("password", "secret"), ("submission_key", "k1")]


class Inputs(HTMLParser):
    """Collects the hidden inputs of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given["name"] is not None:
            self.sent[given["name"]] = given.get("value") or ""


@pytest.fixture(scope="module")
def site() -> Flask:
    return style_guide()


@pytest.fixture
def resend(site: Flask) -> str:
    with site.test_request_context("/"):
        return render_template(
            "webkit/resend.html",
            heading="Check this",
            lead="Nothing was saved.",
            typed=TYPED,
            told=None,
            address="/teams/JN1",
            saved_href="",
        )


def test_what_was_typed_is_sent_again_exactly(resend: str) -> None:
    inputs = Inputs()
    inputs.feed(resend)
    assert {name: inputs.sent[name] for name in ("reason", "note", "submission_key")} == {
        "reason": "event",
        "note": "one\ntwo <b>",
        "submission_key": "k1",
    }


def test_what_was_typed_is_shown_before_it_is_sent_again(resend: str) -> None:
    assert "<bdi>event</bdi>" in resend
    assert "<bdi>one\ntwo &lt;b&gt;</bdi>" in resend


def test_what_the_person_never_saw_is_not_shown(resend: str) -> None:
    assert "<bdi>k1</bdi>" not in resend


def test_a_password_is_not_given_back(resend: str) -> None:
    assert "secret" not in resend


def test_a_stale_record_shows_both_versions_and_marks_what_differs(site: Flask) -> None:
    yours = Version("Yours, not saved", "Typed just now", (("Reason", "Event", True), ("Note", "", True)))
    theirs = Version("Theirs, saved", "Today", (("Reason", "Custody", True), ("Note", "By six", True)))
    with site.test_request_context("/"):
        page = render_template(
            "webkit/stale.html", yours=yours, theirs=theirs, address="/save", fields="", back_href="/keep"
        )
    assert page.count("differs") == 4
    assert "<bdi>Event</bdi>" in page
    assert "<bdi>Custody</bdi>" in page
    assert "left blank" in page
    assert 'action="/save"' in page
    assert 'href="/keep"' in page
