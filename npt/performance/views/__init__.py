"""The pages of performance, one file a screen."""

from npt.performance.views import cover, headroom, losses, month, records, review
from npt.performance.views.door import pages
