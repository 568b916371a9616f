"""Files that come with a form: looked at before its view is called, and before any transaction begins.

Who looks at them stands on a floor above (`Doors.examine`). What came of it waits in the request for the
field of the same name (`npt.webkit.fields.ExaminedFileField`).
"""

from typing import Protocol, runtime_checkable

from flask import g, has_request_context, request
from werkzeug.datastructures import FileStorage

from npt.kit.refusals import Refusal
from npt.webkit.visit import doors


@runtime_checkable
class Held(Protocol):
    """What was made of a file, and holds its bytes."""

    def let_go(self) -> None:
        """Hold them no longer."""


def note_too_large(field: str) -> None:
    """Note that the file of this field was so large that its end was not waited for."""
    g.npt_file_too_large = field


def too_large() -> str:
    """The field whose file was too large; "" where none was."""
    return str(g.get("npt_file_too_large", "")) if has_request_context() else ""


def has_files() -> bool:
    """Whether any file came with the form; a control that was left empty sends one without a name."""
    return any(map(_is_file, request.files.values()))


def examine_files() -> None:
    """Have every file that came looked at."""
    g.npt_examined = {field: _looked_at(file) for field, file in request.files.items() if _is_file(file)}


def examined(field: str) -> object:
    """What was made of the file of a field, or why it is refused (a Refusal); None where there is none."""
    return g.get("npt_examined", {}).get(field)


def _looked_at(file: FileStorage) -> object:
    try:
        return doors().examine(file.filename or "", bytes_of(file))
    except Refusal as refusal:
        # Its words alone: with it the file would stay, which the places that it came through still hold.
        return Refusal(refusal.message)


def let_go() -> None:
    """Let go of what was made of the files of this request, now that it is answered.

    Forms and fields refer to each other, so that Python itself finds them only some requests later, and the
    files with them.
    """
    for each in g.pop("npt_examined", {}).values():
        if isinstance(each, Held):
            each.let_go()


def bytes_of(file: FileStorage) -> bytes:
    """All of a file, which lies in memory (`npt.webkit.bodies`)."""
    file.stream.seek(0)
    return file.stream.read()


def _is_file(file: FileStorage) -> bool:
    return bool(file.filename)
