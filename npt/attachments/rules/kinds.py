"""What a file is, by its content: the kinds that are kept, and why others are refused.

Own signatures and no library: a library names a thousand kinds by their first bytes, and for the dozen kept
here one has to look further anyway (a ZIP may be a letter, a letter with macros or a parcel of programs).
"""

import re
from contextlib import suppress
from enum import Enum

from npt.attachments.rules.parcels import kind_of_parcel
from npt.attachments.rules.refusing import FileRefused

#: The largest file, in bytes. solving.md §3: 10 MB each.
LARGEST = 10 * 1024 * 1024
SIZE_IN_WORDS = "10 MB"


class FileKind(Enum):
    """A kind of file that is kept, by the ending of its name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    TEXT = "txt"
    CSV = "csv"
    MAIL = "eml"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    ODS = "ods"

    @property
    def wording(self) -> str:
        """What people call it."""
        return _WORDING[self]

    @property
    def media_type(self) -> str:
        """As HTTP calls it."""
        return _MEDIA_TYPES[self]

    @property
    def is_picture(self) -> bool:
        """Whether it is drawn anew before it is kept."""
        return self in _PICTURES

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings that fit it, the usual one first."""
        return (self.value, *_OTHER_ENDINGS.get(self, ()))


_WORDING = {
    FileKind.PDF: "PDF",
    FileKind.JPEG: "JPEG picture",
    FileKind.PNG: "PNG picture",
    FileKind.GIF: "GIF picture",
    FileKind.WEBP: "WebP picture",
    FileKind.TEXT: "plain text",
    FileKind.CSV: "CSV table",
    FileKind.MAIL: "email",
    FileKind.DOCX: "Word document",
    FileKind.XLSX: "Excel workbook",
    FileKind.ODT: "OpenDocument text",
    FileKind.ODS: "OpenDocument spreadsheet",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.GIF: "image/gif",
    FileKind.WEBP: "image/webp",
    # No charset: it is what somebody's program wrote, and is taken out as it was.
    FileKind.TEXT: "text/plain",
    FileKind.CSV: "text/csv",
    FileKind.MAIL: "message/rfc822",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.ODT: f"{_OPEN}.text",
    FileKind.ODS: f"{_OPEN}.spreadsheet",
}
_PICTURES = {FileKind.JPEG, FileKind.PNG, FileKind.GIF, FileKind.WEBP}
_OTHER_ENDINGS = {FileKind.JPEG: ("jpeg", "jpe", "jfif"), FileKind.TEXT: ("text", "log", "md")}
#: What a browser offers to choose from.
ENDINGS = tuple(ending for kind in FileKind for ending in kind.endings)
ACCEPTED = ",".join(f".{ending}" for ending in ENDINGS)

_TAKEN = "PDF, JPEG, PNG, GIF, WebP, text, CSV, Word (DOCX), Excel (XLSX), ODT, ODS or email (EML)"
_UNKNOWN = f"this kind of file is not kept, or it is damaged: save it as {_TAKEN}"
_PROGRAM = "it is a program or a script, and those are never kept"
_PAGE = "web pages and SVG drawings can hold scripts: save it as PDF, or the drawing as PNG"
#: The first bytes of what is refused, and why. A reason says what to do.
_REFUSED = (
    (b"\x7fELF", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"#!", _PROGRAM),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is an older Office file, which may hold macros, or it is locked by a password: save it as DOCX,"
        " XLSX or PDF without a password",
    ),
    (b"{\\rtf", "rich text can hold other files: save it as DOCX or PDF"),
    (b"Rar!", "an archive is not opened here: add the files in it one by one"),
    (b"7z\xbc\xaf", "an archive is not opened here: add the files in it one by one"),
    (b"\x1f\x8b", "an archive is not opened here: add the files in it one by one"),
    (b"II*\x00", "save the picture as JPEG or PNG"),
    (b"MM\x00*", "save the picture as JPEG or PNG"),
)
#: The same where what begins so is no text.
_REFUSED_UNLESS_TEXT = ((b"MZ", _PROGRAM), (b"BM", "save the picture as JPEG or PNG"))
#: What stands at the fifth byte of pictures of a telephone, and of films.
_PHONE_PICTURE = re.compile(rb"ftyp(heic|heix|hevc|heim|heis|mif1|msf1|avif)")
# fmt: off
_SCRIPT_ENDINGS = frozenset({
    "bat", "cmd", "com", "cpl", "exe", "hta", "jar", "js", "jse", "lnk", "msc", "msi", "ps1", "psm1", "py",
    "reg", "scf", "scr", "sh", "url", "vb", "vbe", "vbs", "wsf", "wsh",
})
_PAGE_ENDINGS = frozenset({
    "htm", "html", "mht", "mhtml", "shtml", "svg", "svgz", "xht", "xhtml", "xml", "xsl", "xslt",
})
# fmt: on
_MARKUP = re.compile(r"\s*<(!doctype|!--|\?xml|html|head|body|svg|script|iframe)", re.IGNORECASE)
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: Signs that no text has; tabs, line ends and page ends it may have.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_HEADER = re.compile(rb"[!-9;-~]+:|[ \t]")
#: How much of a mail is looked at for its headers.
_LONGEST_HEADERS = 100_000


