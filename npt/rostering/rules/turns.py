"""Early, late and night: the one letter by which a roster on the wall is read from across a room.

The report is silent on them: the bounds are ours, chosen so that shifts people call early, late and night
fall on the right side.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum

from npt.kit.clock import to_local
from npt.kit.intervals import Interval

#: Local start and end of a shift.
Times = tuple[time, time]


class Turn(Enum):
    """When in the day a shift starts."""

    EARLY = "E"
    LATE = "L"
    NIGHT = "N"

    @property
    def wording(self) -> str:
        """The turn with its bounds: "early, starts from 04:00 to 11:59"."""
        return _WORDING[self]


_WORDING = {
    Turn.EARLY: "early, starts from 04:00 to 11:59",
    Turn.LATE: "late, starts from 12:00 to 19:59",
    Turn.NIGHT: "night, starts from 20:00 to 03:59",
}


@dataclass(frozen=True, slots=True)
class Code:
    """What a shift of these times is called on the wall: "E", or "E2" where earlies have different times."""

    turn: Turn
    #: None where all shifts of the turn have the same times
    number: int | None
    starts: time
    ends: time

    @property
    def times(self) -> str:
        """When it is: "07:00 to 17:00"."""
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"


def turn_of(starts: time) -> Turn:
    """The turn of a shift that starts at this local time."""
    if time(4) <= starts < time(12):
        return Turn.EARLY
    return Turn.LATE if time(12) <= starts < time(20) else Turn.NIGHT


def times_of(shift: Interval) -> Times:
    """The local start and end of a shift."""
    return to_local(shift.starts).time(), to_local(shift.ends).time()


def wall_codes(shifts: Iterable[Interval]) -> Mapping[Times, Code]:
    """A code for the times of each of the shifts, in the order of turns, starts and ends."""
    by_turn: dict[Turn, list[Times]] = {turn: [] for turn in Turn}
    for times in sorted({times_of(shift) for shift in shifts}):
        by_turn[turn_of(times[0])].append(times)
    return {
        times: Code(turn, number if len(several) > 1 else None, *times)
        for turn, several in by_turn.items()
        for number, times in enumerate(several, start=1)
    }
