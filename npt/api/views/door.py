"""The door of the interface for programs, and the questions in its addresses."""

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import TypeVar

from flask import request

from npt.api.openapi import questions
from npt.api.rules import PAGE_SIZE
from npt.counting.rules import BadDefinitionCode, check_definition_code
from npt.kit.clock import parse_day
from npt.kit.months import Month
from npt.kit.paging import Page, page_number
from npt.sheets.columns import BadCell, choice, nearest, shown
from npt.webkit.api import Api, wrong_question
from npt.webkit.pages import ROUTES
from npt.webkit.problems import Problem

pages = Api("api")
Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=Enum)


@pages.blueprint.before_request
def refuse_unknown_questions() -> None:
    """A question that is misspelt is refused: without it, the answer would be to another question."""
    known = questions(ROUTES[str(request.endpoint)])
    for name in request.args:
        if name not in known:
            near = nearest(name, known)
            cure = f"did you mean “{near}”?" if near else f"there are {', '.join(known) or 'none'}"
            raise Problem(
                400, "This request could not be read", f"{shown(name)} cannot be asked here: {cure}"
            )


def asked(name: str, read: Callable[[str], Value]) -> Value | None:
    """What the address asks under this name; None when it says nothing of it. Ends the request if unclear."""
    texts = request.args.getlist(name)
    if not texts:
        return None
    if len(texts) > 1:
        wrong_question(name, "say it once")
    if not texts[0] or texts[0] != texts[0].strip():
        wrong_question(name, "it is empty or has blanks around it: give a value, or leave it out")
    try:
        return read(texts[0])
    except (BadCell, ValueError) as error:
        wrong_question(name, str(error).rstrip("."))


def definition_code(text: str) -> str:
    """What may be the code of a definition, whether it is one or not. ValueError for anything else."""
    try:
        check_definition_code(text)
    except BadDefinitionCode as refusal:
        raise ValueError(refusal.message) from None
    return text


def one_of(options: type[Choice]) -> Callable[[str], Choice]:
    """A reader of the values of an enum, written exactly so."""
    read = choice(options)

    def exact(text: str) -> Choice:
        found = read(text)
        if found.value != text:
            raise ValueError(f"write it like {found.value}")
        return found

    return exact


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
