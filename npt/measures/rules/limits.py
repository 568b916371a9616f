"""The limits that a month is judged by: drawn from the twelve months before it that can be relied on."""

from collections.abc import Mapping
from dataclasses import dataclass

from npt.counting.rules import is_provisional
from npt.kit.months import Month
from npt.kit.statistics.limits import FEWEST, SETTLED, Limits, limits_of
from npt.measures.rules.figures import UNKNOWN, Figure


@dataclass(frozen=True, slots=True)
class LimitsBefore:
    """The limits of a month, or why there are none, and the months before it that they are drawn from."""

    #: None, and then `why` says why
    limits: Limits | None
    why: str
    #: the months whose figures they are drawn from, in order
    used: tuple[Month, ...]
    #: months left out because the figure is not known, and because too few of its shifts are confirmed
    unknown: tuple[Month, ...]
    unconfirmed: tuple[Month, ...]


def limits_before(figures: Mapping[Month, Figure], month: Month, since: Month | None = None) -> LimitsBefore:
    """The limits for `month` from the figures of the twelve months before it, or of those from `since` on.

    A month that is not known, or of which too little is confirmed, is left out. With fewer than eight
    there are no limits, with fewer than twelve they are on trial; nor are there any without variation.
    """
    before = [each for each in month.plus(-SETTLED).until(month.previous) if since is None or each >= since]
    of = {each: figures.get(each, UNKNOWN) for each in before}
    unknown = tuple(each for each in before if not of[each].is_known)
    unconfirmed = tuple(each for each in before if each not in unknown and _is_unconfirmed(of[each]))
    used = tuple(each for each in before if each not in {*unknown, *unconfirmed})
    values = [value for each in used if (value := of[each].value) is not None]
    if len(values) < FEWEST:
        why = f"Limits need {FEWEST} months that are known and confirmed; there are {len(values)}."
        return LimitsBefore(None, why, used, unknown, unconfirmed)
    limits = limits_of(values)
    if limits.width is None:
        return LimitsBefore(None, "All months before are the same.", used, unknown, unconfirmed)
    return LimitsBefore(limits, "", used, unknown, unconfirmed)


def _is_unconfirmed(figure: Figure) -> bool:
    return figure.coverage is not None and is_provisional(figure.coverage)
