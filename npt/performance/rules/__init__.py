"""How sums of duty become rates, and what may be tried out on them."""

from npt.performance.rules.rates import (
    NOTHING,
    Breakdown,
    Counted,
    Folded,
    Part,
    RateRow,
    Sums,
    by_strain,
    counted,
    folded,
    group_named,
    rate_row,
)
from npt.performance.rules.signed import SignedRate
from npt.performance.rules.what_if import NoSuchDuty, OutsideMonth, WhatIf, check_what_if
