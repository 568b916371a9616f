"""The pages of performance, one file a screen."""

from npt.performance.views import cover, month, records
from npt.performance.views.door import pages

__all__ = ["cover", "month", "pages", "records"]
