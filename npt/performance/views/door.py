"""What the screens of performance share: declared routes, and addresses that keep the way of counting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request

from npt.counting.rules import DEFAULT_DEFINITION
from npt.kit.months import Month
from npt.people.rules import PolicingRole, group_of
from npt.performance.queries import UnknownDefinition
from npt.webkit.addresses import address
from npt.webkit.pages import Pages
from npt.webkit.visit import not_found

pages = Pages("performance")

#: Where the pages of a month of a unit stand.
MONTH = "/units/<code>/months/<month:month>"
#: The roles whose abstraction is in a figure: those that have a target.
ROLES_WITH_TARGET = tuple(role for role in PolicingRole if group_of(role) is not None)


@contextmanager
def known_definitions() -> Iterator[None]:
    """End the request with "not found" where a way of counting is asked for that is not there."""
    try:
        yield
    except UnknownDefinition:
        not_found()


def chosen_definition() -> str:
    """The code of the definition that the address names; the default without one."""
    return request.args.get("definition", "") or DEFAULT_DEFINITION


def chosen_beside() -> str:
    """The code of the definition that the address wants beside it; empty without one, or with the same."""
    code = request.args.get("with", "")
    return "" if code == chosen_definition() else code


def month_address(
    code: str, month: Month, definition: str = DEFAULT_DEFINITION, *, view: str = "month", **asked: Any
) -> str:
    """The address of a unit's month under a definition; `view` is the page, another of the month, or a file.

    Nothing stands in it that is so anyway.
    """
    said = {name: value for name, value in asked.items() if value}
    if definition != DEFAULT_DEFINITION:
        said["definition"] = definition
    return address(f"performance.{view}", code=code, month=month, **said)
