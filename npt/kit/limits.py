"""What every entry must keep to: days within the years we can reckon with, names a person can read."""

from datetime import date

from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.kit.refusals import Refusal

NAME_LENGTH = 200


class DayOutOfRange(Refusal):
    """A day before 1900 or after 2199: almost always a slip of the hand."""


class BadName(Refusal):
    """A name that is empty or too long."""


def check_day(day: date | None, field: str) -> None:
    """Refuse (DayOutOfRange) a day outside 1900 to 2199; `field` is where it was given. None passes."""
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise DayOutOfRange(
            f"The year {day.year} is out of range: give a year from {EARLIEST_YEAR} to {LATEST_YEAR}.",
            field=field,
        )


def check_name(name: str, field: str = "name") -> None:
    """Refuse (BadName) a name without any visible character or of more than 200 characters."""
    if not any(sign.isprintable() and not sign.isspace() for sign in name):
        raise BadName("The name is empty: give a name.", field=field)
    if len(name) > NAME_LENGTH:
        raise BadName(f"The name has {len(name):,} characters: use {NAME_LENGTH} at most.", field=field)
