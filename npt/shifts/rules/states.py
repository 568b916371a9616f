"""How a shift stands, or is to stand, with the time away in it: what actions turn into one another."""

from dataclasses import dataclass, field
from datetime import date

from npt.kit.clock import local_day
from npt.kit.intervals import Interval
from npt.people.rules import PolicingRole


@dataclass(frozen=True, slots=True)
class AwayState:
    """Time away in a shift; `id` is the key of the record that stands so, or is to: None for a new one."""

    interval: Interval
    reason_id: int
    note: str | None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ShiftState:
    """A shift: whose, when, for which unit and in which role, and when its member is away."""

    member_id: int
    interval: Interval
    unit_id: int
    role: PolicingRole
    is_team_named: bool
    away: tuple[AwayState, ...] = ()

    @property
    def day(self) -> date:
        """The local date to which it belongs."""
        return local_day(self.interval.starts)
