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


@dataclass(frozen=True, slots=True)
class Window:
    """The days from the first to the last, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it is."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: "Window") -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last

    def counted(self, count: int) -> Counted:
        """So many in these days."""
        return Counted(self.first, self.last, count)

    @property
    def year_before(self) -> "Window":
        """The same days a year before, as many of them: from 29 February on it is from the 28th."""
        before = self.first.replace(year=self.first.year - 1, day=min(self.first.day, _last_of(self.first)))
        return Window(before, before + timedelta(days=self.days - 1))


def window_of(first: date | None, last: date | None) -> Window | None:
    """The days from the one to the other; None while one of them is not said."""
    return None if first is None or last is None else Window(first, last)


def _last_of(day: date) -> int:
    return 28 if day.month == 2 else day.day


def noticed_by_default(raised_on: date) -> tuple[date, date]:
    """The first and last of the days that made somebody notice a problem raised then."""
    return raised_on - timedelta(days=NOTICED_DAYS), raised_on - timedelta(days=1)
