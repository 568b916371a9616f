"""What somebody types into the search, and what it fits."""

import pytest

from npt.kit.search_words import Sought, search_words


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("obrien", "Siobhán O'Brien"),
        ("O’BRIEN", "Siobhán O'Brien"),
        ("o brien", "Siobhán O'Brien"),
        ("siobhan", "Siobhán O'Brien"),
        ("brien-smith", "Brien Smith"),
        ("sh arj", "Arjun Sharma"),
        ("lodz", "Łódź Street"),
        ("strasse", "Straße"),
        ("sw1a1aa", "SW1A 1AA"),
        ("anti-social", "Antisocial behaviour"),
        ("antisocial", "Anti-social behaviour"),
        ("n1.1", "Team N11 (N1.1)"),
        ("42", "4217"),
    ],
)
def test_what_is_typed_fits_however_it_is_spelt(typed: str, text: str) -> None:
    assert Sought(typed).fits(text)


@pytest.mark.parametrize(
    ("typed", "text"), [("harma", "Arjun Sharma"), ("arjun smith", "Arjun Sharma"), ("17", "4217")]
)
def test_the_middle_of_a_word_and_a_word_too_many_do_not_fit(typed: str, text: str) -> None:
    assert not Sought(typed).fits(text)


@pytest.mark.parametrize("typed", ["", " ", "-", "’"])
def test_nothing_fits_nothing(typed: str) -> None:
    assert search_words(typed) == []
    assert not Sought(typed).fits("Arjun Sharma")
