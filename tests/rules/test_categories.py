"""The codes and names of categories, and until when each may be recorded."""

from datetime import date

import pytest

from npt.categories.rules import (
    BadCategoryCode,
    BadCategoryName,
    CategoryClosed,
    check_code,
    check_name,
    check_open,
)


@pytest.mark.parametrize("code", ["asb", "fly-tipping", "a", "x" * 30, "2-wheelers"])
def test_a_code_is_of_lower_case_letters_digits_and_single_hyphens(code: str) -> None:
    check_code(code)


@pytest.mark.parametrize("code", ["", "ASB", "fly tipping", "-asb", "asb-", "a--b", "x" * 31, "café", "a\n"])
def test_other_codes_are_refused(code: str) -> None:
    with pytest.raises(BadCategoryCode):
        check_code(code)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_category_has_a_name_of_80_characters_at_most(name: str) -> None:
    with pytest.raises(BadCategoryName):
        check_name(name)


def test_a_closed_category_may_be_recorded_for_its_last_day_and_no_later() -> None:
    check_open("Arson", date(2026, 11, 2), date(2026, 11, 2))
    with pytest.raises(CategoryClosed, match="may not be recorded after 2 November 2026"):
        check_open("Arson", date(2026, 11, 2), date(2026, 11, 3))
