"""Forms as a browser would send them: what they hold, and the same left empty."""

from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests.house.links import address_of
from tests.house.markup import Document, fields_of, is_hidden

#: What only counts when it is ticked or pressed.
CHOSEN = {"checkbox", "radio", "submit", "button", "image", "reset"}


@dataclass(frozen=True)
class Sendable:
    """A form of a page that somebody fills in: where it goes, and its fields when nothing is filled in."""

    address: str
    left_empty: dict[str, str]

    @property
    def has_key(self) -> bool:
        """Whether a double click, or somebody else's change, would be noticed."""
        keys = ("submission_key", "version", "versions")
        return any(value and name.endswith(keys) for name, value in self.left_empty.items())


def forms_to_fill_in(page: TestResponse) -> list[Sendable]:
    """The forms of a page that are sent by POST and have something to fill in."""
    document = Document(page.text)
    return [
        Sendable(urljoin(address_of(page), form.get("action") or ""), _left_empty(form))
        for form in document.forms()
        if any(not is_hidden(field) for field in fields_of(form))
    ]


def _left_empty(form: Element) -> dict[str, str]:
    return {
        field.get("name", ""): field.get("value", "") if is_hidden(field) else ""
        for field in fields_of(form)
        if field.get("type") not in CHOSEN
    }
