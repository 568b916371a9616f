"""Forms as a browser would send them: what they hold, and the same left empty."""

from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from tests.house.links import address_of
from tests.house.markup import fields_of, is_hidden, read

#: Inputs that send nothing by themselves.
BUTTONS = {"submit", "button", "image", "reset"}


@dataclass(frozen=True)
class Sendable:
    """A form of a page that somebody fills in: where it goes, and what it sends as it is shown."""

    address: str
    as_shown: dict[str, str]
    #: the names of what can be filled in, or chosen
    open_fields: tuple[str, ...]
    #: the names of its fields by their ids, which errors link to
    names: dict[str, str]

    @property
    def left_empty(self) -> dict[str, str]:
        """What it sends when nothing is filled in or chosen."""
        return {name: value for name, value in self.as_shown.items() if name not in self.open_fields}

    @property
    def has_key(self) -> bool:
        """Whether a double click, or somebody else's change, would be noticed."""
        keys = ("submission_key", "version", "versions")
        return any(value and name.endswith(keys) for name, value in self.left_empty.items())


def forms_to_fill_in(page: TestResponse) -> list[Sendable]:
    """The forms of a page that are sent by POST and have something to fill in."""
    return [form for form in forms_of(page) if form.open_fields]


def forms_of(page: TestResponse) -> list[Sendable]:
    """The forms of a page that are sent by POST, those that are but a button too."""
    document = read(page.text)
    return [
        Sendable(
            urljoin(address_of(page), form.get("action") or ""),
            {field.get("name", ""): _value_shown(field) for field in fields_of(form) if _is_sent(field)},
            # The boxes of one question share a name.
            tuple(dict.fromkeys(field.get("name", "") for field in fields_of(form) if not is_hidden(field))),
            {field.get("id", ""): field.get("name", "") for field in fields_of(form)},
        )
        for form in document.forms()
    ]


def _is_sent(field: Element) -> bool:
    if field.get("type") in {"checkbox", "radio"}:
        return "checked" in field.attrib
    return field.get("type") not in BUTTONS


def _value_shown(field: Element) -> str:
    if field.tag == "textarea":
        return "".join(field.itertext()).removeprefix("\n")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [each for each in options if "selected" in each.attrib] or options[:1]
        return next((each.get("value", "") for each in chosen), "")
    return field.get("value", "")
