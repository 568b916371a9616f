"""The columns of a kind of file, and how the text of a cell becomes a value.

Every parser takes the text of one cell, stripped and never empty, and returns a typed value or raises
`BadCell`.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TypeVar

from npt.kit import clock
from npt.kit.numbers import without_comma

Choice = TypeVar("Choice", bound=Enum)

CODE_LIMIT = 20
EMAIL_LIMIT = 254  # RFC 5321 leaves no room for a longer address
_CODE_CHARACTER = re.compile(r"[A-Za-z0-9._-]")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
# Unicode's Bidi_Control characters: invisible, and able to show a name in another order than it is stored in.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_SHOWN_CHARACTERS = 40


class BadCell(ValueError):
    """The text of a cell cannot be taken. ``message`` says what is wrong and what to do.

    Whatever text it quotes, the message holds nothing that a terminal would obey.
    """

    def __init__(self, message: str) -> None:
        self.message = _visible(message)
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind of file.

    ``parse`` turns the stripped text of a cell into a value and raises `BadCell` (a Refusal or any other
    ValueError is taken as one); equal texts are parsed once. A required column must be in the header and have
    a value on every row; any other may be empty or missing, and reads as ``empty``. ``hint`` names the value
    where it is missing, such as "the member's number". ``is_instant`` says that ``parse`` reads instants as
    `instant` does, so that a workbook's whole day stands for the midnight that begins it.
    """

    name: str
    parse: Callable[[str], object]
    is_required: bool = True
    hint: str = ""
    is_instant: bool = False
    empty: object = None


