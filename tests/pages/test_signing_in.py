"""Signing in and out as a person meets it, one's own account, and what was sent after a session had ended."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from npt.access.rules import Role
from npt.accounts import actions
from npt.accounts.models import Account, KeptPost, SignInSession
from npt.factory import create_app
from npt.organisation.models import Unit
from npt.settings import Settings
from npt.store.transaction import writing
from tests import make
from tests.built_once import built_once
from tests.visiting import plain

EMAIL = "admin@force.example"
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


class Visitor:
    """One person's browser: it keeps its cookie and sends the token of the last form it saw."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.token = ""

    def get(self, address: str) -> TestResponse:
        """Open a page."""
        return self._seen(self.client.get(address))

    def send(self, address: str, **fields: object) -> TestResponse:
        """Send a form. Names that Python cannot spell are given as day__month for day-month."""
        spelt = {name.replace("__", "-"): value for name, value in fields.items()}
        return self._seen(self.client.post(address, data={"csrf_token": self.token, **spelt}))

    def sign_in(self, email: str = EMAIL, password: str = make.PASSWORD, then: str = "") -> TestResponse:
        """Open the sign-in page and sign in."""
        address = "/sign-in" + (f"?next={then}" if then else "")
        self.get(address)
        return self.send(address, email=email, password=password)

    def send_again(self, page: TestResponse, button: str = "Save it now") -> TestResponse:
        """Press this button on the page of what was kept, or given back."""
        form = re.search(rf'<form method="post" action="([^"]+)">(.*?){button}', page.text, re.DOTALL)
        assert form is not None, page.text
        shown = re.findall(r'name="([^"]+)" value="([^"]*)"', form[2])
        fields = {name: unescape(value) for name, value in shown}
        return self.client.post(form[1], data=fields)

    def _seen(self, answer: TestResponse) -> TestResponse:
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer


def new_unit(visitor: Visitor, code: str = "C") -> dict[str, str]:
    """The form that opens a BCU, filled in as a person would."""
    page = visitor.get("/units/BEDS/new-unit")
    key = re.search(r'name="submission_key" value="([^"]+)"', page.text)
    assert key is not None, page.text
    return {
        "submission_key": key[1],
        "code": code,
        "name": "Luton & district",
        "opened_on__day": "1",
        "opened_on__month": "4",
        "opened_on__year": "2008",
    }


def sign_out(visitor: Visitor) -> None:
    """Sign out by the button of a page."""
    visitor.get("/account")
    visitor.send("/sign-out")


def end_sessions(session: Session) -> None:
    """The time of every session runs out."""
    with writing(session):
        session.execute(update(SignInSession).values(expires_at=SignInSession.started_at))


def units(session: Session) -> list[str]:
    """The codes of all units."""
    session.rollback()
    found = list(session.scalars(select(Unit.code).order_by(Unit.code)))
    session.rollback()
    return found


def kept(session: Session) -> list[int]:
    """The keys of all kept posts."""
    session.rollback()
    found = list(session.scalars(select(KeptPost.id)))
    session.rollback()
    return found


@built_once
def admin(session: Session) -> Account:
    """An administrator of the force BEDS; a second person is manager@force.example."""
    with writing(session):
        force = make.force(session, code="BEDS")
        account = make.account(session, role=Role.ADMIN, unit=force, email=EMAIL, name="Admin")
        make.account(session, role=Role.MANAGER, unit=force, email="manager@force.example")
    return account


@pytest.fixture
def visitor(app: Flask, admin: Account) -> Visitor:
    return Visitor(app)


