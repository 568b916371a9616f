"""Numbers as people write them: a comma is read for what it is or refused, and never passed over."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npt.kit.numbers import LONGEST, TwoReadings, read_decimal, read_whole, without_comma

signs = st.sampled_from(["", "-", "+", "\u2212"])
digits = st.text("0123456789", max_size=6)
like_numbers = st.text("0123456789,.-+ ", max_size=12)


def exact(sign: str, plain: str) -> Decimal:
    """The number that the sign and the plain digits write."""
    return -Decimal(plain) if sign in {"-", "\u2212"} else Decimal(plain)


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_is_read_with_and_without_its_thousands_parted(number: int) -> None:
    assert read_whole(str(number)) == read_whole(f"{number:,}") == number


@given(like_numbers)
def test_a_whole_number_is_digits_alone_or_in_groups_of_three(text: str) -> None:
    try:
        number = read_whole(text)
    except ValueError:
        return
    first, *groups = text.strip().lstrip("+-").split(",")
    assert [len(group) for group in groups] == [3] * len(groups)
    assert not groups or 1 <= len(first) <= 3
    assert abs(number) == int(first + "".join(groups))


@given(signs, digits, digits)
def test_a_decimal_point_is_read_as_written(sign: str, whole: str, part: str) -> None:
    if whole or part:
        assert read_decimal(f"{sign}{whole}.{part}") == exact(sign, f"{whole}.{part}")


@given(signs, digits, digits.filter(bool))
def test_a_decimal_comma_is_read_as_a_point_or_refused_with_both_readings(
    sign: str, whole: str, part: str
) -> None:
    text = f"{sign}{whole},{part}"
    may_part_thousands = 1 <= len(whole) <= 3 and whole[0] != "0" and len(part) == 3
    if may_part_thousands:
        with pytest.raises(TwoReadings):
            read_decimal(text)
    else:
        assert read_decimal(text) == exact(sign, f"{whole}.{part}")


@given(signs, st.integers(1_000, 10**12), digits)
def test_thousands_before_a_point_are_thousands(sign: str, whole: int, part: str) -> None:
    text = f"{sign}{whole:,}.{part}"
    if len(text) <= LONGEST:
        assert read_decimal(text) == exact(sign, f"{whole}.{part}")


@given(like_numbers)
def test_no_text_is_read_as_another_number_than_its_digits_and_one_mark_say(text: str) -> None:
    try:
        number = read_decimal(text)
    except ValueError:
        return
    said = text.strip().lstrip("+-")
    if "." in said or said.count(",") > 1:
        assert abs(number) == Decimal(said.replace(",", ""))
    else:
        assert abs(number) == Decimal(said.replace(",", "."))


@given(st.integers(1, 999), st.integers(0, 999))
def test_the_cure_of_two_readings_can_be_typed(whole: int, part: int) -> None:
    with pytest.raises(TwoReadings) as doubt:
        read_decimal(f"{whole},{part:03}")
    first, _, second = str(doubt.value).rpartition(": write ")[2].partition(" or ")
    assert (read_decimal(first), read_decimal(second)) == (
        Decimal(f"{whole}{part:03}"),
        Decimal(f"{whole}.{part:03}"),
    )


@pytest.mark.parametrize("text", ["0,5", "7,5", "12,25", "0,500", ",5", "1,2000"])
def test_a_number_with_a_decimal_comma_is_shown_with_a_point(text: str) -> None:
    assert read_decimal(without_comma(text)) == read_decimal(text)


@pytest.mark.parametrize(
    "text",
    ["", ",", "1,", "1,2,3", "1,20.5", "1.200,5", "12,00,000", "0,500.5", "1e309", "NaN", "٣,٥", "1_0"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_decimal(text)


@pytest.mark.parametrize("read", [read_whole, read_decimal])
def test_a_book_of_digits_is_refused_unread(read: type[int]) -> None:
    with pytest.raises(ValueError, match="too long"):
        read("9" * 1_000_000)
