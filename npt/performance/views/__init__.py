"""The pages of performance, one file a screen."""

from npt.performance.views import cover, headroom, month, records
from npt.performance.views.door import pages

__all__ = ["cover", "headroom", "month", "pages", "records"]
