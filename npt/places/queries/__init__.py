"""Questions about places."""

from npt.places.queries.finding import Answers, Match, Taken, answers, places_found
from npt.places.queries.ground import (
    boundaries_of,
    has_boundaries,
    neighbourhood_at,
    neighbourhoods_at,
    recorded_shapes,
    shape_of,
    shapes_under,
    streets_answered_by,
    succeeded_with,
    successors_of,
    without_boundary,
)
