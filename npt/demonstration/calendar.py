"""The days of the demonstration: which it covers, and what happens on them that takes police away.

All of it is relative to the day that the application believes it is, so that the force is never out of date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from npt.kit.clock import to_instant
from npt.kit.months import Month

#: How far ahead the roster is published.
ROSTERED_AHEAD = timedelta(days=28)
OPENED_ON = date(2008, 4, 1)
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True)
class Period:
    """A month, or the part of the present month that has passed or is still to come; both days included."""

    month: Month
    first: date
    last: date
    is_ahead: bool

    def days(self) -> Iterator[date]:
        """Every day of it, in order."""
        return _days(self.first, self.last)


@dataclass(frozen=True)
class Calendar:
    """The days from the first of the month thirteen months ago to the end of the published roster."""

    today: date

    @property
    def month(self) -> Month:
        """The month of today."""
        return Month.of(self.today)

    @property
    def first(self) -> date:
        """The first rostered day: thirteen whole months lie before the present one."""
        return self.month.plus(-13).first

    @property
    def last(self) -> date:
        """The last rostered day."""
        return self.today + ROSTERED_AHEAD

    @property
    def reorganised_on(self) -> date:
        """The day on which neighbourhoods and posts last changed: the first of a month, seven months ago."""
        return self.month.plus(-7).first

    @cached_property
    def last_full_months(self) -> tuple[Month, ...]:
        """The last three months that are over, the earliest first."""
        return tuple(self.month.plus(-months) for months in (3, 2, 1))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The months, the present one cut after today, and what is rostered of the next."""
        cut: list[Period] = []
        for month in self.month.plus(-13).until(Month.of(self.last)):
            if month.first <= self.today:
                cut.append(Period(month, month.first, min(month.last, self.today), is_ahead=False))
            if month.last > self.today:
                first = max(month.first, self.today + timedelta(days=1))
                cut.append(Period(month, first, min(month.last, self.last), is_ahead=True))
        return tuple(cut)

    def days(self) -> Iterator[date]:
        """Every rostered day, in order."""
        return _days(self.first, self.last)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def is_match_day(day: date) -> bool:
    """Whether Luton play at home: every other Saturday from August to the first week of May (invented)."""
    in_season = day.month >= 8 or day.month <= 4 or (day.month == 5 and day.day <= 7)
    return in_season and day.weekday() == _SATURDAY and day.toordinal() // 7 % 2 == 0


def is_carnival(day: date) -> bool:
    """Whether it is the Sunday of the Luton carnival: the last one in May."""
    return day.month == 5 and day.day > 24 and day.weekday() == _SUNDAY


def is_evening_out(day: date) -> bool:
    """Whether the town centres are full tonight: Fridays, Saturdays, New Year's Eve."""
    return day.weekday() in (4, _SATURDAY) or (day.month, day.day) == (12, 31)


def is_office_day(day: date) -> bool:
    """Whether offices are open: weekdays, but not Christmas, Boxing Day and New Year's Day."""
    return day.weekday() < _SATURDAY and (day.month, day.day) not in ((12, 25), (12, 26), (1, 1))


@lru_cache(maxsize=16_384)
def at(day: date, hour: float) -> datetime:
    """The instant of a local time of the day; the hour 24 is the midnight that ends it, 26 is 02:00 then."""
    days, hour = divmod(hour, 24)
    clock = time(int(hour), round(hour % 1 * 60))
    return to_instant(datetime.combine(day + timedelta(days=days), clock)).instant
