"""What a measure is, and what its figures are."""

from npt.measures.rules.figures import UNKNOWN, Figure
from npt.measures.rules.measures import At, Behind, Better, CountedIn, Measure, RecordSeen
from npt.measures.rules.signed import SignedFigure, is_restated
from npt.measures.rules.targets import (
    HIGHEST_TARGET,
    LONGEST_CODE,
    DatedTarget,
    MonthTarget,
    Target,
    TargetRefused,
    check_target,
    number_of,
    target_in,
    target_on,
)
