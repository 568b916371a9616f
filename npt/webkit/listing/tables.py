"""A list on the page, in parts and in an order, and as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from flask import request
from markupsafe import Markup, escape

from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.sheets.writing import to_csv, to_xlsx
from npt.webkit.asked import Format, asked_page, asked_sorting, this_address
from npt.webkit.listing.columns import Column, Columns, Row, as_markup
from npt.webkit.parts import Heading, Pagination, pagination
from npt.webkit.problems import not_found

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
        cells = [each.drawer() for each in others]
        classes = "govuk-link npt-row-link__target"

        def drawn(row: Row) -> str:
            return (
                f'<th scope="row" class="govuk-table__header">{first.drawn(row, href(row), classes)}</th>'
                f"{''.join([cell(row) for cell in cells])}</tr>"
            )

        rows = [f'<tr class="govuk-table__row npt-row-link">{drawn(row)}' for row in self.shown]
        if self.total_row is not None:
            rows.append(f"{_TOTAL}{drawn(self.total_row)}")
        return as_markup("".join([*rows, self._summed()]))

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
        not_found()
    return Page(min(page.number, last), page.size)


def _fragment(anchor: str) -> str:
    return f"#{anchor}" if anchor else ""
