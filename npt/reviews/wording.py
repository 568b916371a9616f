"""A review in words: why a figure is an exception, what its limits are, and what was left out of them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from npt.kit.months import Month
from npt.kit.shares import rounded_half_up
from npt.kit.statistics import IN_A_ROW, Limits, Rule
from npt.measures.rules import CountedIn
from npt.measures.wording import target_in_words
from npt.reviews.rules import Reading, Why
from npt.signals.rules import LeftOut, value_of
from npt.signals.wording import value_in_words
from npt.webkit.filters import NOT_KNOWN, percent

RULE_SET = (
    "Limits are the mean and 2.66 mean moving ranges to either side (XmR), drawn from the twelve months"
    " before the month under review, as far as they are known and confirmed. A month is flagged when it lies"
    " outside them; when two of three lie beyond two thirds of the way to the same limit; when seven in a row"
    " lie on one side of the mean; and when seven in a row rise, or fall."
)


class ToldWhy(NamedTuple):
    """Why a figure is an exception: a word for it, the tone of the word, and a sentence."""

    word: str
    tone: str
    words: str


def told_why(reading: Reading) -> list[ToldWhy]:
    """Each reason for which a figure is an exception, the weightiest first."""
    said = {
        Why.TARGET: _missed,
        Why.LIMIT: _beyond_limits,
        Why.TREND: _in_a_row,
        Why.UNKNOWN: _unknown,
    }
    return [said[why](reading) for why in reading.whys if why in said]


def _missed(reading: Reading) -> ToldWhy:
    target = target_in_words(reading.measure, reading.target.target)
    return ToldWhy("target missed", "bad", f"target {target}")


def _tone(reading: Reading) -> str:
    return {True: "good", False: "bad", None: "caution"}[reading.is_better]


def _is_above(reading: Reading) -> bool:
    limits = reading.drawn.limits
    return limits is not None and value_of(reading.figure) > limits.mean


def _beyond_limits(reading: Reading) -> ToldWhy:
    words = limits_in_words(reading)
    if Rule.OUTSIDE in reading.signals:
        side = "above" if _is_above(reading) else "below"
        return ToldWhy(f"{side} its limits", _tone(reading), f"usually {words}")
    side = "upper" if _is_above(reading) else "lower"
    return ToldWhy(f"near its {side} limit", _tone(reading), f"two of three months are; usually {words}")


def _in_a_row(reading: Reading) -> ToldWhy:
    mean = None if reading.drawn.limits is None else reading.drawn.limits.mean
    if Rule.RUN in reading.signals:
        side = "above" if _is_above(reading) else "below"
        of = value_in_words(reading.measure, mean)
        return ToldWhy(f"{side} average", _tone(reading), f"{IN_A_ROW} months or more in a row {side} {of}")
    is_rising = value_of(reading.figure) > value_of(reading.series[reading.drawn.months[-1]])
    return ToldWhy(
        "rising" if is_rising else "falling",
        _tone(reading),
        f"{IN_A_ROW} months or more in a row, each {'above' if is_rising else 'below'} the one before",
    )


def _unknown(reading: Reading) -> ToldWhy:
    figure = reading.figure
    if not figure.is_known:
        return ToldWhy(NOT_KNOWN, "caution", figure.why_unknown.rstrip(".") or "nothing is recorded for it")
    return ToldWhy("provisional", "caution", provisional_in_words(reading))


def provisional_in_words(reading: Reading) -> str:
    """Why a figure is provisional; "" where it is not."""
    if not reading.is_provisional or reading.figure.coverage is None:
        return ""
    return f"only {percent(reading.figure.coverage)} of its shifts are confirmed"


def limits_in_words(reading: Reading) -> str:
    """The limits of a month: "10.2% to 18.3%"; why there are none, where there are none."""
    limits = reading.drawn.limits
    if limits is None:
        return reading.drawn.why_none
    measure, high = reading.measure, limits.high
    if high is not None and limits.mean <= 1 and measure.counted_in is CountedIn.SHARE:
        high = min(high, Fraction(1))  # more than all there cannot be
    return f"{value_in_words(measure, limits.low)} to {value_in_words(measure, high)}"


def period_in_words(reading: Reading) -> str:
    """What the limits are drawn from, and what was left out: in sentences."""
    return " ".join(_period(reading))


def _period(reading: Reading) -> Iterator[str]:
    drawn = reading.drawn
    if drawn.limits is None:
        yield drawn.why_none
    else:
        yield f"Limits {limits_in_words(reading)}, mean {value_in_words(reading.measure, drawn.limits.mean)}:"
        yield f"{_months(drawn.months)}{_caveats(drawn.limits)}."
    for why in LeftOut:
        left_out = [month for month, because in drawn.left_out if because is why]
        if left_out:
            yield f"Left out as {why.value}: {_listed(left_out)}."


def _months(months: Sequence[Month]) -> str:
    first, last = _short(months[0]), _short(months[-1])
    return f"{len(months)} months, {first} to {last}"


def _caveats(limits: Limits) -> str:
    said = ["on trial, from fewer than 12"] if limits.is_trial else []
    if limits.is_floored:
        said.append("a fall cannot signal")
    return "".join(f"; {each}" for each in said)


def _listed(months: Sequence[Month]) -> str:
    """Months by name; a long row of them by its ends."""
    if len(months) > 3 and months[0].until(months[-1]) == list(months):
        return f"{_short(months[0])} to {_short(months[-1])}"
    return ", ".join(_short(month) for month in months)


def _short(month: Month) -> str:
    return f"{month.title[:3]} {month.year}"


def by_chance_in_words(judged: int, flagged: Fraction) -> str:
    """How many of the month's figures chance alone would flag: a sentence."""
    if not judged:
        return "No figure of this month can be judged by limits."
    figures = "1 figure is" if judged == 1 else f"{judged} figures are"
    return (
        f"{figures} judged by limits: chance alone would flag about {rounded_half_up(flagged, 1)} of them"
        f" ({percent(str(rounded_half_up(flagged * 100 / judged, 1)))} each)."
    )
