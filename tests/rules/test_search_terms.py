"""The terms of a text and of a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.search_terms import MOST_WORDS, fits, terms_of, terms_sought


def found(sought: str, text: str) -> bool:
    return fits(terms_sought(sought), terms_of(text))


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("burglaries", "Burglary of sheds"),
        ("O'Brien", "The O’Brien family"),
        ("obrien", "The O'Brien family"),
        ("schools", "Outside the school’s gate"),
        ("anti-social", "Antisocial drinking"),
        ("anti-social", "Anti social drinking"),
        ("antisocial", "Anti-social drinking"),
        ("antisocial", "Anti social drinking"),
        ("anti social", "Antisocial drinking"),
        ("anti social", "Anti‑social drinking"),
        ("SW1A1AA", "At SW1A 1AA by the park"),
        ("sw1a 1aa", "SW1A1AA"),
        ("SW1A", "At SW1A 1AA"),
        ("drugs", "drink/drugs"),
        ("P-12", "p12"),
        ("p12", "P-12"),
        ("cafe", "Café"),
        ("Orsted", "Ørsted Way"),
        ("школа", "Школа"),
        ("drinking park", "Drinks in the parks"),
        ("the park", "A park"),
    ],
)
def test_a_text_is_found_however_its_words_are_written(sought: str, text: str) -> None:
    assert found(sought, text)


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("communication", "A community"),
        ("10-15", "In room 1015"),
        ("SW1A1AA", "At SW1A 1AB"),
        ("drinking park", "Drinks in the street"),
        ("park", ""),
    ],
)
def test_a_text_without_a_word_of_that_stem_is_not_found(sought: str, text: str) -> None:
    assert not found(sought, text)


@pytest.mark.parametrize("typed", ["", "  ", "?!", "-- / '", "the", "__"])
def test_without_a_word_in_it_a_search_asks_for_nothing(typed: str) -> None:
    assert terms_sought(typed) == ()
    assert not fits((), terms_of("anything"))


def test_no_more_words_count_than_anybody_types() -> None:
    assert len(terms_sought(" ".join(f"word{number}" for number in range(500)))) == MOST_WORDS


@given(st.text(max_size=60))
def test_a_term_is_plain_ascii_that_no_engine_takes_apart(text: str) -> None:
    assert all(term.isascii() and term.isalnum() and term == term.lower() for term in terms_of(text))


@given(st.text(max_size=60))
def test_every_text_is_found_by_itself(text: str) -> None:
    sought = terms_sought(text)
    assert not sought or fits(sought, terms_of(text))
