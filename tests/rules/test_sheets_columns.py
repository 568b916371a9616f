"""Cells: the text of a value, and what is said of a text that is none."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.sheets import columns
from npt.sheets.columns import BadCell, Column, Shape


class Colour(Enum):
    RED = "red"
    GREEN = "green"


class Grade(Enum):
    FIRST = 1
    SECOND = 2


FTE = columns.decimal(2, "0.01", 1)
PARSERS: list[Callable[[str], object]] = [
    columns.code,
    columns.codes,
    columns.text(20),
    columns.day,
    columns.instant,
    columns.integer,
    FTE,
    columns.choice(Colour),
    columns.email,
]


@pytest.mark.parametrize("text", ["C1", "snt.north-2_b", "00123", "A" * 20])
def test_a_code_is_kept_exactly_as_given(text: str) -> None:
    assert columns.code(text) == text


@pytest.mark.parametrize("text", ["A" * 21, "C 1", "C/1", "=cmd|x", "é", "C\u202e1", "١٢"])
def test_a_code_with_any_other_character_or_over_twenty_of_them_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        columns.code(text)


def test_codes_are_separated_by_spaces_and_keep_their_order() -> None:
    assert columns.codes("C2  C1") == ("C2", "C1")


def test_a_code_named_twice_in_one_cell_is_refused() -> None:
    with pytest.raises(BadCell, match="twice"):
        columns.codes("C1 C2 C1")


def test_a_name_is_counted_in_characters_not_bytes() -> None:
    name = "👮🏽" * 37  # 296 bytes, 74 characters
    assert columns.text(74)(name) == name
    with pytest.raises(BadCell, match="74 characters: shorten it to 73"):
        columns.text(73)(name)


@pytest.mark.parametrize(
    "text",
    ["مريم العلي", "שרה לוי", "Łucja O’Brien", "👩‍👩‍👧 family", "=cmd|' /C calc'!A0", "+44 1234", "@x", "-"],
)
def test_words_of_any_script_and_formulas_are_plain_text(text: str) -> None:
    assert columns.text(200)(text) == text


@pytest.mark.parametrize(
    "mark", list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
def test_a_mark_that_changes_the_reading_direction_is_refused_by_its_number(mark: str) -> None:
    with pytest.raises(BadCell, match=rf"U\+{ord(mark):04X}.*delete"):
        columns.text(200)(f"Sam{mark}Smith")


@pytest.mark.parametrize("letter", ["\0", "\x07", "\x1b", "\x7f", "\x9b", "\uffff"])
def test_a_control_character_is_refused_by_its_number(letter: str) -> None:
    with pytest.raises(BadCell, match=rf"U\+{ord(letter):04X}: delete"):
        columns.text(200)(f"Sam{letter}Smith")


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028"])
def test_a_name_stands_on_one_line(line_break: str) -> None:
    with pytest.raises(BadCell, match="one line"):
        columns.text(200)(f"Sam{line_break}Smith")


def test_a_note_may_have_lines_and_keeps_them_as_line_feeds() -> None:
    assert columns.text(200, is_multiline=True)("one\r\ntwo\rthree\nfour") == "one\ntwo\nthree\nfour"


def test_a_refused_text_is_shown_without_anything_that_a_terminal_would_obey() -> None:
    with pytest.raises(BadCell) as refused:
        columns.code("\x1b[2J\u202e")
    assert refused.value.message.isprintable()


def test_a_day_is_an_iso_date() -> None:
    assert columns.day("2026-10-25") == date(2026, 10, 25)


@pytest.mark.parametrize(
    "text", ["25/10/2026", "2026-13-01", "2026-02-29", "0000-01-01", "99999-01-01", "1234", "٢٠٢٦-١٠-٢٥"]
)
def test_anything_else_is_not_a_day(text: str) -> None:
    with pytest.raises(BadCell):
        columns.day(text)


def test_a_day_with_a_time_is_asked_to_drop_the_time() -> None:
    with pytest.raises(BadCell, match="the date alone, like 2026-10-25"):
        columns.day("2026-10-25T07:00")


def test_a_time_without_an_offset_is_local() -> None:
    assert columns.instant("2026-07-01T22:00").instant == datetime(2026, 7, 1, 21, 0, tzinfo=UTC)


def test_a_time_with_an_offset_is_taken_at_its_word() -> None:
    reading = columns.instant("2026-10-25T01:30+00:00")
    assert reading == (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), False)


def test_a_local_time_that_happens_twice_is_the_first_and_says_so() -> None:
    assert columns.instant("2026-10-25T01:30") == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True)


def test_a_local_time_that_never_happens_is_refused_with_a_cure() -> None:
    with pytest.raises(
        BadCell, match=r"never happens: clocks go forward .*; give the time that the clock showed"
    ):
        columns.instant("2026-03-29T01:30")


@pytest.mark.parametrize(
    "text", ["2026-10-25", "0000-01-01T00:00", "2026-10-25T24:00", "9999-12-31T23:59-14:00", "1e309", "now"]
)
def test_anything_else_is_not_an_instant(text: str) -> None:
    with pytest.raises(BadCell):
        columns.instant(text)


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("-3", -3), ("+4", 4), ("007", 7)])
def test_a_whole_number_is_written_in_digits(text: str, number: int) -> None:
    assert columns.integer(text) == number


@pytest.mark.parametrize(
    "text", ["1.0", "1_000", "1,000", "1e3", "1e309", "nan", "inf", "٣", "9" * 5000, "", "0x10"]
)
def test_anything_else_is_not_a_whole_number(text: str) -> None:
    with pytest.raises(BadCell):
        columns.integer(text)


@pytest.mark.parametrize(
    ("text", "value"), [("1", "1.00"), ("0.5", "0.50"), ("0.500", "0.50"), ("+0.01", "0.01")]
)
def test_a_decimal_has_as_many_places_as_its_column(text: str, value: str) -> None:
    assert str(FTE(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "1e309",
        "1e-400",
        "1E5",
        "nan",
        "NaN",
        "sNaN",
        "inf",
        "-Infinity",
        "0.005",
        "0",
        "1.01",
        "-1",
        "1_0",
        "٠.٥",
        "9" * 5000,
        ".",
    ],
)
def test_a_number_that_does_not_fit_is_refused_with_what_would(text: str) -> None:
    with pytest.raises(BadCell, match=r"a number from 0\.01 to 1 with at most 2 decimals"):
        FTE(text)


def test_a_decimal_comma_is_shown_with_a_point() -> None:
    with pytest.raises(BadCell, match=r"like 0\.5$"):
        FTE("0,5")


def test_a_comma_that_may_part_thousands_is_shown_without_it_both_ways() -> None:
    with pytest.raises(BadCell, match=r"like 1200 or 1\.2$"):
        columns.decimal(2, 0, 100_000)("1,200")


def test_a_choice_is_taken_in_capitals_too() -> None:
    assert columns.choice(Colour)("Red") is Colour.RED


def test_a_choice_among_numbers_is_taken_from_their_digits() -> None:
    assert columns.choice(Grade)("2") is Grade.SECOND


def test_a_wrong_choice_names_the_nearest_and_all() -> None:
    with pytest.raises(BadCell, match=r"did you mean “green”.* one of red, green"):
        columns.choice(Colour)("grene")


def test_a_wrong_choice_like_none_names_all() -> None:
    with pytest.raises(BadCell, match="not known: it must be one of red, green"):
        columns.choice(Colour)("xyz")


@pytest.mark.parametrize("text", ["sam@demo.example", "s.o'neil+x@a.b.example"])
def test_an_email_address_is_kept_as_written(text: str) -> None:
    assert columns.email(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "sam",
        "sam@demo",
        "sam@@demo.example",
        "a b@demo.example",
        "sam@demo.",
        "s\u202em@demo.example",
        "a" * 250 + "@b.cd",
    ],
)
def test_anything_else_is_not_an_email_address(text: str) -> None:
    with pytest.raises(BadCell):
        columns.email(text)


def test_a_shape_that_names_a_column_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        Shape("members", (Column("name", columns.code), Column("name", columns.code)))


def refusal(parse: Callable[[str], object], text: str) -> str:
    """What the parser says against a text; nothing when it takes it; any other error goes through."""
    try:
        parse(text)
    except BadCell as refused:
        return refused.message
    return ""


@given(st.sampled_from(PARSERS), st.text())
def test_no_text_breaks_a_parser_or_a_terminal(parse: Callable[[str], object], text: str) -> None:
    assert refusal(parse, text).isprintable()
