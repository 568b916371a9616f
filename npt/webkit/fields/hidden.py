"""A field that the person does not see."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from npt.webkit.fields.control import Control
from npt.webkit.fields.text import clean_line


class HiddenField(Control[str]):
    """A value that travels with the form unseen.

    It has no id, so that several forms on one page keep their ids unique, and its error is shown in the
    summary without a link. Its name has no prefix, because the door looks for it before any form is read.
    """

    is_compared = False

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **{**control, "_prefix": ""})

    def process_data(self, value: Any) -> None:
        """Take a given value; a number as its digits."""
        super().process_data(str(value) if isinstance(value, int) else value)

    def parse(self, typed: list[str]) -> str:
        """The text. ValueError when it is not one that we sent."""
        text = clean_line(typed[0])
        if len(text) > 200:
            raise ValueError(f"{self.noun} could not be read: open the page again.")
        return text

    @property
    def focus_id(self) -> str | None:
        """None: there is nothing to reach."""
        return None

    def draw(self, overrides: Mapping[str, object]) -> Markup:
        """The bare input."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(self.name, self.text)


class CarriedField(HiddenField):
    """Parts that a page carries to say what it showed, such as versions, written by us and apart by blanks.

    What comes back is refused when it is not as we write it.
    """

    #: what a part looks like; a group named "day" in it is a date
    part: re.Pattern[str]
    #: the longest text: far more than any page carries
    longest: int
    #: what to open again when it came back changed
    page = "the page"

    def parse(self, typed: list[str]) -> str:
        """The text. ValueError when it is not one that we sent."""
        text = typed[0].strip()
        if len(text) > self.longest or not all(map(self._is_ours, text.split(" "))):
            raise ValueError(f"The page was incomplete: open {self.page} again.")
        return text

    def carry(self, parts: Iterable[str]) -> None:
        """Carry these parts from now on, whatever was sent."""
        self.typed = []
        self.data = " ".join(parts)

    def _is_ours(self, part: str) -> bool:
        found = self.part.fullmatch(part)
        if found is None:
            return False
        try:
            date.fromisoformat(found.groupdict().get("day", "2000-01-01"))
        except ValueError:
            return False
        return True
