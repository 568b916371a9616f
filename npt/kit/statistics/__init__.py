"""What may be said of a figure: exact intervals, before and after, limits of a series, shares, surveys.

Counts are integers, percentages and ends exact fractions, 95% throughout. What cannot be known is None, and
what makes no sense is refused (NotJudged) in words that say what to give. Methods, sources and worked
examples: docs/statistics.md.
"""

from npt.kit.statistics.changes import (
    CountChange,
    Elsewhere,
    Prevented,
    Windows,
    change_beside,
    count_change,
    fall_needed,
    prevented,
)
from npt.kit.statistics.entries import NotJudged, check_count
from npt.kit.statistics.exact import Ends, count_ends, share_ends
from npt.kit.statistics.limits import FEWEST, IN_A_ROW, Limits, Rule, Signal, limits_of, signals_in
from npt.kit.statistics.proportions import Proportion, Verdict, proportion
from npt.kit.statistics.surveys import Comparison, Figure, Survey, comparison
from npt.kit.statistics.told import EXACT, change_told, in_text, method
