"""A field that takes a file."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.utils import unset_value

from npt.webkit.fields.control import Control


class FileField(Control[bytes]):
    """A file, taken in whole; an empty one is none. No browser lets a page show it again."""

    component = "file-upload"
    holds_words = True
    is_compared = False

    def __init__(self, label: str, *, accept: str, **control: Any) -> None:
        super().__init__(label, **control)
        self.accept = accept
        #: what the file is called where it comes from
        self.file_name = ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the file in. What is sent in its place as text is no file."""
        super().process(None, data, extra_filters=extra_filters)
        sent = None if formdata is None else formdata.get(self.name)
        if isinstance(sent, FileStorage):
            self.data = sent.read() or None
            self.file_name = sent.filename or ""

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        return {**self.described(), "label": {"text": self.caption}, "attributes": {"accept": self.accept}}
