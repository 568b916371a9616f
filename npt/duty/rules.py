"""Repeating on a later duty day what was recorded on an earlier one: at the same local times. Ours."""

from dataclasses import dataclass
from datetime import date, datetime

from npt.kit.clock import LONDON, NeverHappens, local_day, to_instant, to_local
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal


class NothingToRepeat(Refusal):
    """Time away of an earlier day of which nothing would lie in the shift of the later one."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The time away as it would be on the later day; `is_cut` when its shift leaves room for a part only."""

    interval: Interval
    is_cut: bool


def repeated(then_day: date, then: Interval, day: date, shift: Interval) -> Repeated:
    """The local times of `then`, recorded for a shift of `then_day`, in a shift of `day`; cut to the shift.

    A night's times after midnight stay after midnight. In the hour that happens twice the first is meant, or
    the second where the first would leave no length. NothingToRepeat when nothing lies inside the shift, or
    when a time never happens on the later day.
    """
    starts, _ = _same_time(then_day, then.starts, day)
    first_end, second_end = _same_time(then_day, then.ends, day)
    ends = first_end if first_end > starts else second_end
    if ends <= starts:
        raise NothingToRepeat("those times leave no length on the day on which the clocks change")
    part = Interval(starts, ends).intersection(shift)
    if part is None:
        raise NothingToRepeat("those times are outside the shift")
    return Repeated(part, part != Interval(starts, ends))


def _same_time(then_day: date, instant: datetime, day: date) -> tuple[datetime, datetime]:
    """The instants with the same local time, as many days after `day` as it was after `then_day`."""
    local = datetime.combine(day + (local_day(instant) - then_day), to_local(instant).time())
    try:
        first, happens_twice = to_instant(local)
    except NeverHappens:
        raise NothingToRepeat("one of those times never happens on this day: the clocks skip it") from None
    if not happens_twice:
        return first, first
    return first, local.replace(tzinfo=LONDON, fold=1).astimezone(first.tzinfo)
