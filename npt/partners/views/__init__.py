"""The pages of partners, one file a subject."""

from npt.partners.views import (
    accounts,
    agencies,
    carrying_over,
    group_pages,
    residents,
    seen,
    shares,
)
from npt.partners.views.door import pages
