"""What may be judged: counts, percentages and days within reason."""

from decimal import Decimal
from fractions import Fraction

from npt.kit.refusals import Refusal

#: A count over this is a slip of the hand; up to it the exact methods are exact to all digits printed.
MOST = 1_000_000_000
#: A hundred years.
MOST_DAYS = 36_525


class NotJudged(Refusal):
    """Something was given that no figure can be judged by; `field` is the argument."""


def check_count(count: int, field: str, *, least: int = 0, most: int = MOST) -> None:
    """Refuse (NotJudged) a count under `least` or over `most`."""
    if count < 0:
        raise NotJudged(f"a count cannot be {count:,}: give {least:,} or more", field=field)
    if count < least:
        raise NotJudged(f"{count:,} is too few: give {least:,} or more", field=field)
    if count > most:
        raise NotJudged(f"{count:,} is too large: give {most:,} at most", field=field)


def check_days(days: int, field: str) -> None:
    """Refuse (NotJudged) a window of no days or of more than a hundred years."""
    if days == 0:
        raise NotJudged("a window of no days has no rate: give the days that were counted", field=field)
    check_count(days, field, least=1, most=MOST_DAYS)


def percentage(percent: Decimal | Fraction | int, field: str) -> Fraction:
    """The percentage as a fraction of 100. NotJudged when it is no number or outside 0 to 100."""
    if isinstance(percent, Decimal) and not percent.is_finite():
        raise NotJudged(f"{percent} is no number: give a percentage from 0 to 100", field=field)
    if not 0 <= percent <= 100:
        raise NotJudged(f"{percent} is no percentage: give one from 0 to 100", field=field)
    return Fraction(percent)
