"""What the address asks of a list: which page, in what order, as a file; and the same address changed."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import Enum
from typing import TypeVar
from urllib.parse import quote, urlencode

from flask import g, request

from npt.kit.clock import parse_day
from npt.kit.paging import FIRST_PAGE, Page, Sorting, page_number
from npt.webkit.problems import not_found

Value = TypeVar("Value")


class Format(Enum):
    """A kind of file that a list is taken out as."""

    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """As HTTP calls it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def leave_out(names: Iterable[str]) -> None:
    """Keep questions that could not be read out of the addresses that this page leads to."""
    g.unread = {*g.get("unread", ()), *names}


def this_address(**changes: object) -> str:
    """The address of this request with some of what it asks replaced; None takes a question out."""
    unread = g.get("unread", ())
    asked = {name: values for name, values in request.args.lists() if name not in unread}
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = [str(value)]
    path = quote(request.root_path + request.path)
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def asked_value(name: str, read: Callable[[str], Value]) -> Value | None:
    """What the address says under a name; None where it says nothing.

    Ends the request with "not found" where `read` gives a ValueError, as an enum does for what is none of it.
    """
    text = request.args.get(name, "")
    try:
        return read(text) if text else None
    except ValueError:
        not_found()


def asked_day(name: str) -> date | None:
    """The day that the address gives under this name; None where it gives none, or none that there is."""
    try:
        return parse_day(request.args.get(name, ""))
    except ValueError:
        return None


def asked_format() -> Format | None:
    """The kind of file that the address asks for; None where it asks for the page."""
    return asked_value("format", Format)


def asked_page(size: int = FIRST_PAGE.size) -> Page:
    """The page that the address asks for, of a list that shows so many rows at once; all of it for a file."""
    if asked_format() is not None:
        return Page.whole()
    try:
        return Page(page_number(request.args.get("page", "1")), size)
    except ValueError:
        not_found()


def asked_sorting(names: Collection[str]) -> Sorting:
    """The column that the address wants the list sorted by, one of `names`; its own order without one."""
    text = request.args.get("sort", "")
    sorting = Sorting(text.removeprefix("-"), is_descending=text.startswith("-"))
    if text and sorting.name not in names:
        not_found()
    return sorting
