"""Screens of the library of exemplars."""

from npt.exemplars.views import exemplar, exemplars
from npt.exemplars.views.door import pages
