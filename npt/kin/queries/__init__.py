"""Questions about key individuals, their encounters, and the mix of them."""

from npt.kin.queries.counts import KinCounts, kin_counts
from npt.kin.queries.encounters import encounter_of, encounters_with
from npt.kin.queries.individuals import (
    NOTHING_WAITS,
    Asked,
    Attention,
    Choice,
    SoughtLine,
    Waiting,
    chosen,
    communities_spoken_for,
    individual_in,
    individual_keyed,
    individuals_listed,
    individuals_of,
    individuals_sought,
    individuals_under,
    left_behind,
    likely_same,
    network_under,
    to_choose,
    units_with_left_behind,
    waiting_under,
    whole,
)
from npt.kin.queries.mix import NetworkMix, network_mix
