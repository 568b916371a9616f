"""Documents that are ZIP parcels: which they are, whether macros are in them, and how much they unpack to."""

import re
import zipfile
from io import BytesIO

from npt.attachments.rules.refusing import FileRefused

_ARCHIVE = "an archive is not opened here: add the files in it one by one"
_MACROS = (
    "it holds macros, or parts that only another program opens: save it without them (as DOCX or XLSX), or"
    " as PDF"
)
_DAMAGED = "it is damaged: open it where it was made, and save it again"
#: What the list of a parcel's parts may take, in bytes: some ten thousand parts.
_LONGEST_LIST = 1_000_000
#: How much is read of the two parts that say what a parcel is.
_LONGEST_PART = 1_000_000
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
#: Where macros stand: in Office's parts, and in OpenDocument's folders.
_MACRO_PARTS = re.compile(
    r"(.*/)?(vbaproject|vbadata)[^/]*|(basic|scripts)/.+|.*\.(bin|exe|dll|js|vbs)", re.IGNORECASE
)
#: Parts ending in .bin that are no macros: settings of printers and the like.
_HARMLESS = re.compile(r"(.*/)?(printersettings|calcchain|sheetmetadata)[^/]*\.bin", re.IGNORECASE)


def kind_of_parcel(content: bytes) -> str:
    """Which document it is: "docx", "xlsx", "odt" or "ods". FileRefused for any other archive, and macros."""
    with _opened(content) as parcel:
        names = parcel.namelist()
        if any(_MACRO_PARTS.fullmatch(name) and not _HARMLESS.fullmatch(name) for name in names):
            raise FileRefused(_MACROS)
        if "[Content_Types].xml" in names:
            types = _part(parcel, "[Content_Types].xml")
            if b"macroEnabled" in types:
                raise FileRefused(_MACROS)
            found = next((kind for part, kind in _MAIN_PARTS.items() if part in types), None)
        elif "mimetype" in names:
            found = _OPEN_DOCUMENTS.get(_part(parcel, "mimetype").strip())
        else:
            found = None
    if found is None:
        raise FileRefused(_ARCHIVE)
    return found


def unpacked_sizes(content: bytes) -> list[int]:
    """How large the parts of a parcel say that they are, in bytes. FileRefused when it is damaged."""
    with _opened(content) as parcel:
        return [part.file_size for part in parcel.infolist()]


def _opened(content: bytes) -> zipfile.ZipFile:
    # The list of parts stands at the end, and its length after it: it is looked at before it is read.
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or int.from_bytes(content[end + 12 : end + 16], "little") > _LONGEST_LIST:
        raise FileRefused(_DAMAGED if end < 0 else _ARCHIVE)
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused(_DAMAGED) from error


def _part(parcel: zipfile.ZipFile, name: str) -> bytes:
    try:
        with parcel.open(name) as part:
            return part.read(_LONGEST_PART)
    except Exception as error:  # what is damaged, or locked, raises what each method of packing likes
        raise FileRefused(_DAMAGED) from error
