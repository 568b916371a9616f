"""Questions about incidents."""

from npt.incidents.queries.counts import (
    counts_by_month,
    happened_since,
    month_number,
    month_numbered,
    reach_of,
)
from npt.incidents.queries.incidents import (
    Sought,
    categories_met,
    incidents_at,
    incidents_referred,
    paths_of,
    sought_at,
)
from npt.incidents.queries.repeats import RepeatLocation, repeat_locations, repeat_rule_of, repeats_of
