"""The numbers of a start page, and whether the page that each opens says the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tests.house.markup import Document, read, text_of
from tests.house.visits import House, Person

#: "6 gaps in minimum cover", "All my actions (3)"; no percentages, hours and days of a month.
_COUNT = re.compile(r"^(?P<first>[\d,]+) (?P<what>[a-z][\w-]*)|\((?P<last>[\d,]+)\)$")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number that a page says, of what, and the address that it opens."""

    number: int
    what: str
    href: str


def counted(document: Document) -> Iterator[Counted]:
    """The numbers of the tasks and of the links of a page."""
    for item in document.all("li"):
        links = list(item.iter("a"))
        states = [each for each in item.iter() if "govuk-task-list__status" in (each.get("class") or "")]
        if links and states:
            yield from _counted(text_of(states[0]), links[0])
    for link in document.all("a"):
        yield from _counted(text_of(link), link)


def _counted(words: str, link: Element) -> Iterator[Counted]:
    found = _COUNT.search(words)
    if found is not None:
        number = int((found["first"] or found["last"]).replace(",", ""))
        yield Counted(number, found["what"] or "", link.get("href") or "")


def says(page: str, sought: Counted) -> bool:
    """Whether a page says the number: in words, as "3 communities", or by as many rows of a list."""
    document = read(page)
    rows = [
        sum(row.tag == "tr" for body in table.iter("tbody") for row in body)
        for table in document.all("table")
    ]
    number = rf"(?<![\d,]){sought.number:,}"
    text = " ".join(text_of(each) for each in document.all("main"))
    return sought.number in rows or bool(re.search(rf"{number} {sought.what}|\bof {number}\b", text))


def wrong_numbers(house: House, person: Person) -> list[str]:
    """The numbers of the person's start page that open a page which does not say them."""
    start = person.get("/")
    return [
        f"{each.number} {each.what} opens {each.href}, which says another number"
        for each in dict.fromkeys(counted(read(start.text)))
        if not says(person.get(each.href).text, each)
    ]
