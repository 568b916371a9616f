"""Questions of staffing, one file a subject."""

from npt.staffing.queries.establishments import (
    changes_under,
    establishment_in,
    establishments_in,
    establishments_of,
    establishments_under,
    span_of,
)
from npt.staffing.queries.strength import Staffing, counts_on, holds_on, staffing_of

__all__ = [
    "Staffing",
    "changes_under",
    "counts_on",
    "establishment_in",
    "establishments_in",
    "establishments_of",
    "establishments_under",
    "holds_on",
    "span_of",
    "staffing_of",
]
