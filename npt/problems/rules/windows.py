"""The days that are counted before and after a response."""

from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.refusals import Refusal

#: So many days before a problem was raised made somebody notice it, where nobody says otherwise: they stay
#: out of the baseline, because a peak is followed by fewer whatever is done. Design.
NOTICED_DAYS = 28


class BadWindows(Refusal):
    """Days that end before they begin, overlap, or have not gone by."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there were, from a day to a day, both included."""

    first: date
    last: date
    count: int

    @property
    def days(self) -> int:
        """How many days it is."""
        return (self.last - self.first).days + 1


def noticed_by_default(raised_on: date) -> tuple[date, date]:
    """The first and last of the days that made somebody notice a problem raised then."""
    return raised_on - timedelta(days=NOTICED_DAYS), raised_on - timedelta(days=1)
