"""Composed pages, one file a screen."""

from npt.overview.views import health, home, journal, profile, search, sections, unit
from npt.overview.views.door import pages
