"""A person at their browser: opens pages, fills in the form that a page shows, and sends it."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape

from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from npt.accounts import doorkeeper
from npt.accounts.actions import sign_in
from npt.store.transaction import writing
from npt.webkit.extensions import db
from npt.webkit.visit import doors
from tests import make


def stop_the_clock(app: Flask, at: datetime) -> None:
    """Let the application believe that it is this instant, for what depends on the time of day."""
    app.extensions["npt_doors"] = replace(app.extensions["npt_doors"], now=lambda: at)


def plain(text: str) -> str:
    """A page as somebody reads it: without its markup."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


def signed_in(app: Flask, email: str) -> FlaskClient:
    """The browser of somebody who has signed in as the account with this email address.

    As the page does it, but without drawing the page: most tests begin so, and it took a fifth of their time.
    """
    client = app.test_client()
    with app.test_request_context("/sign-in", method="POST"):
        session = db.session()
        with writing(session):
            started, token = sign_in(
                session,
                email=email,
                password=make.PASSWORD,
                address=request.remote_addr,
                now=doors().now(),
                secret=str(app.secret_key),
            )
            session.info["actor"] = (started.account_id, "sign in")
            doorkeeper.let_in(started, token)
        answer = app.process_response(app.make_response(""))
    for cookie in answer.headers.getlist("Set-Cookie"):
        name, _, value = cookie.partition(";")[0].partition("=")
        client.set_cookie(name, value)
    return client


class Visitor:
    """Somebody signed in as the account with this email address."""

    page: TestResponse

    def __init__(self, app: Flask, email: str) -> None:
        self.client = signed_in(app, email)

    def open(self, address: str) -> TestResponse:
        """Open a page and look at it."""
        self.page = self.client.get(address)
        return self.page

    def fill(self, address: str, **fields: str) -> TestResponse:
        """Send the form of the page that is open, with its hidden fields, to `address`.

        A date is given as one text, "4 5 2026", for the three boxes of the field.
        """
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.page.text)
        sent = {name: unescape(value) for name, value in hidden}
        for name, value in fields.items():
            if day := re.fullmatch(r"(\d+) (\d+) (\d{4})", value):
                sent |= {f"{name}-day": day[1], f"{name}-month": day[2], f"{name}-year": day[3]}
            else:
                sent[name] = value
        return self.client.post(address, data=sent)

    def send(self, address: str, **fields: str) -> TestResponse:
        """Open the form at `address`, fill it in and send it."""
        shown = self.open(address)
        assert shown.status_code == 200, shown.text
        return self.fill(address, **fields)
