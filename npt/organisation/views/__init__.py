"""The pages of the structure, one file a screen."""

from npt.organisation.views import priority, structure
from npt.organisation.views.door import above, pages, units_above