# Signing in -------------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_led_to_sign_in_and_then_to_what_they_wanted(visitor: Visitor) -> None:
    asked = visitor.get("/units/BEDS/new-unit?a=b")
    assert asked.location == "/sign-in?next=/units/BEDS/new-unit?a%3Db"
    visitor.get(asked.location)
    answer = visitor.send(asked.location, email=EMAIL, password=make.PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/units/BEDS/new-unit?a=b")
    assert visitor.get("/account").status_code == 200


@pytest.mark.parametrize(
    "target", ["//evil.example", "////evil.example", "/\\evil.example", "https://evil.example"]
)
def test_signing_in_never_leads_to_another_site(visitor: Visitor, target: str) -> None:
    assert visitor.sign_in(then=target).location == "/"
    assert visitor.get(f"/sign-in?next={target}").location == "/"


def test_a_wrong_password_is_refused_beside_the_field_and_not_shown_again(visitor: Visitor) -> None:
    answer = visitor.sign_in(password="not the password")
    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert "is wrong: check both" in answer.text
    assert f'value="{EMAIL}"' in answer.text
    assert "not the password" not in answer.text


def test_failures_are_remembered_from_page_to_page_until_tries_are_refused(visitor: Visitor) -> None:
    statuses = [visitor.sign_in(password="not the password").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert "try again at" in visitor.sign_in().text


def test_a_browser_that_signed_in_before_is_spared_and_a_copied_name_without_our_seal_is_not(
    app: Flask, visitor: Visitor
) -> None:
    visitor.sign_in()
    sign_out(visitor)
    sealed = visitor.client.get_cookie("browser")
    assert sealed is not None
    assert EMAIL not in sealed.value
    stranger, forger = Visitor(app), Visitor(app)
    forger.client.set_cookie("browser", sealed.value[:-4] + "AAAA")
    assert [stranger.sign_in(password="a guess").status_code for _ in range(6)] == [422] * 5 + [429]
    assert forger.sign_in().status_code == 429
    assert visitor.sign_in().status_code == 303


def test_the_cookie_by_which_a_browser_is_known_outlives_signing_out_and_knows_every_account_of_the_desk(
    app: Flask, visitor: Visitor
) -> None:
    emails = (EMAIL, "manager@force.example")
    for email in emails:
        visitor.sign_in(email=email)
        sign_out(visitor)
    for email in emails:
        stranger = Visitor(app)
        for _ in range(5):
            stranger.sign_in(email=email, password="a guess")
        assert visitor.sign_in(email=email).status_code == 303
        sign_out(visitor)


def test_a_forged_sign_in_is_refused(visitor: Visitor) -> None:
    visitor.token = "forged"
    assert visitor.send("/sign-in", email=EMAIL, password=make.PASSWORD).status_code == 400
    assert visitor.get("/account").status_code == 303


def test_what_a_stranger_sends_is_never_shown_to_them(app: Flask, visitor: Visitor) -> None:
    stranger = Visitor(app)
    for address in ("/sign-in", "/sign-out", "/units/BEDS/new-unit"):
        answer = stranger.send(address, name="Typed by a stranger")
        assert (answer.status_code, "Typed by" in answer.text) in {(400, False), (303, False)}
    assert "nothing was saved or kept" in stranger.get("/sign-in").text


def test_a_stranger_is_not_given_back_a_book(visitor: Visitor) -> None:
    answer = visitor.sign_in(email="x" * 400_000)
    assert answer.status_code == 422
    assert len(answer.data) < 20_000


def test_a_cookie_planted_before_signing_in_opens_nothing_afterwards(app: Flask, visitor: Visitor) -> None:
    visitor.get("/sign-in")
    planted = visitor.client.get_cookie("session")
    assert planted is not None
    with visitor.client.session_transaction() as cookie:
        cookie["planted"] = "value"
    visitor.send("/sign-in", email=EMAIL, password=make.PASSWORD)
    with visitor.client.session_transaction() as cookie:
        assert "planted" not in cookie
    other = app.test_client()
    other.set_cookie("session", planted.value)
    assert other.get("/account").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_of_plain_http(
    settings: Settings, admin: Account
) -> None:
    product = create_app(replace(settings, is_testing=False))
    answer = product.test_client().get("/sign-in", base_url="https://npt.example")
    cookie = answer.headers["Set-Cookie"]
    assert [word for word in ("Secure", "HttpOnly", "SameSite=Lax") if word not in cookie] == []


def test_signing_in_as_somebody_else_ends_the_session_before(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in()
    before = visitor.client.get_cookie("session")
    assert before is not None
    visitor.get("/account")
    visitor.send("/sign-in", email="manager@force.example", password=make.PASSWORD)
    assert "manager@force.example" in visitor.get("/account").text
    copy = app.test_client()
    copy.set_cookie("session", before.value)
    assert copy.get("/account").status_code == 303


# The end of a session ---------------------------------------------------------------------------------------


def test_a_form_opened_before_signing_in_anew_is_shown_to_be_sent_again(
    session: Session, visitor: Visitor
) -> None:
    visitor.sign_in()
    fields, token = new_unit(visitor), visitor.token
    visitor.sign_in()
    visitor.token = token
    answer = visitor.send("/units/BEDS/new-unit", **fields)
    assert answer.status_code == 400
    assert "<bdi>Luton &amp; district</bdi>" in answer.text
    saved = visitor.send("/units/BEDS/new-unit", **fields)
    assert (saved.status_code, units(session)) == (303, ["BEDS", "C"])


def test_a_form_that_is_changed_after_going_back_is_told_and_saved_on_purpose(
    session: Session, visitor: Visitor
) -> None:
    visitor.sign_in()
    fields = new_unit(visitor)
    first = visitor.send("/units/BEDS/new-unit", **fields)
    told = visitor.send("/units/BEDS/new-unit", **fields | {"code": "D", "name": "Dunstable"})
    assert (told.status_code, units(session)) == (409, ["BEDS", "C"])
    assert "You have already sent this form" in told.text
    assert "<bdi>Dunstable</bdi>" in told.text
    assert f'href="{first.location}"' in told.text
    visitor.send_again(told, "Save this as well")
    visitor.send_again(told, "Save this as well")
    assert units(session) == ["BEDS", "C", "D"]


def test_a_double_click_makes_one_record_and_leads_where_the_first_did(
    session: Session, visitor: Visitor
) -> None:
    visitor.sign_in()
    fields = new_unit(visitor)
    first = visitor.send("/units/BEDS/new-unit", **fields)
    second = visitor.send("/units/BEDS/new-unit", **fields)
    assert (second.status_code, second.location, units(session)) == (303, first.location, ["BEDS", "C"])


def test_a_form_that_another_person_sent_at_the_same_desk_is_told_and_not_where_it_led(
    session: Session, visitor: Visitor
) -> None:
    with writing(session):
        force = session.scalars(select(Unit)).one()
        make.account(session, role=Role.ADMIN, unit=force, email="second@force.example")
    visitor.sign_in()
    fields = new_unit(visitor)
    first = visitor.send("/units/BEDS/new-unit", **fields)
    visitor.sign_in("second@force.example")
    visitor.get("/account")
    told = visitor.send("/units/BEDS/new-unit", **fields)
    assert (told.status_code, first.location in told.text) == (409, False)


def test_what_was_sent_once_more_after_the_session_had_ended_makes_one_record(
    session: Session, visitor: Visitor
) -> None:
    visitor.sign_in()
    fields = new_unit(visitor)
    first = visitor.send("/units/BEDS/new-unit", **fields)
    end_sessions(session)
    visitor.send("/units/BEDS/new-unit", **fields)
    again = visitor.send_again(visitor.get(visitor.sign_in().location))
    assert (again.status_code, again.location, units(session)) == (303, first.location, ["BEDS", "C"])


def test_signing_out_ends_the_session_for_a_copy_of_the_cookie_too(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in()
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    visitor.get("/account")
    assert visitor.send("/sign-out").location == "/sign-in"
    copy = app.test_client()
    copy.set_cookie("session", cookie.value)
    assert copy.get("/account").status_code == 303


def test_signing_out_after_the_session_has_ended_only_signs_out(session: Session, visitor: Visitor) -> None:
    visitor.sign_in()
    visitor.get("/account")
    end_sessions(session)
    assert visitor.send("/sign-out").location == "/sign-in"
    assert kept(session) == []


def test_the_next_request_of_a_closed_account_is_refused(
    session: Session, visitor: Visitor, admin: Account
) -> None:
    visitor.sign_in()
    assert visitor.get("/account").status_code == 200
    with writing(session):
        actions.close_account(session, account=admin, now=NOW)
    assert visitor.get("/account").status_code == 303


# One's own account ------------------------------------------------------------------------------------------


def test_ones_account_shows_name_address_and_roles(visitor: Visitor) -> None:
    visitor.sign_in()
    page = plain(visitor.get("/account").text)
    assert [
        words for words in ("Admin", EMAIL, "System administrator, Force BEDS (BEDS)") if words not in page
    ] == []


def test_a_changed_password_keeps_this_browser_and_signs_out_the_others(app: Flask, visitor: Visitor) -> None:
    elsewhere = Visitor(app)
    for one in (visitor, elsewhere):
        one.sign_in()
        one.get("/account")
    answer = visitor.send("/account", old_password=make.PASSWORD, new_password="another long password")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert visitor.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("not the password", "another long password", "old_password"), (make.PASSWORD, "short", "new_password")],
)
def test_a_refused_change_of_password_says_which_field(
    visitor: Visitor, old: str, new: str, field: str
) -> None:
    visitor.sign_in()
    visitor.get("/account")
    answer = visitor.send("/account", old_password=old, new_password=new)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


# What was sent after the session had ended ------------------------------------------------------------------


@pytest.fixture
def late(session: Session, visitor: Visitor) -> TestResponse:
    """A filled-in form, sent after the session had ended: the sign-in page that answers it."""
    visitor.sign_in()
    fields = new_unit(visitor)
    end_sessions(session)
    answer = visitor.send("/units/BEDS/new-unit", **fields)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    return visitor.get("/sign-in")


def test_the_sign_in_page_says_that_what_was_sent_is_kept(session: Session, late: TestResponse) -> None:
    assert "What you sent is kept" in late.text
    assert units(session) == ["BEDS"]


def test_the_same_person_signs_in_and_saves_what_was_kept(
    session: Session, visitor: Visitor, late: TestResponse
) -> None:
    answer = visitor.sign_in()
    (kept_id,) = kept(session)
    assert answer.location == f"/kept/{kept_id}"
    page = visitor.get(answer.location)
    assert "Luton &amp; district" in page.text
    saved = visitor.send_again(page)
    assert (saved.status_code, saved.location) == (303, "/units/C/structure")
    assert (units(session), kept(session)) == (["BEDS", "C"], [])


def test_what_was_kept_and_saved_twice_makes_one_record(
    session: Session, visitor: Visitor, late: TestResponse
) -> None:
    page = visitor.get(visitor.sign_in().location or "")
    first, second = visitor.send_again(page), visitor.send_again(page)
    assert (first.status_code, second.status_code) == (303, 303)
    assert units(session) == ["BEDS", "C"]


def test_what_was_kept_stays_kept_when_saving_it_is_refused(
    session: Session, visitor: Visitor, late: TestResponse
) -> None:
    page = visitor.get(visitor.sign_in().location or "")
    with writing(session):
        make.bcu(session, under=session.scalars(select(Unit)).one(), code="C")
    assert visitor.send_again(page).status_code == 422
    assert len(kept(session)) == 1


def test_another_person_who_signs_in_never_sees_what_was_kept(
    app: Flask, session: Session, visitor: Visitor, late: TestResponse
) -> None:
    assert visitor.sign_in(email="manager@force.example").location == "/"
    (kept_id,) = kept(session)
    assert visitor.get(f"/kept/{kept_id}").status_code == 404
    visitor.get("/account")
    visitor.send(f"/kept/{kept_id}")
    assert kept(session) == [kept_id]


def test_what_was_kept_can_be_discarded(session: Session, visitor: Visitor, late: TestResponse) -> None:
    address = visitor.sign_in().location or ""
    visitor.get(address)
    assert visitor.send(address).location == "/"
    assert (kept(session), units(session)) == ([], ["BEDS"])


def test_a_form_opened_two_sessions_ago_is_kept_too(session: Session, visitor: Visitor) -> None:
    visitor.sign_in()
    fields, token = new_unit(visitor), visitor.token
    visitor.sign_in()
    end_sessions(session)
    visitor.token = token
    assert visitor.send("/units/BEDS/new-unit", **fields).location == "/sign-in"
    assert "Luton &amp; district" in visitor.get(visitor.sign_in().location or "").text


def test_a_file_is_not_kept_and_the_pages_say_so(session: Session, visitor: Visitor) -> None:
    visitor.sign_in()
    fields = new_unit(visitor)
    end_sessions(session)
    visitor.send("/units/BEDS/new-unit", **fields, roster=(io.BytesIO(b"number"), "roster.csv"))
    assert "Files and passwords are not kept" in visitor.get("/sign-in").text
    assert "Files and passwords are not kept" in visitor.get(visitor.sign_in().location or "").text


def test_a_post_of_nobody_known_is_not_kept_and_the_page_says_so(session: Session, visitor: Visitor) -> None:
    visitor.get("/sign-in")
    visitor.send("/units/BEDS/new-unit", code="C")
    assert "nothing was saved or kept" in visitor.get("/sign-in").text
    assert kept(session) == []


def test_what_is_sent_after_signing_out_in_another_tab_is_kept_for_whoever_signed_out(
    app: Flask, session: Session, visitor: Visitor
) -> None:
    visitor.sign_in()
    fields, token = new_unit(visitor), visitor.token
    sign_out(visitor)
    visitor.token = token
    assert visitor.send("/units/BEDS/new-unit", **fields).location == "/sign-in"
    assert "What you sent is kept" in visitor.get("/sign-in").text
    assert "Luton &amp; district" in visitor.get(visitor.sign_in().location or "").text


def test_what_else_was_kept_is_named_and_offered_next(session: Session, visitor: Visitor) -> None:
    visitor.sign_in()
    first, second = new_unit(visitor, "C"), new_unit(visitor, "D")
    end_sessions(session)
    for fields in (first, second):
        visitor.send("/units/BEDS/new-unit", **fields)
    page = visitor.get(visitor.sign_in().location or "")
    other = f"/kept/{min(kept(session))}"
    assert f'href="{other}"' in page.text
    assert visitor.send_again(page).location == other
    assert visitor.send_again(visitor.get(other)).location == "/units/C/structure"


def test_a_kept_form_is_told_by_its_labels_in_words(visitor: Visitor, late: TestResponse) -> None:
    page = plain(visitor.get(visitor.sign_in().location or "").text)
    assert "1 April 2008" in page
    assert "Submission" not in page
    assert "Opened on: day" not in page


def test_nobody_is_promised_that_the_browser_still_has_what_was_typed(visitor: Visitor) -> None:
    visitor.get("/sign-in")
    visitor.send("/units/BEDS/new-unit", code="C")
    assert "Go back" not in visitor.get("/sign-in").text


def test_a_key_no_database_can_hold_is_not_found(visitor: Visitor) -> None:
    visitor.sign_in()
    assert visitor.get(f"/kept/{10**30}").status_code == 404
