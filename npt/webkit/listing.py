"""Lists: one table is the page, its order and its parts, and the file that is taken out of it.

    COLUMNS: Columns[PostedMember] = (
        Column("Name", lambda each: each.member.name, is_sortable=True),
        Column("FTE", lambda each: each.posting.fte, is_number=True),
    )

    posted = part_of(members_of(visit.session, visit.place.path, day), COLUMNS, 100)
    table = Table("Members", COLUMNS, posted, noun="members", file=f"members-{visit.place.code}-{day}")
    return visit.render(table=table)

A template shows it by `listing` of components/tables.html. The address says all of it: `?page=2`,
`?sort=-name`, and `?format=csv` for the same list as a file, whole and in the same order. What else the
address asks stays as it is in every link. What is not there (a page, an order, a format) is not found.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from flask import abort, request
from markupsafe import Markup, escape

from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.kit.shares import Share
from npt.sheets.writing import to_csv, to_xlsx
from npt.webkit.asked import Format, asked_page, asked_sorting, this_address
from npt.webkit.filters import NOT_KNOWN, day, moment, number, percent, tag
from npt.webkit.parts import Heading, Pagination, pagination

Row = TypeVar("Row")
#: How the last row begins that is the total of the others.
_TOTAL = '<tr class="govuk-table__row npt-row-link npt-row-total">'


@dataclass(frozen=True, slots=True)
class File:
    """What is taken out: a table of plain values under its headings. `name` has no ending yet."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]

    def written(self, form: Format) -> bytes:
        """The bytes of the file. CannotWrite for more than a workbook holds."""
        return (to_csv if form is Format.CSV else to_xlsx)(self.headings, self.rows)


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

    def drawn(self, row: Row, href: str = "", link_class: str = "govuk-link") -> Markup:
        """What stands in a row's cell."""
        shown = self.shown(self.cell(row))
        if self.tone is not None and (tone := self.tone(row)):
            shown = tag(shown, tone)
        if self.href is not None:
            href = self.href(row)
        if href and self.about is not None:
            shown += Markup('<span class="govuk-visually-hidden">{}</span>').format(self.about(row))
        if href:
            shown = _markup(f'<a class="{link_class}" href="{escape(href)}">{shown}</a>')
        if self.below is not None and (below := self.below(row)):
            shown = _markup(f'{shown} <span class="npt-note">{escape(below)}</span>')
        return shown

    def shown(self, value: object) -> Markup:
        """A value in words."""
        if not isinstance(value, Markup):
            value = escape(self.unknown if value is None and self.unknown else self.words(value))
        return _markup(f"<bdi>{value}</bdi>") if self.holds_words else value

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


def part_of(rows: Sequence[Row], columns: Columns[Row], size: int) -> Part[Row]:
    """The part of a list that the address asks for, where all of the list is at hand: sorted, then cut."""
    sorting, page = sorting_asked_of(columns), asked_page(size)
    by = next((each for each in columns if each.key == sorting.name), None)
    ordered = rows if by is None else sorting.of(rows, by.rank)
    return Part(page.of(ordered), len(rows), page, sorting)


