"""Questions about communities, what has been said of them, population and specialist contacts."""

from npt.communities.queries.communities import (
    ancestry,
    became,
    carried_over,
    communities_of,
    communities_under,
    community_in,
    flag_in,
    left_behind,
    units_with_left_behind,
)
from npt.communities.queries.mix import CommunityGroup, Ground, ground_of
from npt.communities.queries.population import (
    Inhabited,
    PeopleOf,
    people_of,
    population_in,
    populations_of,
    populations_under,
)
from npt.communities.queries.sayings import NeighbourhoodSaid, said_on_days, said_under, statements_of
from npt.communities.queries.specialists import called_for, specialist_contact_in, specialists_at
