"""The pages of staffing, one file a screen; what pages of floors above share of them is named here."""

from npt.staffing.views import establishment, staffing
from npt.staffing.views.door import (
    Post,
    pages,
    post_of,
    ratio_in_words,
    role_as_heading,
    staffing_lines,
)

__all__ = [
    "Post",
    "establishment",
    "pages",
    "post_of",
    "ratio_in_words",
    "role_as_heading",
    "staffing",
    "staffing_lines",
]
