"""The pages of staffing, one file a screen; what pages of floors above share of them is named here."""

from npt.staffing.views import (
    contacts,
    establishment,
    photos,
    specialists,
    staffing,
    students,
    supervision,
    temporary,
    through_time,
    volunteer_week,
    volunteers,
)
from npt.staffing.views.door import (
    Post,
    day_page,
    pages,
    post_of,
    ratio_in_words,
    sections,
    staffing_lines,
)
