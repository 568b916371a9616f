"""The pages of performance, one file a screen."""

from npt.performance.views import cover, headroom, losses, month, records, reviewing
from npt.performance.views.door import pages

__all__ = ["cover", "headroom", "losses", "month", "pages", "records", "reviewing"]
