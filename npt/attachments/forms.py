"""The one control for a file that is to be kept."""

from typing import Any

from npt.attachments.actions import Received
from npt.attachments.rules import ACCEPTED, LARGEST, SIZE_IN_WORDS
from npt.webkit.fields import ExaminedFileField

_HINT = (
    f"PDF, picture, Word, Excel, OpenDocument, CSV, text or email, up to {SIZE_IN_WORDS}. What a camera noted"
    " in a picture, such as the place, is taken out."
)


class AttachmentField(ExaminedFileField[Received]):
    """A file, ready to be kept. It stands last in its form, whose page is declared with `largest_file`."""

    def __init__(self, label: str = "File", **control: Any) -> None:
        usual = {"accept": ACCEPTED, "largest": LARGEST, "missing": "Choose a file.", "hint": _HINT}
        super().__init__(label, **{**usual, **control})
