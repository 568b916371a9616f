"""The pages of performance, one file a screen."""

from npt.performance.views import month, records
from npt.performance.views.door import pages

__all__ = ["month", "pages", "records"]
