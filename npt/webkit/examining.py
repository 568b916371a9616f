"""Files that come with a form: looked at before its view is called, and before any transaction begins.

Who looks at them stands on a floor above (`Doors.examine`). What came of it waits in the request for the
field of the same name (`npt.webkit.fields.ExaminedFileField`).
"""

from flask import g, request
from werkzeug.datastructures import FileStorage

from npt.kit.refusals import Refusal
from npt.webkit.visit import doors


def note_too_large(field: str) -> None:
    """Note that the file of this field was so large that its end was not waited for."""
    g.npt_file_too_large = field


def too_large() -> str:
    """The field whose file was too large; "" where none was."""
    return str(g.get("npt_file_too_large", ""))


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
        return refusal


def bytes_of(file: FileStorage) -> bytes:
    """All of a file, which lies in memory (`npt.webkit.bodies`)."""
    file.stream.seek(0)
    return file.stream.read()


def _is_file(file: FileStorage) -> bool:
    return bool(file.filename)
