"""Which days, and which places, may be held against each other, and what a count can show at all."""

from npt.outcomes.rules.figures import (
    Figures,
    after_by_default,
    by_month,
    check_after,
    figures_of,
    is_same_ground,
)
from npt.outcomes.rules.figures_needed import CanShow, a_month, can_show
