"""Means and limits of measures in words."""

from decimal import Decimal
from fractions import Fraction

from npt.kit.shares import Share, rounded_half_up
from npt.measures.rules import CountedIn, Measure
from npt.webkit.filters import NOT_KNOWN, hours, number, percent

#: Decimals of a number that is no share; of posts as many as they are kept with.
_PLACES = {CountedIn.RATIO: 1, CountedIn.POSTS: 2, CountedIn.DAYS: 1, CountedIn.COUNT: 1}


def value_in_words(measure: Measure, value: Fraction | None) -> str:
    """A number that figures of the measure are, or the mean or a limit of some: "12.4%", "1,020 h", "8.2"."""
    if value is None:
        return NOT_KNOWN
    match measure.counted_in:
        case CountedIn.SHARE:
            return percent(Share(value.numerator, value.denominator))
        case CountedIn.MINUTES:
            return hours(int(rounded_half_up(value, 0)))
        case CountedIn.DAYS:
            return f"{number(_decimal(measure, value))} {'day' if value == 1 else 'days'}"
        case _:
            return number(_decimal(measure, value))


def _decimal(measure: Measure, value: Fraction) -> Decimal | int:
    places = _PLACES.get(measure.counted_in, 1)
    return int(value) if value.denominator == 1 else rounded_half_up(value, places)
