"""Figures and targets of measures in words."""

from fractions import Fraction

from npt.kit.shares import rounded_half_up
from npt.measures.rules import Better, CountedIn, Figure, Measure, MonthTarget, Target, number_of
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import hours, number, percent

#: Minutes that a share is of are not shown beside it: hours are no things to count.
_OF_MINUTES = ("abstraction-officers", "abstraction-pcsos", "patrols-on-foot")


def figure_in_words(measure: Measure, figure: Figure) -> str:
    """The figure: "12.4%", "3.5 posts", "42"; "not known" where it is not."""
    value = number_of(measure, figure)
    if value is None or figure.counted is None:
        return "not known"
    match measure.counted_in:
        case CountedIn.SHARE:
            return percent(_rounded(value))
        case CountedIn.MINUTES:
            return hours(figure.counted)
        case CountedIn.COUNT:
            return number(figure.counted)
    return f"{_rounded(value)} {measure.counted_in.value}"


def made_of(measure: Measure, figure: Figure) -> str:
    """What a share is made of: "21 of 24", "60 h of 480 h"; nothing of any other figure."""
    if measure.counted_in is not CountedIn.SHARE or figure.counted is None or not figure.of:
        return ""
    if measure.code in _OF_MINUTES:
        return f"{hours(figure.counted)} of {hours(figure.of)}"
    if measure.code.startswith("vacancy-"):
        return f"{_hundredths(figure.counted)} of {_hundredths(figure.of)} posts"
    return f"{number(figure.counted)} of {number(figure.of)}"


def signed_in_words(measure: Measure, signed: Figure, now: Figure) -> str:
    """A figure that was signed off, so that it is told from the one of now: "12.6% (676 h of 5,366 h)"."""
    words = figure_in_words(measure, signed)
    made = made_of(measure, signed)
    return f"{words} ({made})" if made and words == figure_in_words(measure, now) else words


def target_in_words(measure: Measure, target: Target) -> str:
    """The target: "at most 20%", "at least 90%", "none"."""
    if target.amount is None or measure.better is Better.NEITHER:
        return "none"
    limit = "at most" if measure.better is Better.LOWER else "at least"
    words = number(target.amount)
    match measure.counted_in:
        case CountedIn.SHARE:
            return f"{limit} {words}%"
        case CountedIn.MINUTES:
            return f"{limit} {words} h"
        case CountedIn.COUNT:
            return f"{limit} {words}"
    return f"{limit} {words} {measure.counted_in.value}"


def changed_in_words(measure: Measure, target: MonthTarget) -> str:
    """That another target held earlier in the month; nothing where none did."""
    if not target.before or target.target.since is None:
        return ""
    before = ", then ".join(target_in_words(measure, each) for each in target.before)
    return f"until {day_in_words(target.target.since)}: {before}; the month is judged by its last day"


def met_in_words(is_met: bool | None) -> str:
    """Whether a target is met; nothing where that is not known."""
    return "" if is_met is None else "met" if is_met else "missed"


def _rounded(value: Fraction) -> str:
    return str(rounded_half_up(value, 1))


def _hundredths(amount: int) -> str:
    return number(rounded_half_up(Fraction(amount, 100), 2))
