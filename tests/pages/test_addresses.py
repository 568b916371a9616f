"""Addresses that are remembered are those that would be put together anew."""

from typing import Any

from flask import Flask, url_for

from npt.kit.months import Month
from npt.webkit.addresses import address


def test_a_remembered_address_is_the_one_that_flask_makes(app: Flask) -> None:
    asked: dict[str, Any] = {"code": "T1", "month": Month(2026, 10), "as-at": "2026-10-31", "group": None}
    with app.test_request_context():
        for _ in range(2):
            assert address("performance.records", **asked) == url_for("performance.records", **asked)


def test_an_address_stands_under_the_path_that_the_application_is_served_at(app: Flask) -> None:
    with app.test_request_context():
        here = address("overview.home")
    with app.test_request_context(environ_overrides={"SCRIPT_NAME": "/npt"}):
        there = address("overview.home")
    assert (here, there) == ("/", "/npt/")
