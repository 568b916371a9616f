"""The columns of a list: how a row's cell is got, shown and written to a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from markupsafe import Markup, escape

from npt.kit.shares import Share
from npt.webkit.filters import NOT_KNOWN, day, moment, number, percent, tag

Row = TypeVar("Row")


def worded(value: object) -> str:
    """A value as a page words it, by its type alone. TypeError for a type that does not say it."""
    match value:
        case None:
            return NOT_KNOWN
        case str():
            return value
        case datetime():
            return moment(value)
        case date():
            return day(value)
        case int() | Decimal():
            return number(value)
        case Share():
            return percent(value)
        case Enum():
            return str(getattr(value, "wording", value.value))
    raise TypeError(f"A {type(value).__name__} is not worded by itself: give the column its words.")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column of a list: what stands over it, and how a row's cell is got, shown and written to a file.

    `cell` gives a plain value: text, a number, a day, an enum with its wording, None for what is not known;
    or markup, and then `in_file` gives the plain value.
    """

    heading: str
    cell: Callable[[Row], object]
    #: numbers stand to the right under their heading
    is_number: bool = False
    #: an explanation read with the heading: "hours"
    note: str = ""
    #: how a value is worded where its type does not say it: `hours`
    words: Callable[[Any], str] = worded
    #: what stands where the value is None; the words for that where it is ""
    unknown: str = ""
    #: whether somebody typed it, so that it must not turn round the text beside it
    holds_words: bool = False
    #: where the words lead; nowhere where it gives ""
    href: Callable[[Row], str] | None = None
    #: what follows the words for whoever listens, where they alone do not tell what they lead to
    about: Callable[[Row], str] | None = None
    #: what is said small under the words; nothing where it gives ""
    below: Callable[[Row], str] | None = None
    #: the tone of the box around the words; no box where it gives ""
    tone: Callable[[Row], str] | None = None
    #: whether the reader may sort the list by it
    is_sortable: bool = False
    #: the heading in a file, and the name in `?sort=`: made of that of the page where it is ""
    name: str = ""
    #: the value in a file, where it is not that of the page
    in_file: Callable[[Row], object] | None = None
    #: whether a file, and whether the page has the column
    is_in_file: bool = True
    is_on_page: bool = True

    @cached_property
    def key(self) -> str:
        """Its heading in a file, and its name in the address."""
        return self.name or self.heading.lower().replace(" ", "_")

    @cached_property
    def cell_class(self) -> str:
        """The classes of its cells."""
        return "govuk-table__cell npt-number" if self.is_number else "govuk-table__cell"

    def drawn(self, row: Row, href: str = "", link_class: str = "govuk-link") -> str:
        """What stands in a row's cell: markup, every part of which is escaped, as plain text."""
        shown: str = self.shown(self.cell(row))
        if self.tone is not None and (tone := self.tone(row)):
            shown = tag(as_markup(shown), tone)
        if self.href is not None:
            href = self.href(row)
        if href and self.about is not None:
            shown = f'{shown}<span class="govuk-visually-hidden">{escape(self.about(row))}</span>'
        if href:
            shown = f'<a class="{link_class}" href="{escape(href)}">{shown}</a>'
        if self.below is not None and (below := self.below(row)):
            shown = f'{shown} <span class="npt-note">{escape(below)}</span>'
        return shown

    def drawer(self) -> Callable[[Row], str]:
        """What draws the cells of many rows. Where only the value tells what stands there, once for each."""
        opened = f'<td class="{self.cell_class}">'
        if self.tone or self.href or self.below or self.about:
            return lambda row: f"{opened}{self.drawn(row)}</td>"
        cell, shown = self.cell, self.shown
        known: dict[object, str] = {}

        def drawn(row: Row) -> str:
            value = cell(row)
            if isinstance(value, Markup):  # not remembered: it equals the text that it is not
                return f"{opened}{shown(value)}</td>"
            if value not in known:
                known[value] = f"{opened}{shown(value)}</td>"
            return known[value]

        return drawn

    def shown(self, value: object) -> str:
        """A value in words, escaped."""
        if not isinstance(value, Markup):
            value = escape(self.unknown if value is None and self.unknown else self.words(value))
        return f"<bdi>{value}</bdi>" if self.holds_words else value

    def plain(self, row: Row) -> object:
        """The value that a file holds. TypeError for markup."""
        value = (self.in_file or self.cell)(row)
        if isinstance(value, Markup):
            raise TypeError(f"The column “{self.heading}” gives markup: say by in_file what a file holds.")
        return value

    def rank(self, row: Row) -> Any:
        """What rows are sorted by: the plain value, text whatever its case, enums in their own order."""
        value = self.plain(row)
        if isinstance(value, Enum):
            return list(type(value)).index(value)
        return value.casefold() if isinstance(value, str) else value


Columns = Sequence[Column[Row]]


class Coded(Protocol):
    """Something with a name and a code, such as a unit."""

    @property
    def code(self) -> str:
        """What files call it."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...


def coded(heading: str, cell: Callable[[Row], Coded], *, is_below: bool = False) -> Column[Row]:
    """A column of things that have a code: "Luton Town (C1)", or the code below the name; in a file "C1"."""

    def words(row: Row) -> Markup:
        each = cell(row)
        return Markup("<bdi>{}</bdi> ({})").format(each.name, each.code)

    def code(row: Row) -> str:
        return cell(row).code

    if not is_below:
        return Column(heading, words, in_file=code)
    return Column(heading, lambda row: cell(row).name, holds_words=True, below=code, in_file=code)


def as_markup(text: str) -> Markup:
    """Text as markup whose every part is escaped, or our own."""
    return Markup(text)  # noqa: S704 - what is put together here was escaped part by part
