"""How a workbook shows a number that is more than its digits: 447 as 0447, or as PC 0447.

Excel keeps the number and shows it by a format. A code that was typed as a number and is shown with zeros in
front would be read as another code without the format.
"""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

# The parts of a format code: quoted or escaped text, brackets, padding, and single characters.
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.|(?P<general>General)|(?P<one>.)',
    re.DOTALL | re.IGNORECASE,
)
_PLACES = frozenset("0#?.,%")
_CURRENCY = frozenset("£$€¥ ()")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format that puts more before or among the digits of a number than a value has."""

    code: str
    before: str
    #: the placeholders of digits; with other signs among them nothing is said of what is shown
    places: str
    after: str

    def shown(self, value: str) -> str | None:
        """What Excel shows for the digits of a number; None where that is not told here."""
        if not value.isdigit() or set(self.places) != {"0"}:
            return None
        return f"{self.before}{value.zfill(len(self.places))}{self.after}"


def telling_formats(styles: ElementTree.Element) -> dict[int, NumberFormat]:
    """The formats of a workbook's list of styles that tell more than a number, by the place of the style."""
    codes = {
        each.get("numFmtId"): each.get("formatCode", "") for each in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    found: dict[int, NumberFormat] = {}
    for place, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        told = telling_format(codes.get(style.get("numFmtId"), ""))
        if told is not None:
            found[place] = told
    return found


def telling_format(code: str) -> NumberFormat | None:
    """The format of this code, if it shows more than the digits of a number and its unit of money."""
    sections = _sections(code)
    before, places, after = _taken_apart(sections[0])
    if not places:
        return None
    zeros = re.match(r"[#?,]*(0[0,]*)", places)
    has_zeros = zeros is not None and zeros[1].count("0") > 1
    if not has_zeros and not set(places) - _PLACES and not (set(before) | set(after)) - _CURRENCY:
        return None
    is_plain = len(sections) < 3 and not re.search(r"\[[<>=]", code)
    return NumberFormat(code, before, places if is_plain else "", after)


def _sections(code: str) -> list[str]:
    """The parts of a format for positive, negative, zero and text."""
    sections = [""]
    for part in _PART.finditer(code):
        if part["one"] == ";":
            sections.append("")
        else:
            sections[-1] += part[0]
    return sections


def _taken_apart(section: str) -> tuple[str, str, str]:
    """The text before the digits, the placeholders from the first to the last, and the text after them.

    Without a placeholder all is before. What stands among placeholders stays there.
    """
    before, places, after = "", "", ""
    for part in _PART.finditer(section):
        if part["general"] is not None:
            places, after = f"{places}{after}#", ""
        elif part["one"] is not None and part["one"] in "0#?.":
            places, after = f"{places}{after}{part[0]}", ""
        elif places:
            after += _literal(part)
        else:
            before += _literal(part)
    rest = after.lstrip(",%")  # these belong to the digits
    places += after[: len(after) - len(rest)]
    return before, re.sub(r"E[+-][0#?]+$", "", places), rest


def _literal(part: re.Match[str]) -> str:
    bracket: str | None = part["bracket"]
    if bracket is not None:
        return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
    return part["quoted"] or part["escaped"] or part["one"] or ""
