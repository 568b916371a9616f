"""The pages of duty, one file a screen: the day, recording, time away, shifts, patterns, the roster."""

from npt.duty.views import away, confirmations, confirming, day, patterns, record, roster, shifts
from npt.duty.views.door import pages

__all__ = ["away", "confirmations", "confirming", "day", "pages", "patterns", "record", "roster", "shifts"]
