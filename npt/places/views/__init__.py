"""The pages of places, and the public address of a point."""

from npt.places.views import finding, locating, unit_map
from npt.places.views.door import pages
