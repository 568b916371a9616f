"""How long a text may be: as long as it says, and not a character longer."""

from collections.abc import Callable
from functools import partial

import pytest

from npt.accounts.rules import (
    EmailNotPossible,
    NameNotPossible,
    PasswordRefused,
    check_password,
    checked_name,
    normalised_email,
)
from npt.counting.rules import BadDefinitionCode, check_definition_code
from npt.interchange.rules import check_date_format
from npt.kit.limits import BadName, check_name
from npt.kit.numbers import read_decimal, read_whole
from npt.organisation.rules import BadCode, check_code

EMAIL = "sergeant@demo.example"
FORMAT = "%d/%m/%Y %H:%M"

LONGEST = [
    (normalised_email, "@demo.example".rjust(254, "a"), EmailNotPossible),
    (checked_name, "x" * 200, NameNotPossible),
    (check_name, "x" * 200, BadName),
    (partial(check_password, email=EMAIL), "x" * 200, PasswordRefused),
    (check_code, "x" * 20, BadCode),
    (check_definition_code, "x" * 30, BadDefinitionCode),
    (check_date_format, FORMAT.rjust(100, "-"), ValueError),
    (read_whole, "1" * 20, ValueError),
    (read_decimal, "1" * 20, ValueError),
]


@pytest.mark.parametrize(("read", "longest", "refusal"), LONGEST)
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(
    read: Callable[[str], object], longest: str, refusal: type[Exception]
) -> None:
    read(longest)
    with pytest.raises(refusal):
        read(longest[0] + longest)


def test_a_password_has_twelve_characters_or_more() -> None:
    check_password("x" * 12, email=EMAIL)
    with pytest.raises(PasswordRefused):
        check_password("x" * 11, email=EMAIL)
