"""The pages of reporting: a member's own abstractions."""

from npt.reporting.views import my_abstractions
from npt.reporting.views.door import pages