def kind_of(content: bytes, ending: str) -> FileKind:
    """What the content is. FileRefused, with the reason, for what is not kept.

    The `ending` of the name (without the dot, lower case) tells only between kinds that are all plain text,
    and names what is refused whatever it holds.
    """
    if not content:
        raise FileRefused("it is empty: check it, and save it again where it was made")
    if ending in _SCRIPT_ENDINGS:
        raise FileRefused(_PROGRAM)
    if ending in _PAGE_ENDINGS:
        raise FileRefused(_PAGE)
    return _by_signature(content) or _kind_of_text(content, ending)


def check_size(size: int) -> None:
    """Refuse (FileRefused) a file that is larger than any that is kept."""
    if size > LARGEST:
        raise FileRefused(f"it has more than {SIZE_IN_WORDS}: make it smaller, or add it in parts")


def _by_signature(content: bytes) -> FileKind | None:
    """What the first bytes say; None where they say nothing."""
    for beginning, reason in _REFUSED:
        if content.startswith(beginning):
            raise FileRefused(reason)
    if content[4:8] == b"ftyp":
        if _PHONE_PICTURE.match(content, 4):
            raise FileRefused("the picture is in a telephone's own format (HEIC): save or send it as JPEG")
        raise FileRefused("films and sound are not kept here: store it as your force stores recordings")
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return FileKind.GIF
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind(kind_of_parcel(content))
    return None


def _kind_of_text(content: bytes, ending: str) -> FileKind:
    text = _text_of(content)
    if text is not None and _MARKUP.match(text.lstrip("\ufeff")):
        raise FileRefused(_PAGE)
    if ending in ("eml", "") and _is_mail(content):
        return FileKind.MAIL
    if text is None:
        reasons = [reason for beginning, reason in _REFUSED_UNLESS_TEXT if content.startswith(beginning)]
        raise FileRefused(next(iter(reasons), _UNKNOWN))
    return FileKind.CSV if ending == "csv" else FileKind.TEXT


def _text_of(content: bytes) -> str | None:
    """What it reads as (UTF-8, UTF-16 with its mark, or Windows in western Europe); None for no text."""
    mark = next((mark for mark in _BYTE_ORDER_MARKS if content.startswith(mark)), b"")
    for encoding in (_BYTE_ORDER_MARKS[mark],) if mark else ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return None if _NO_TEXT.search(text) else text
    return None


def _is_mail(content: bytes) -> bool:
    """Whether it begins as a mail does (RFC 5322): headers, among them who wrote it and when."""
    head = content[:_LONGEST_HEADERS].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = head.split(b"\n")
    names = {line.partition(b":")[0].lower() for line in lines if not line.startswith((b" ", b"\t"))}
    return all(map(_HEADER.match, lines)) and {b"from", b"date"} <= names and b"\x00" not in content
