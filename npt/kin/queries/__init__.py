"""Questions about key individuals, their encounters, and the mix of them."""

from npt.kin.queries.encounters import encounter_of, encounters_with
from npt.kin.queries.individuals import (
    Asked,
    Attention,
    Choice,
    SoughtLine,
    Waiting,
    chosen,
    individual_in,
    individuals_of,
    individuals_sought,
    individuals_under,
    left_behind,
    likely_same,
    to_choose,
    units_with_left_behind,
    waiting_under,
    whole,
)
