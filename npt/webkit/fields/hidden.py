"""A field that the person does not see."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from npt.webkit.fields.control import Control
from npt.webkit.fields.text import clean_line


class HiddenField(Control[str]):
    """A value that travels with the form unseen.

    It has no id, so that several forms on one page keep their ids unique, and its error is shown in the
    summary without a link. Its name has no prefix, because the door looks for it before any form is read.
    """

    def __init__(self, label: str, **control: Any) -> None:
        super().__init__(label, **{**control, "_prefix": ""})

    def parse(self, typed: list[str]) -> str:
        """The text. ValueError when it is not one that we sent."""
        text = clean_line(typed[0])
        if len(text) > 200:
            raise ValueError(f"{self.noun} came back changed: open the page again.")
        return text

    @property
    def focus_id(self) -> str | None:
        """None: there is nothing to reach."""
        return None

    def draw(self, overrides: Mapping[str, object]) -> Markup:
        """The bare input."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(self.name, self.text)
