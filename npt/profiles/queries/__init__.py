"""Questions about profiles."""

from npt.profiles.queries.parts import (
    latest_parts,
    left_behind,
    units_with_left_behind,
    versions_of,
)
from npt.profiles.queries.profiles import (
    Kept,
    kept_under,
    last_review,
    owners_to_choose,
    profile_of,
    reviews_of,
)
