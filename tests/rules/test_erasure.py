"""How a name gives way in words, and when somebody's time has come."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.data_protection.rules import (
    Naming,
    key_mark,
    months_before,
    pseudonym,
    reference_digest,
    without_names,
)

ANN = Naming("Ann O'Hara-Lee", ("4711", "a.lee@force.example"), "Erased member 3")
WORD = st.text("abcdefgh", min_size=3, max_size=8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Response for Ann O'Hara-Lee, 22:00", "Response for Erased member 3, 22:00"),
        ("ANN  O'HARA-LEE was there", "Erased member 3 was there"),
        ("O'Hara-Lee, Ann", "Erased member 3"),
        ("Ann O’Hara‑Lee and A. O`Hara–Lee", "Erased member 3 and Erased member 3"),
        ("A. O'Hara-Lee and A O'Hara-Lee", "Erased member 3 and Erased member 3"),
        (
            "PC 4711, number 4711, members/4711",
            "PC Erased member 3, number Erased member 3, members/Erased member 3",
        ),
        ("write to a.lee@force.example.", "write to Erased member 3."),
        # not theirs
        ("at 4711 hours", "at 4711 hours"),
        ("PC 47110", "PC 47110"),
        ("Joann O'Hara-Lees", "Joann O'Hara-Lees"),
        ("PC O'Hara-Lee", "PC O'Hara-Lee"),
    ],
)
def test_a_name_gives_way_where_it_is_theirs_and_only_there(text: str, said: str) -> None:
    assert ANN.replaced(text) == said


@pytest.mark.parametrize(("number", "text"), [("47110", "47110 was away"), ("PC47", "with PC47, late")])
def test_a_long_number_or_one_with_letters_is_somebodys_by_itself(number: str, text: str) -> None:
    assert number not in Naming("Ann Lee", (number,), "X").replaced(text)


@pytest.mark.parametrize("text", ["Łucja Wójcik", "Lucja Wojcik", "L. WÓJCIK", "wojcik, łucja"])
def test_a_name_gives_way_with_and_without_its_accents(text: str) -> None:
    assert Naming("Łucja Wójcik", (), "X").replaced(text) == "X"
    assert not Naming("Łucja Wójcik", (), "X").has_to_be_read("A wojciks")
    assert Naming("Łucja Wójcik", (), "X").has_to_be_read("with Wojcik")


def test_a_last_name_alone_has_to_be_read() -> None:
    assert ANN.has_to_be_read("PC O'Hara-Lee was away")
    assert not ANN.has_to_be_read(ANN.replaced("Ann O'Hara-Lee was away"))
    assert not Naming("Ann", (), "X").has_to_be_read("Ann was away")


def test_with_a_namesake_the_name_stays_and_has_to_be_read() -> None:
    two = Naming("Ann Lee", ("PC47",), "X", has_namesake=True)
    assert two.replaced("Ann Lee, PC47") == "Ann Lee, X"
    assert two.has_to_be_read("Ann Lee, X")


def test_no_text_grows_beyond_its_column() -> None:
    assert Naming("Li Wu", (), "Erased member 300").replaced("Li Wu", 10) == "Erased mem"


@given(st.lists(WORD, min_size=2, max_size=3), st.lists(st.one_of(WORD, st.just("NAME")), max_size=12))
def test_no_full_name_is_left_whatever_stands_around_it(name: list[str], words: list[str]) -> None:
    said = " ".join(" ".join(name) if word == "NAME" else word for word in words)
    left = Naming(" ".join(name), (), "#").replaced(said)
    assert re.search(rf"(?<!\w){' '.join(name)}(?!\w)", left) is None


@given(st.text(max_size=80), st.sets(st.lists(WORD, min_size=2, max_size=4).map(" ".join), max_size=5))
def test_without_names_a_text_that_has_none_is_unchanged(text: str, names: set[str]) -> None:
    if not any(name in " ".join(re.findall(r"[\w'’-]+", text)).casefold() for name in names):
        assert without_names(text, frozenset(names), "somebody") == text


def test_the_longest_name_gives_way_first() -> None:
    names = frozenset({"ann lee", "ann lee smith"})
    assert without_names("With Ann Lee Smith, Ann Lee.", names, "X") == "With X, X."


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 30), 1, date(2026, 10, 30)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 30), 72, date(2020, 11, 30)),
    ],
)
def test_so_many_months_before_a_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_a_digest_is_of_one_key_one_kind_and_one_reference() -> None:
    made = {
        reference_digest(secret, table, reference)
        for secret in ("k", "n")
        for table in ("member", "account")
        for reference in ("1", "2")
    }
    assert len(made) == 8
    assert key_mark("k") != key_mark("n")


def test_a_pseudonym_tells_the_kind_and_the_key_alone() -> None:
    assert pseudonym("member", 17, is_reference=False) == "Erased member 17"
    assert pseudonym("member", 17, is_reference=True) == "erased-17"
