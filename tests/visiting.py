"""A person at their browser: opens pages, fills in the form that a page shows, and sends it."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from tests import make


def stop_the_clock(app: Flask, at: datetime) -> None:
    """Let the application believe that it is this instant, for what depends on the time of day."""
    app.extensions["npt_doors"] = replace(app.extensions["npt_doors"], now=lambda: at)


def plain(text: str) -> str:
    """A page as somebody reads it: without its markup."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)))


class Visitor:
    """Somebody signed in as the account with this email address."""

    def __init__(self, app: Flask, email: str) -> None:
        self.client = app.test_client()
        self.page = self.client.get("/sign-in")
        answer = self.fill("/sign-in", email=email, password=make.PASSWORD)
        assert answer.status_code == 303, answer.text

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