def heading(text: str) -> str:
    """The heading on one line: whatever white space stands in it, a line break too, is one blank."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Shape:
    """The columns of a kind of file, in the order in which they are written.

    ValueError when a name comes twice.
    """

    kind: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        if len(self._by_heading) < len(self.columns):
            raise ValueError(f"The shape of {self.kind} names a column twice: give each column its own name.")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def _by_heading(self) -> dict[str, Column]:
        return {heading(column.name).casefold(): column for column in self.columns}

    def column_under(self, title: str) -> Column | None:
        """The column with this heading, in capitals or small letters; None when there is none."""
        return self._by_heading.get(heading(title).casefold())


def shown(text: str) -> str:
    """The text as it may be shown in a message or a terminal: quoted, shortened, nothing invisible."""
    return f"“{_visible(text[:_SHOWN_CHARACTERS])}{'…' if len(text) > _SHOWN_CHARACTERS else ''}”"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like this one, or None when none does."""
    by_folded = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(word.casefold()[:100], by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def code(text: str) -> str:
    """A code or number that names a record: up to 20 letters A to Z, digits and . _ -"""
    if len(text) > CODE_LIMIT:
        raise BadCell(f"{shown(text)} has {len(text)} characters: a code has at most {CODE_LIMIT}")
    for letter in text:
        if not _CODE_CHARACTER.fullmatch(letter):
            name = "a space" if letter == " " else shown(letter)
            raise BadCell(
                f"{shown(text)} holds {name}: use only letters A to Z, digits, full stops, hyphens and"
                " underscores"
            )
    return text


def codes(text: str) -> tuple[str, ...]:
    """Codes separated by spaces, in the order given; none twice."""
    found = tuple(code(part) for part in text.split())
    for position, each in enumerate(found):
        if each in found[:position]:
            raise BadCell(f"{shown(each)} appears twice: name each code once")
    return found


def text(limit: int, *, is_multiline: bool = False) -> Callable[[str], str]:
    """A parser of words: any script, up to ``limit`` characters (not bytes), without invisible marks.

    A line break is refused unless ``is_multiline``; every kind of line break is then read as a line feed.
    Text that looks like a formula is only text.
    """

    def parse(text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n") if is_multiline else text
        if len(text) > limit:
            raise BadCell(
                f"{shown(text)} has {len(text):,} characters: shorten it to {limit:,} characters or fewer"
            )
        for suspect in _SUSPECT.finditer(text):
            _check_letter(suspect[0], is_multiline=is_multiline)
        return text

    return parse


def _check_letter(letter: str, *, is_multiline: bool) -> None:
    if letter == "\t" or (letter == "\n" and is_multiline):
        return
    if letter in _LINE_BREAKS:
        raise BadCell("has a line break: write it on one line")
    if letter in _DIRECTION_MARKS:
        raise BadCell(
            f"holds {_code_point(letter)}, an invisible mark that changes the reading direction:"
            " delete the mark (right-to-left letters need none)"
        )
    raise BadCell(f"holds the control character {_code_point(letter)}: delete it")


def day(text: str) -> date:
    """An ISO date such as 2026-10-25, from 1900 to 2199."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", text):
        raise BadCell(f"{shown(text)} has a time of day: give the date alone, like {text[:10]}")
    try:
        return clock.parse_day(text)
    except ValueError as error:
        raise BadCell(_as_clause(error)) from None


def instant(text: str) -> clock.Reading:
    """An ISO date and time in whole minutes: Europe/London local time, or with an offset.

    A local time that happens twice is read as the first, and the reading says so; one that never happens is
    refused.
    """
    try:
        return clock.parse_instant(text)
    except clock.NeverHappens as error:
        raise BadCell(f"{_as_clause(error)}; give the time that the clock showed, or add an offset") from None
    except ValueError as error:
        raise BadCell(_as_clause(error)) from None


def doubt(value: object) -> str | None:
    """What is doubtful about a value that was read; None when nothing is."""
    if not isinstance(value, clock.Reading) or not value.is_ambiguous:
        return None
    return (
        "this time happens twice, because the clocks go back: taken as the first,"
        f" {clock.moment_in_words(value.instant)}; if you mean the second, add its offset, +00:00"
    )


def integer(text: str) -> int:
    """A whole number of at most fifteen digits, written in digits alone."""
    if not _INTEGER.fullmatch(text):
        raise BadCell(f"{shown(text)} is not a whole number: write it in digits alone, like 12")
    return int(text)


def decimal(places: int, low: Decimal | int | str, high: Decimal | int | str) -> Callable[[str], Decimal]:
    """A parser of plain decimal numbers from ``low`` to ``high``, both included.

    At most ``places`` decimals may be written, and the value always has as many. Exponents, infinity and
    "not a number" are refused.
    """
    lowest, highest = Decimal(low), Decimal(high)
    unit = Decimal(1).scaleb(-places)
    wanted = f"a number from {lowest} to {highest} with at most {places} decimal{'' if places == 1 else 's'}"

    def parse(text: str) -> Decimal:
        if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
            raise BadCell(
                f"{shown(text)} has a comma: write {wanted}, with a decimal point,"
                f" like {without_comma(text)[:_SHOWN_CHARACTERS]}"
            )
        if not _DECIMAL.fullmatch(text):
            raise BadCell(f"{shown(text)} is not a number that fits here: write {wanted} in plain digits")
        value = Decimal(text)
        rounded = value.quantize(unit)
        if rounded != value or not lowest <= value <= highest:
            raise BadCell(f"{shown(text)} does not fit: write {wanted}")
        return rounded

    return parse


def choice(options: type[Choice]) -> Callable[[str], Choice]:
    """A parser of one of an enum's values, in capitals or small letters; the refusal names the nearest."""
    by_value = {str(option.value).casefold(): option for option in options}
    values = [str(option.value) for option in options]

    def parse(text: str) -> Choice:
        try:
            return by_value[text.casefold()]
        except KeyError:
            near = nearest(text, values)
            guess = f"did you mean “{near}”? It " if near else "it "
            raise BadCell(f"{shown(text)} is not known: {guess}must be one of {', '.join(values)}") from None

    return parse


def email(text: str) -> str:
    """An email address, kept as written."""
    if len(text) > EMAIL_LIMIT or _SUSPECT.search(text) or not _EMAIL.fullmatch(text):
        raise BadCell(f"{shown(text)} is not an email address: write one like name@example.org")
    return text


def _visible(text: str) -> str:
    return "".join(letter if letter.isprintable() else _code_point(letter) for letter in text)


def _code_point(letter: str) -> str:
    return f"U+{ord(letter):04X}"


def _as_clause(error: ValueError) -> str:
    return str(error).rstrip(".")
