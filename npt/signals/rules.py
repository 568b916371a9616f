"""Which months draw the limits of a measure, what they say of a month, and how often chance alone says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from npt.counting.rules import is_provisional
from npt.kit.months import Month, month_range
from npt.kit.refusals import Refusal
from npt.kit.statistics import FEWEST, Limits, NotJudged, Rule, limits_of, signals_in
from npt.measures.rules import Figure

#: The months before the one that is judged that may draw its limits.
MONTHS_BEFORE = 12
LONGEST_REASON = 500
#: How often chance alone flags a month, by how many months drew the limits: at least one of the four rules of
#: signals_in, on the month after them, of values that vary normally about one and the same mean. From two
#: million simulated series each; tests/rules/test_signals.py simulates some of its own.
BY_CHANCE: Mapping[int, Fraction] = {
    8: Fraction(37, 1000),
    9: Fraction(33, 1000),
    10: Fraction(31, 1000),
    11: Fraction(29, 1000),
    12: Fraction(28, 1000),
}


class LeftOut(Enum):
    """Why a month before does not draw the limits."""

    UNKNOWN = "not known"
    UNCONFIRMED = "not confirmed"


class RebaseRefused(Refusal):
    """Limits cannot be drawn anew like this."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The limits for a month of a measure, and which months drew them."""

    limits: Limits | None
    #: the months that drew them, in their order
    months: tuple[Month, ...]
    left_out: tuple[tuple[Month, LeftOut], ...]
    #: the month from which on they are drawn anew; None where nobody said one
    since: Month | None = None
    #: why there are none, in a sentence; "" where there are
    why_none: str = ""

    @property
    def by_chance(self) -> Fraction:
        """How likely chance alone flags the month; 0 where nothing is judged."""
        return Fraction(0) if self.limits is None else BY_CHANCE[len(self.months)]


def is_settled(figure: Figure) -> bool:
    """Whether a figure is known, and the days that it rests on are confirmed."""
    return figure.is_known and (figure.coverage is None or not is_provisional(figure.coverage))


def months_before(month: Month) -> list[Month]:
    """The months that may draw the limits for this one."""
    return month_range(month.plus(-MONTHS_BEFORE), month.previous)


def drawn_for(series: Mapping[Month, Figure], month: Month, since: Month | None = None) -> Drawn:
    """The limits for a month, from the twelve before it, `since` on.

    Only whole, known and confirmed months draw them. None with fewer than eight, without any variation, and
    where a figure is below nothing.
    """
    used: list[Month] = []
    left_out: list[tuple[Month, LeftOut]] = []
    for each in months_before(month):
        figure = series.get(each)
        if since is not None and each < since:
            continue
        if figure is None or not figure.is_known:
            left_out.append((each, LeftOut.UNKNOWN))
        elif not is_settled(figure):
            left_out.append((each, LeftOut.UNCONFIRMED))
        else:
            used.append(each)
    limits, why_none = _limits([value_of(series[each]) for each in used])
    return Drawn(limits, tuple(used), tuple(left_out), since, why_none)


def _limits(values: list[Fraction]) -> tuple[Limits | None, str]:
    if len(values) < FEWEST:
        count = {0: "no month", 1: "1 month"}.get(len(values), f"{len(values)} months")
        return None, f"No limits: {count} to draw them from, and {FEWEST} are needed."
    try:
        limits = limits_of(values)
    except NotJudged:
        return None, "No limits: they are for figures of 0 or more, and a month before is below 0."
    if limits.width is None:
        return None, "No limits: the months before are all the same, so nothing says what variation is usual."
    return limits, ""


def signals_for(series: Mapping[Month, Figure], month: Month, drawn: Drawn) -> tuple[Rule, ...]:
    """Why the month is out of the ordinary; nothing where it is not, or where that cannot be judged.

    A month that is not known, or not confirmed, is not judged.
    """
    figure = series.get(month)
    if drawn.limits is None or figure is None or not is_settled(figure) or value_of(figure) < 0:
        return ()
    values = [value_of(series[each]) for each in (*drawn.months, month)]
    return tuple(each.rule for each in signals_in(values, drawn.limits, since=len(values)))


def value_of(figure: Figure) -> Fraction:
    """The number of a figure that is known. LookupError for another."""
    if figure.value is None:
        raise LookupError("the figure is not known")
    return figure.value


def check_rebase(starts: Month, reviewed: Month, reason: str) -> None:
    """Refuse to draw limits anew from a month that they are not for, or without a reason. RebaseRefused."""
    if starts > reviewed:
        raise RebaseRefused(
            f"{starts.title} comes after {reviewed.title}, the month under review: give that one, or one"
            " before it.",
            field="starts",
        )
    if not reason.strip():
        raise RebaseRefused("Nothing is said: say why work is not what it was.", field="reason")
