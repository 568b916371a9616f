"""Names of files: cleaned of what a browser or a stranger put into them, and written into headers."""

import re
import unicodedata
from urllib.parse import quote

from npt.attachments.rules.kinds import FileKind

#: In characters: as long as file systems take with a number that a browser adds ("… (2)").
LONGEST_NAME = 120
#: What parts folders, and what file systems or terminals read otherwise.
_NOT_IN_NAMES = re.compile(r'[<>:"|?*`$%;]')
#: Names that Windows takes for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_NAMELESS = "file"


def last_part(sent: str) -> str:
    """The name without folders, whichever system it comes from, and without what is not seen."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", sent)[-1])
    seen = "".join(" " if each.isspace() else each for each in name if each.isprintable() or each.isspace())
    return re.sub(r"\s+", " ", _NOT_IN_NAMES.sub("-", seen)).strip(" .")


def ending_of(sent: str) -> str:
    """The ending of a name as it came, in lower case and without its dot; "" where there is none."""
    return last_part(sent).rpartition(".")[2].lower() if "." in last_part(sent) else ""


def kept_name(sent: str, kind: FileKind) -> str:
    """The name that a file is kept under: short enough, and with the ending that its content has.

    An ending of another kind that is known is replaced ("plan.png" that is a JPEG: "plan.jpg"), any other
    stays before the right one ("minutes.2026" becomes "minutes.2026.txt").
    """
    name = last_part(sent)
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    elif ending.lower() in kind.endings:
        kind_ending = ending.lower()
        return f"{_stem(stem, kind_ending)}.{kind_ending}"
    elif not any(ending.lower() in each.endings for each in FileKind):
        stem = name
    return f"{_stem(stem, kind.value)}.{kind.value}"


def _stem(stem: str, ending: str) -> str:
    stem = stem.strip(" .")[: LONGEST_NAME - len(ending) - 1].strip(" .")
    if _DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"{_NAMELESS}-{stem}"
    return stem or _NAMELESS


def disposition(name: str) -> str:
    """The header that has a file kept and not shown (RFC 6266), its name in both spellings (RFC 5987)."""
    stem, dot, ending = name.rpartition(".")
    plain = f"{_plain(stem) or _NAMELESS}{dot}{_plain(ending)}"
    written = f'attachment; filename="{plain}"'
    return written if plain == name else f"{written}; filename*=UTF-8''{quote(name, safe='')}"


def _plain(text: str) -> str:
    """What is left of a text in plain letters, for browsers that know no others."""
    apart = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9 ._()-]", "-", apart).strip(" .-")
