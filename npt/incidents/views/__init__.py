"""The pages of incidents, one file a screen."""

from npt.incidents.views import counts, incidents, repeats
from npt.incidents.views.door import pages
