"""What a shift and the time away inside it must be. The report is silent here: these rules are ours.

Times in messages are Europe/London local time.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from npt.kit.clock import minutes_between, moment_in_words
from npt.kit.intervals import Interval
from npt.kit.refusals import Refusal
from npt.shifts.rules.reasons import ReasonKind

#: The longest shift, in real time: 24 hours.
MAX_SHIFT = timedelta(hours=24)


class NoLength(Refusal):
    """A shift or time away that ends when it starts."""


class EndsBeforeItStarts(Refusal):
    """A shift or time away whose end comes before its start."""


class ShiftTooLong(Refusal):
    """A shift of more than 24 hours of real time."""


class ShiftOverlaps(Refusal):
    """A shift during another shift of the same member."""


class AwayOutsideShift(Refusal):
    """Time away that is not wholly inside its shift."""


class AwayOverlaps(Refusal):
    """Time away that overlaps other time away of the same kind in the shift."""


class AbstractionDuringAbsence(Refusal):
    """Abstraction while the member is off duty: whoever is absent cannot be taken away."""


@dataclass(frozen=True, slots=True)
class AwayTime:
    """Time away inside a shift, and why."""

    interval: Interval
    reason_code: str
    kind: ReasonKind


def interval_of(starts: datetime, ends: datetime) -> Interval:
    """The interval between two aware UTC instants. NoLength or EndsBeforeItStarts when there is none."""
    if ends == starts:
        raise NoLength(
            f"It starts and ends at {moment_in_words(starts)}: give an end that is later than the start.",
            field="ends",
        )
    if ends < starts:
        raise EndsBeforeItStarts(
            f"It ends at {moment_in_words(ends)}, before it starts at {moment_in_words(starts)}:"
            " correct one of them; past midnight, the end is on the next day.",
            field="ends",
        )
    return Interval(starts, ends)


def check_shift(starts: datetime, ends: datetime) -> Interval:
    """The interval of a shift between two aware UTC instants, or the refusal of it.

    NoLength, EndsBeforeItStarts, or ShiftTooLong over 24 hours of real time, however the clocks change
    meanwhile.
    """
    if minutes_between(starts, ends) > MAX_SHIFT // timedelta(minutes=1):
        raise ShiftTooLong(
            f"From {moment_in_words(starts)} to {moment_in_words(ends)} is over 24 hours:"
            " correct a time, or enter it as two shifts.",
            field="ends",
        )
    return interval_of(starts, ends)


def check_shift_is_free(others: Iterable[Interval], new: Interval) -> None:
    """Refuse (ShiftOverlaps) a shift during one of the member's `others`; back to back is allowed."""
    for other in sorted(others):
        if other.overlaps(new):
            raise ShiftOverlaps(
                f"The shift {new.in_words} overlaps the member's shift {other.in_words}:"
                " change one of them, or record this time in the shift that is there.",
                field="starts",
            )


def check_away(shift: Interval, others: Iterable[AwayTime], new: AwayTime) -> None:
    """Refuse time away that may not stand beside the `others` in the shift; touching end to start is allowed.

    AwayOutsideShift when it is not wholly inside, AbstractionDuringAbsence when an absence and an abstraction
    would share a minute, AwayOverlaps when two of one kind would.
    """
    if not shift.contains(new.interval):
        is_late = new.interval.starts >= shift.starts
        raise AwayOutsideShift(
            f"{new.interval.in_words} is not inside the shift, {shift.in_words}:"
            " give times within the shift, or correct the shift first.",
            field="ends" if is_late else "starts",
        )
    for other in sorted(others, key=lambda away: away.interval):
        if not other.interval.overlaps(new.interval):
            continue
        if other.kind is new.kind:
            raise AwayOverlaps(
                f"{new.interval.in_words} overlaps the {other.kind.wording} already recorded,"
                f" {other.interval.in_words}: change the times, or correct the one that is there.",
                field="starts",
            )
        absence, abstraction = (other, new) if other.kind is ReasonKind.ABSENCE else (new, other)
        raise AbstractionDuringAbsence(
            f"The abstraction {abstraction.interval.in_words} falls in the absence"
            f" {absence.interval.in_words}, when the member is off duty: change the times of one of them.",
            field="starts",
        )


def check_all_away(shift: Interval, aways: Iterable[AwayTime]) -> None:
    """Refuse as `check_away` does, the first of the shift's times away, by start, that may not stand.

    For a shift whose own times change, and for a file that brings several times away at once.
    """
    earlier: list[AwayTime] = []
    for away in sorted(aways, key=lambda each: each.interval):
        check_away(shift, earlier, away)
        earlier.append(away)


def moves_in_order(now: Mapping[int, Interval], then: Mapping[int, Interval]) -> tuple[list[int], list[int]]:
    """In which order shifts of one member, by key, can move from `now` to `then` without ever overlapping.

    No two of `now` overlap, nor two of `then`. A shift that only `now` has stays where it is. The second list
    holds those that stand in each other's way in a ring, and cannot move one after another.
    """
    standing = sorted(now, key=lambda key: now[key])
    starts = [now[key].starts for key in standing]
    in_the_way: dict[int, int] = {}
    lets_go: dict[int, list[int]] = {key: [] for key in now}
    for key, interval in then.items():
        # The last that starts before it may reach into it; whatever starts inside it does.
        near = standing[
            max(bisect_right(starts, interval.starts) - 1, 0) : bisect_left(starts, interval.ends)
        ]
        blocking = [other for other in near if other != key and now[other].overlaps(interval)]
        in_the_way[key] = len(blocking)
        for other in blocking:
            lets_go[other].append(key)
    free = [(then[key], key) for key, count in in_the_way.items() if not count]
    heapify(free)
    order: list[int] = []
    while free:
        _, moved = heappop(free)
        order.append(moved)
        for key in lets_go.get(moved, ()):
            in_the_way[key] -= 1
            if not in_the_way[key]:
                heappush(free, (then[key], key))
    return order, sorted(then.keys() - set(order), key=lambda key: then[key])
