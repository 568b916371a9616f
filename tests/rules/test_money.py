"""Money as it is typed and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.money import pounds_in_words, read_pounds


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("250", 25_000),
        ("£250", 25_000),
        (" £ 250.00 ", 25_000),
        ("£1,250.50", 125_050),
        ("1,250", 125_000),
        ("12,50", 1_250),
        ("12.5", 1_250),
        ("-£5", -500),
        ("£-5", -500),
        ("\u22125", -500),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, pence: int) -> None:
    assert read_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed", ["", "£", "a lot", "1,25.00", "12,5000", "£1.234", "£££5", "5£", "1e3", "٣", "9" * 30]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no amount of money"):
        read_pounds(typed)


@given(st.integers(0, 1_000_000_000))
def test_an_amount_in_words_is_read_back(pence: int) -> None:
    assert read_pounds(pounds_in_words(pence)) == pence
