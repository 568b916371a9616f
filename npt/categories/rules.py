"""Categories: their codes and names, and until when each may be recorded."""

import re
from datetime import date

from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.spans import lasts

LONGEST_NAME = 80
LONGEST_CODE = 30
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadCategoryCode(Refusal):
    """A code with other characters than lower-case letters, digits and hyphens, or too many."""


class BadCategoryName(Refusal):
    """A category without a name, or with too long a one."""


class CategoryClosed(Refusal):
    """A category was given for a day after the last on which it may be recorded."""


def check_code(code: str) -> None:
    """Refuse (BadCategoryCode) what is no code of a category."""
    if len(code) > LONGEST_CODE or _CODE.fullmatch(code) is None:
        raise BadCategoryCode(
            f"“{code[:40]}” is not a code: use up to {LONGEST_CODE} lower-case letters, digits and hyphens,"
            " such as fly-tipping.",
            field="code",
        )


def check_name(name: str) -> None:
    """Refuse (BadCategoryName) a name that is empty or too long."""
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise BadCategoryName(f"Give the category a name of 1 to {LONGEST_NAME} characters.", field="name")


def check_open(name: str, closed_on: date | None, day: date, *, field: str = "category") -> None:
    """Refuse (CategoryClosed) to record the category of this name for a day after it was closed."""
    if closed_on is not None and not lasts(closed_on, day):
        raise CategoryClosed(
            f"“{name}” may not be recorded after {day_in_words(closed_on)}: choose another category.",
            field=field,
        )
