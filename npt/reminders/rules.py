"""What a reminder says, to whom, and about which days. The source is silent; all of it is ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from npt.kit.clock import day_in_words
from npt.kit.months import Month
from npt.kit.spans import Span
from npt.outbox.rules import DailyPart

#: The most days that a letter names one by one; beyond that it names units.
MOST_DAYS = 30
#: The most units that a letter names.
MOST_UNITS = 60


def days_asked_about(today: date) -> Span:
    """The days gone by of this month and the last: what can still be remembered, and is still to be reported.

    On the first of a month that is the month before, whole.
    """
    return Span(Month.of(today).previous.first, today - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day of a unit that has shifts and that nobody has confirmed."""

    code: str
    unit: str
    path: str
    on_date: date
    shifts: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What one supervisor is written: the open days of all units they may confirm."""

    account_id: int
    #: the path of the first unit on which they hold their role
    path: str
    #: the codes of these units, the outermost only
    places: tuple[str, ...]
    #: by unit in the order of the structure, oldest first
    days: tuple[OpenDay, ...]

    @property
    def units(self) -> int:
        """Of how many units the days are."""
        return len({day.path for day in self.days})


@dataclass(frozen=True)
class Addresses:
    """Where the links of a letter lead, in full."""

    day: Callable[[str, date], str]
    week: Callable[[str, date], str]


def subject(digest: Digest) -> str:
    """The subject: how many days, and of which unit (a team, an area) or of how many."""
    days = _counted(len(digest.days), "day")
    whose = digest.days[0].unit if digest.units == 1 else _counted(digest.units, "unit")
    return f"{days} of {whose} to confirm"


def daily_part(digest: Digest, addresses: Addresses) -> DailyPart:
    """What the person's daily letter says of it."""
    return DailyPart(digest.account_id, digest.path, subject(digest), text(digest, addresses))


def text(digest: Digest, addresses: Addresses) -> str:
    """What the letter says, between its greeting and its end."""
    count = len(digest.days)
    is_named = "One day has" if count == 1 else f"{count:,} days have"
    parts = [
        f"{is_named} duty that no one has confirmed.",
        *(_day_by_day(digest, addresses) if count <= MOST_DAYS else _unit_by_unit(digest, addresses)),
        "Open the day, record anyone missing who was away, and confirm it; a day with nothing to record takes"
        " one click. Until then the month's rates stay provisional.",
        *(f"{code} by week: {addresses.week(code, digest.days[-1].on_date)}" for code in digest.places),
    ]
    return "\n\n".join(parts)


def _day_by_day(digest: Digest, addresses: Addresses) -> list[str]:
    return [
        "\n".join(
            [
                _heading(days),
                *(
                    f"- {day.on_date:%A} {day_in_words(day.on_date)}, {_counted(day.shifts, 'shift')}:"
                    f" {addresses.day(day.code, day.on_date)}"
                    for day in days
                ),
            ]
        )
        for days in _by_unit(digest)
    ]


def _unit_by_unit(digest: Digest, addresses: Addresses) -> list[str]:
    units = _by_unit(digest)
    lines = [
        f"- {_heading(days)}: {_counted(len(days), 'day')}, the oldest {day_in_words(days[0].on_date)}:"
        f" {addresses.week(days[0].code, days[0].on_date)}"
        for days in units[:MOST_UNITS]
    ]
    if len(units) > MOST_UNITS:
        lines.append(f"- and {_counted(len(units) - MOST_UNITS, 'more unit', 'more units')}")
    return ["\n".join(lines)]


def _by_unit(digest: Digest) -> list[Sequence[OpenDay]]:
    return [tuple(days) for _, days in groupby(digest.days, key=lambda day: day.path)]


def _heading(days: Sequence[OpenDay]) -> str:
    return f"{days[0].unit} ({days[0].code})"


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
