"""What the page components are given: small records, worded before they reach a template.

A template shows them and works nothing out. Optional words are "" when there is nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from npt.kit.paging import Page
from npt.kit.shares import Share
from npt.webkit.charts import DayStrip
from npt.webkit.filters import percent, percent_beside


class Verdict(Enum):
    """How a rate stands against its target. The words go with the figure; colour only repeats them."""

    WITHIN = "within"
    OVER = "over"
    NOT_KNOWN = "not-known"

    @classmethod
    def of(cls, rate: Share, target: int) -> "Verdict":
        """The verdict on a rate: exactly on target is within."""
        exceeds = rate.exceeds(target)
        return cls.NOT_KNOWN if exceeds is None else cls.OVER if exceeds else cls.WITHIN


@dataclass(frozen=True)
class Figure:
    """A rate and its meaning: what it is of, how it stands, and where its records are."""

    label: str
    rate: Share
    target: int
    #: numerator and denominator in words: "124 h away of 1,000 h on duty"
    basis: str
    definition: str
    href: str
    #: why the figure is provisional: "confirmed for 82.1% of shifts, under 90%"
    provisional: str = ""
    #: how much of the duty is confirmed: "Confirmed for 96.3% of shifts"; "" where there is none
    coverage: str = ""
    #: both rates where it was signed off and is another now: "13.1% now; 12.4% was signed off on …"
    restated: str = ""
    #: why the rate is not known: "no duty recorded"
    unknown: str = "no duty recorded"

    @cached_property
    def value(self) -> str:
        """The rate with one decimal, or "not known"; more where one over target would read as the target."""
        is_over = self.verdict is Verdict.OVER
        return percent_beside(self.rate, self.target) if is_over else percent(self.rate)

    @cached_property
    def verdict(self) -> Verdict:
        """How the rate stands against its target."""
        return Verdict.of(self.rate, self.target)

    @cached_property
    def words(self) -> str:
        """The meaning: "within 20%", "over 20%", or why it is not known."""
        if self.verdict is Verdict.NOT_KNOWN:
            return self.unknown
        return f"{self.verdict.value} {self.target}%"


@dataclass(frozen=True, slots=True)
class StaffingLine:
    """One role of a unit: strength against establishment, in FTE. None where no establishment is set."""

    role: str
    strength: Decimal
    establishment: Decimal | None
    vacancy: Decimal | None
    #: percentage with one decimal
    fill: Decimal | str | None
    #: where the members are, the funded posts, and the vacancies
    href: str = ""
    establishment_href: str = ""
    vacancy_href: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column of a dense table. Numbers stand to the right under their heading."""

    heading: str
    is_number: bool = False
    #: an explanation read with the heading: "hours"
    note: str = ""
    #: where the list is in the order of this column; "" where it cannot be
    sort_href: str = ""
    #: "ascending" or "descending" where it is in that order
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One member's shift in the team's day, with the same facts in words as in the strip."""

    member: str
    role: str
    hours: str
    strip: DayStrip | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page; `current` is "page" on that page, "true" on one that belongs to it, else ""."""

    words: str
    href: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something this person must do now."""

    title: str
    href: str
    status: str
    hint: str = ""
    is_urgent: bool = False
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a stale record: whose it is, and each field as (name, value, whether the sides differ)."""

    title: str
    note: str
    fields: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of a long list: its number, or None for a gap."""

    number: int | None
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where one is in a long list. "" where there is no page before or after."""

    pages: tuple[PageLink, ...]
    previous_href: str
    next_href: str
    #: "101 to 200 of 1,240"
    words: str


def pagination(page: Page, total: int, noun: str, address: Callable[[int], str]) -> Pagination:
    """The pages around `page` of a list of so many rows; `address` gives where a page is, by its number.

    ValueError when the page does not exist.
    """
    last, number = page.last(total), page.number
    if number > last:
        raise ValueError(f"There is no page {number}: the list has {last}.")
    shown = sorted({1, last, number - 1, number, number + 1} & set(range(1, last + 1)))
    links: list[PageLink] = []
    for each in shown:
        if links and links[-1].number != each - 1:
            links.append(PageLink(None))
        links.append(PageLink(each, address(each), each == number))
    return Pagination(
        tuple(links),
        address(number - 1) if number > 1 else "",
        address(number + 1) if number < last else "",
        f"{page.offset + 1:,} to {min(page.offset + page.size, total):,} of {total:,} {noun}",
    )
