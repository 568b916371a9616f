"""Fields that take a file.

In a form the file stands last: of a file that is much too large, only what stands before it is read.
"""

from typing import Any, Generic, TypeVar

from werkzeug.datastructures import FileStorage
from wtforms.utils import unset_value

from npt.kit.refusals import Refusal
from npt.webkit.examining import bytes_of, examined, too_large
from npt.webkit.fields.control import Control

Value = TypeVar("Value")
_MEGABYTE = 1024 * 1024


class _FileControl(Control[Value], Generic[Value]):
    """What all fields with a file share. No browser lets a page show a file again once the page was refused.

    `largest`, in bytes: the browser says at once that a file is larger, where it runs our script.
    """

    component = "file-upload"
    holds_words = True
    is_compared = False

    def __init__(self, label: str, *, accept: str, largest: int = 0, **control: Any) -> None:
        super().__init__(label, **control)
        self.accept = accept
        self.largest = largest
        #: what the file is called where it comes from
        self.file_name = ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the file in. What is sent in its place as text is no file."""
        super().process(None, data, extra_filters=extra_filters)
        sent = None if formdata is None else formdata.get(self.name)
        if formdata is not None and too_large() == self.name:
            self.process_errors = [f"The file has more than {self.most}: choose a smaller one."]
        elif isinstance(sent, FileStorage) and sent.filename:
            self.file_name = sent.filename
            try:
                self.data = self.taken(sent)
            except ValueError as refused:
                self.process_errors = [str(refused)]

    def taken(self, sent: FileStorage) -> Value:
        """The value of a file that was sent. ValueError with a message to show."""
        raise NotImplementedError

    @property
    def most(self) -> str:
        """The largest size in words."""
        return f"{self.largest // _MEGABYTE} MB"

    def parameters(self) -> dict[str, Any]:
        """What the GOV.UK macro is given."""
        limit = {"data-npt-largest": str(self.largest), "data-npt-most": self.most} if self.largest else {}
        given = {"label": {"text": self.caption}, "attributes": {"accept": self.accept, **limit}}
        if self.data is not None and self.file_name:
            again = f"Choose “{self.file_name[:100]}” again: a browser does not keep a file."
            given["hint"] = {"text": " ".join(filter(None, [again, self.hint]))}
        return {**self.described(), **given}


class FileField(_FileControl[bytes]):
    """A file, taken in whole."""

    def taken(self, sent: FileStorage) -> bytes:
        """The bytes. ValueError when there are none."""
        content = bytes_of(sent)
        if not content:
            raise ValueError("The file is empty: check it, and choose it again.")
        return content


class ExaminedFileField(_FileControl[Value], Generic[Value]):
    """A file of a page declared with `largest_file`: what was made of it before its view was called."""

    def taken(self, sent: FileStorage) -> Value:
        """What was made of it. ValueError when it was refused."""
        found: Any = examined(self.name)
        if found is None:
            raise LookupError(f"The page of {self.name} takes files: declare it with largest_file=")
        if isinstance(found, Refusal):
            raise ValueError(found.message)
        made: Value = found
        return made
