"""Figures, limits and targets of measures in words."""

from decimal import Decimal
from fractions import Fraction

from npt.kit.shares import Share, rounded_half_up
from npt.measures.rules import Better, CountedIn, Figure, Measure
from npt.webkit.filters import NOT_KNOWN, hours, number, percent

#: Decimals of a number that is no share; of posts as many as they are kept with.
_PLACES = {CountedIn.RATIO: 1, CountedIn.POSTS: 2, CountedIn.DAYS: 1, CountedIn.COUNT: 1}

#: What stands after a target.
_UNITS = {CountedIn.SHARE: "%", CountedIn.MINUTES: " h", CountedIn.DAYS: " days"}


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


def figure_in_words(measure: Measure, figure: Figure) -> str:
    """The number of a figure, or "not known"."""
    return value_in_words(measure, figure.value)


def basis_in_words(measure: Measure, figure: Figure) -> str:
    """What a share is of: "124 h of 1,000 h", "12 of 40"; "" for what is no share, or not known."""
    if measure.counted_in is not CountedIn.SHARE or figure.counted is None or figure.of is None:
        return ""
    if figure.coverage is not None:
        return f"{hours(figure.counted)} of {hours(figure.of)}"
    return " of ".join(
        number(rounded_half_up(Fraction(each, measure.parts), 2)) for each in (figure.counted, figure.of)
    )


def target_in_words(measure: Measure, target: int | None) -> str:
    """A target: "at most 20%", "at least 90%"; "" without one."""
    if target is None:
        return ""
    unit = {CountedIn.SHARE: "%", CountedIn.MINUTES: " h", CountedIn.DAYS: " days"}.get(
        measure.counted_in, ""
    )
    return f"at {'least' if measure.better is Better.HIGHER else 'most'} {number(target)}{unit}"
