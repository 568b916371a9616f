"""The routes of the interface for programs: figures, records, pushes, and the description of them all."""

from npt.api.views import description, figures, pushes, records
from npt.api.views.door import pages
