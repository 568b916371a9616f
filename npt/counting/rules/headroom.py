"""How much more may be abstracted in a month before the target is broken.

Headroom = target x (duty so far + duty still rostered) - abstracted so far - abstraction already planned. The
report sets the targets; looking ahead from them is ours.
"""

from dataclasses import dataclass, replace

from npt.counting.rules.definitions import Definition
from npt.shifts.rules.reasons import ReasonKind
from npt.shifts.rules.shifts import AwayTime


def headroom(target: int, duty_minutes: int, abstracted_minutes: int) -> int:
    """Whole minutes that may still be abstracted within `target` %; negative by how many it is over.

    The allowance is rounded down, which is what keeps the sign true to the rule of a breach: abstracted
    minutes are whole, so they are over target x duty / 100 exactly when they are over its whole part.
    Headroom is below 0 if and only if `abstracted_minutes * 100 > target * duty_minutes`.
    """
    return target * duty_minutes // 100 - abstracted_minutes


@dataclass(frozen=True, slots=True)
class Headroom:
    """A unit's, group's and month's room for abstraction under one definition, all in whole minutes.

    `denominator`: what the rate is over, so far and still rostered (duty minutes, or rostered minutes where
    the definition puts absence back). `used`: abstracted so far. `planned`: abstraction already entered for
    the rest of the month.
    """

    target: int
    denominator: int
    used: int
    planned: int

    @property
    def allowance(self) -> int:
        """The most that may be abstracted in the whole month, used and planned included."""
        return headroom(self.target, self.denominator, 0)

    @property
    def left(self) -> int:
        """What may still be abstracted; negative by how many minutes it is over."""
        return headroom(self.target, self.denominator, self.used + self.planned)

    @property
    def is_over(self) -> bool:
        """Whether the month, as recorded and planned, breaks the target; exactly on it does not."""
        return self.left < 0

    def after(self, entry: AwayTime, definition: Definition, *, is_planned: bool) -> "Headroom":
        """The headroom once `entry`, inside a shift that is already counted, is saved.

        `is_planned` when the entry lies ahead. An absence shrinks what the rate is over, unless the
        definition puts absence back; an abstraction that does not count changes nothing.
        """
        minutes = entry.interval.minutes
        if definition.counts(entry.reason_code, entry.kind):
            if is_planned:
                return replace(self, planned=self.planned + minutes)
            return replace(self, used=self.used + minutes)
        if entry.kind is ReasonKind.ABSENCE:
            return replace(self, denominator=self.denominator - minutes)
        return self


@dataclass(frozen=True, slots=True)
class HeadroomChange:
    """The headroom before an entry is saved and after it."""

    before: Headroom
    after: Headroom

    @property
    def minutes(self) -> int:
        """What the entry does to what is left: negative when it takes room."""
        return self.after.left - self.before.left

    @property
    def breaks_target(self) -> bool:
        """Whether the month is within target before the entry and over it after."""
        return self.after.is_over and not self.before.is_over
