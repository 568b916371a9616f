"""The door of the interface for programs, and the questions in its addresses."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from flask import request

from npt.api.rules import PAGE_SIZE
from npt.kit.clock import parse_day
from npt.kit.months import Month
from npt.kit.paging import Page, page_number
from npt.sheets.columns import BadCell
from npt.webkit.api import Api, wrong_question

pages = Api("api")

Value = TypeVar("Value")


def asked(name: str, read: Callable[[str], Value]) -> Value | None:
    """What the address asks under this name; None when it says nothing of it. Ends the request if unclear."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return read(text)
    except (BadCell, ValueError) as error:
        wrong_question(name, str(error).rstrip("."))


def asked_month() -> Month:
    """The month, which has to be said."""
    month = asked("month", Month.parse)
    if month is None:
        wrong_question("month", "say which month is meant, like ?month=2026-10")
    return month


def asked_day(today: date) -> date:
    """The day as at which something is asked; today unless it is said."""
    return asked("as-at", parse_day) or today


def asked_page() -> Page:
    """The page, the first unless it is said."""
    return Page(asked("page", page_number) or 1, PAGE_SIZE)


def asked_truth(name: str) -> bool:
    """Whether it is asked for: true or false, and false unless it is said."""
    return asked(name, _truth) or False


def _truth(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("write true or false")
    return text == "true"
