"""The pages of staffing, one file a screen; what pages of floors above share of them is named here."""

from npt.staffing.views import (
    contacts,
    establishment,
    given_week,
    staffing,
    supervision,
    temporary,
    through_time,
    volunteers,
)
from npt.staffing.views.door import (
    Post,
    member_address,
    pages,
    post_of,
    ratio_in_words,
    role_as_heading,
    sections,
    staffing_lines,
)

__all__ = [
    "Post",
    "contacts",
    "establishment",
    "given_week",
    "member_address",
    "pages",
    "post_of",
    "ratio_in_words",
    "role_as_heading",
    "sections",
    "staffing",
    "staffing_lines",
    "supervision",
    "temporary",
    "through_time",
    "volunteers",
]
