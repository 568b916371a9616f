"""Is a group heard in proportion to its share of the population?"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from npt.kit.statistics.entries import percentage
from npt.kit.statistics.exact import Ends, check_part, share_ends, share_tails

#: With fewer expected an interval that holds the share says nothing (the usual rule for counts in a table).
FEWEST_EXPECTED = 5


class Verdict(StrEnum):
    """How the heard share of a group stands to its share of the population."""

    UNDER = "under"
    OVER = "over"
    IN_LINE = "in-line"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Proportion:
    """`expected` in people; `ends` of the heard share, as shares of 1."""

    expected: Fraction
    ends: Ends
    verdict: Verdict


def proportion(*, heard: int, of: int, share: Decimal | Fraction | int) -> Proportion:
    """How many of `of` people heard were of a group that is `share` % of the population.

    Under or over when the exact 95% interval of the heard share lies wholly below or above the share;
    otherwise in line, or too few to say when under 5 were expected. NotJudged for a share outside 0 to 100,
    nobody heard at all, or more heard of the group than of everybody.
    """
    check_part(heard, of, part_field="heard", whole_field="of")
    known = percentage(share, "share") / 100
    expected = of * known
    tails = share_tails(heard, of, known)
    if tails.is_low:
        verdict = Verdict.UNDER
    elif tails.is_high:
        verdict = Verdict.OVER
    else:
        verdict = Verdict.IN_LINE if expected >= FEWEST_EXPECTED else Verdict.TOO_FEW
    return Proportion(expected, share_ends(heard, of), verdict)
