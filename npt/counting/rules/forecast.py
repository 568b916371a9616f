"""When the present pace breaks the target, in whole numbers alone. The report sets the targets; this is ours.

*Pace* is the abstracted minutes for each minute of duty on the days gone, today included. Day by day it is
laid on the duty still rostered that nothing is planned for, and what is planned is added on its own day. A
month is broken on the first day whose sum is over the target of the whole month's duty; exactly on it is
within.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction

from npt.counting.rules.headroom import Headroom
from npt.kit.shares import Share


@dataclass(frozen=True, slots=True)
class DayTaken:
    """A day of a unit and group (or more days, of which this is the last), in whole minutes.

    `denominator`: what the rate is over that day. `taken`: abstracted, or planned to be, out of it.
    """

    on: date
    denominator: int
    taken: int

    @property
    def free(self) -> int:
        """Minutes that are rostered and from which nothing is taken yet."""
        return self.denominator - self.taken


class Outlook(Enum):
    """How a month stands against its target, looking ahead from a day."""

    #: what is recorded is over the target of the whole month
    OVER = "over"
    #: what is recorded and planned is within it until a day, and over it from then on
    BROKEN_BY_PLANS = "broken-by-plans"
    #: with the present pace on top it is over from a day on
    BROKEN_AT_PACE = "broken-at-pace"
    #: not broken at the present pace; of a month that has ended: within target
    WITHIN = "within"
    #: nothing planned breaks it, and there is no duty to take a pace from
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The headroom of a unit's group and month, and where the present pace leads. All in whole minutes."""

    room: Headroom
    #: what the rate is over on the days gone, today included
    denominator_gone: int
    outlook: Outlook
    #: the first day on which the target is broken, or was; None when it is not, or not known
    broken_on: date | None

    @property
    def denominator_ahead(self) -> int:
        """What the rate will be over on the days still to come, as they are rostered."""
        return self.room.denominator - self.denominator_gone

    @property
    def pace(self) -> Share:
        """Abstracted out of the duty of the days gone; not known without any."""
        return Share(self.room.used, self.denominator_gone)

    @property
    def expected(self) -> Fraction | None:
        """Minutes abstracted by the end of the month at this pace; None when the pace is not known."""
        pace = self.pace.fraction
        if pace is None:
            return None
        return self.room.used + self.room.planned + pace * (self.denominator_ahead - self.room.planned)

    @property
    def expected_rate(self) -> Share:
        """The rate with which the month ends at this pace, exactly; not known without a pace."""
        expected = self.expected
        if expected is None:
            return Share(0, 0)
        return Share(expected.numerator, expected.denominator * self.room.denominator)


def forecast(target: int, days: Iterable[DayTaken], today: date) -> Forecast:
    """Headroom and outlook of a month out of its days, in any order; those up to `today` are gone."""
    ordered = sorted(days, key=lambda day: day.on)
    gone = [day for day in ordered if day.on <= today]
    ahead = [day for day in ordered if day.on > today]
    room = Headroom(
        target=target,
        denominator=sum(day.denominator for day in ordered),
        used=sum(day.taken for day in gone),
        planned=sum(day.taken for day in ahead),
    )
    denominator_gone = sum(day.denominator for day in gone)
    outlook, broken_on = _outlook(room, denominator_gone, gone, ahead)
    return Forecast(room, denominator_gone, outlook, broken_on)


def _outlook(
    room: Headroom, denominator_gone: int, gone: Sequence[DayTaken], ahead: Sequence[DayTaken]
) -> tuple[Outlook, date | None]:
    allowed = room.target * room.denominator  # hundredths of a minute, as every sum below
    taken = 0
    for day in gone:
        taken += day.taken
        if taken * 100 > allowed:
            return Outlook.OVER, day.on
    free = 0
    for day in ahead:
        taken += day.taken
        free += day.free
        if taken * 100 > allowed:
            return Outlook.BROKEN_BY_PLANS, day.on
        # The pace is used / gone; both sides are multiplied by gone, so that nothing is ever rounded.
        if (taken * denominator_gone + room.used * free) * 100 > allowed * denominator_gone:
            return Outlook.BROKEN_AT_PACE, day.on
    if not denominator_gone:
        return Outlook.NOT_KNOWN, None
    return Outlook.WITHIN, None


def expected_by(days: Iterable[DayTaken], today: date) -> list[tuple[date, Fraction | None]]:
    """What is abstracted by the end of each day, the days to come at the present pace, in order.

    None for a day to come when the pace is not known.
    """
    ordered = sorted(days, key=lambda day: day.on)
    gone = [day for day in ordered if day.on <= today]
    used = sum(day.taken for day in gone)
    pace = Share(used, sum(day.denominator for day in gone)).fraction
    line: list[tuple[date, Fraction | None]] = []
    so_far: Fraction | None = Fraction(0)
    for day in ordered:
        if so_far is not None:
            if day.on <= today:
                so_far += day.taken
            else:
                so_far = None if pace is None else so_far + day.taken + pace * day.free
        line.append((day.on, so_far))
    return line


def with_more_taken(days: Iterable[DayTaken], more: Mapping[date, int]) -> tuple[DayTaken, ...]:
    """The days once so many more minutes are taken on some of them, out of what is rostered there."""
    return tuple(replace(day, taken=day.taken + more.get(day.on, 0)) for day in days)