def sorting_asked_of(columns: Columns[Row]) -> Sorting:
    """The one of the columns that the address wants the list sorted by."""
    return asked_sorting([each.key for each in columns if each.is_sortable])


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A list: its columns over its rows, which are all of them or those of one page.

    Ends the request where the list has no such page.
    """

    caption: str
    columns: Columns[Row]
    rows: Sequence[Row] | Part[Row]
    #: where the first cell of a row leads; nowhere where it gives ""
    href: Callable[[Row], str] | None = None
    #: what the rows are, where it says how many: "members"
    noun: str = ""
    #: the values of a last row that sums the others up, words as they are: "" where there is nothing to say
    sums: Sequence[object] = ()
    #: a last row that is the whole of which the others are parts
    total_row: Row | None = None
    #: where on its page it stands, for the links that come back to it
    anchor: str = ""
    #: the name of its file; "" where it is not taken out
    file: str = ""

    def __post_init__(self) -> None:
        """End the request where the list has no such page."""
        if isinstance(self.rows, Part):
            _there(self.rows.page, self.rows.total)

    @property
    def shown(self) -> Sequence[Row]:
        """The rows of this page."""
        return self.rows.rows if isinstance(self.rows, Part) else self.rows

    @property
    def total(self) -> int:
        """How many rows there are on all pages."""
        return self.rows.total if isinstance(self.rows, Part) else len(self.rows)

    def where(self) -> Pagination | None:
        """Where one is in a list of several pages; None for one page."""
        if not isinstance(self.rows, Part):
            return None
        return where_in(self.rows.page, self.rows.total, self.noun, self.anchor)

    def headings(self) -> list[Heading]:
        """What stands over the columns, with the way to other orders."""
        return [self._heading(each) for each in self.columns if each.is_on_page]

    def body(self) -> Markup:
        """All rows. Drawn here and not by a template, cell by cell: pages have thousands of them."""
        first, *others = [each for each in self.columns if each.is_on_page]
        href = self.href or (lambda _row: "")
        cells = [(f'<td class="{each.cell_class}">', each.drawn) for each in others]
        classes = "govuk-link npt-row-link__target"

        def drawn(row: Row) -> str:
            return (
                f'<th scope="row" class="govuk-table__header">{first.drawn(row, href(row), classes)}</th>'
                f"{''.join([f'{opened}{cell(row)}</td>' for opened, cell in cells])}</tr>"
            )

        rows = [f'<tr class="govuk-table__row npt-row-link">{drawn(row)}' for row in self.shown]
        if self.total_row is not None:
            rows.append(f"{_TOTAL}{drawn(self.total_row)}")
        return _markup("".join([*rows, self._summed()]))

    def file_address(self, form: str) -> str:
        """Where the list is taken out as a file."""
        return this_address(format=form, page=None)

    def as_file(self) -> File:
        """The list as it is taken out. ValueError where two columns would have one heading there."""
        columns = [each for each in self.columns if each.is_in_file]
        headings = [each.key for each in columns]
        if len(set(headings)) < len(headings):
            raise ValueError(f"The file {self.file} has a heading twice: give its columns names.")
        return File(self.file, headings, [[each.plain(row) for each in columns] for row in self.shown])

    def _heading(self, column: Column[Row]) -> Heading:
        if not column.is_sortable:
            return Heading(column.heading, column.is_number, column.note)
        sorting = self.rows.sorting if isinstance(self.rows, Part) else OWN_ORDER
        is_sorted, is_descending = sorting.name == column.key, sorting.is_descending
        other = Sorting(column.key, is_descending=is_sorted and not is_descending)
        return Heading(
            column.heading,
            column.is_number,
            column.note,
            sort_href=this_address(sort=other.text, page=None) + _fragment(self.anchor),
            sorted=("descending" if is_descending else "ascending") if is_sorted else "",
        )

    def _summed(self) -> str:
        if not self.sums:
            return ""
        columns = [each for each in self.columns if each.is_on_page]
        first, *others = [
            (each, escape(value) if isinstance(value, str) else each.shown(value))
            for each, value in zip(columns, self.sums, strict=True)
        ]
        cells = "".join(f'<td class="{column.cell_class}">{words}</td>' for column, words in others)
        return f'{_TOTAL}<th scope="row" class="govuk-table__header">{first[1]}</th>{cells}</tr>'


def where_in(page: Page, total: int, noun: str, anchor: str = "") -> Pagination | None:
    """Where one is in a list of several pages; None for one page. Ends the request where it has no such page.

    A form that was sent from a page that has gone since stands on the last.
    """
    there = _there(page, total)
    if there.last(total) == 1:
        return None

    def address(number: int) -> str:
        return this_address(page=number if number > 1 else None) + _fragment(anchor)

    return pagination(there, total, noun, address)


def _there(page: Page, total: int) -> Page:
    last = page.last(total)
    if page.number > last and request.method != "POST":
        abort(404)
    return Page(min(page.number, last), page.size)


def _fragment(anchor: str) -> str:
    return f"#{anchor}" if anchor else ""


def _markup(text: str) -> Markup:
    """Text as markup whose every part is escaped, or our own."""
    return Markup(text)  # noqa: S704 - what is put together here was escaped part by part
