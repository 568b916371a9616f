"""Minutes of a shift, sums over shifts, and the rate that a definition makes of them.

A rate of a group is always the ratio of the sums, never a mean of rates; without duty it is not known, never
0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from npt.counting.rules.definitions import Definition
from npt.kit.intervals import Interval, union_minutes
from npt.kit.shares import Share
from npt.shifts.rules.reasons import ReasonKind
from npt.shifts.rules.shifts import AwayTime

#: Confirmed shifts, in per cent of all, under which a rate is provisional. Ours.
COVERAGE_FLOOR = 90


class DifferentDefinitions(ValueError):
    """Two rates under different definitions were added, which has no meaning."""


@dataclass(frozen=True, slots=True)
class ShiftMinutes:
    """Whole minutes of one shift: rostered, absent, and abstracted by the reason's code."""

    rostered: int
    absent: int
    by_reason: Mapping[str, int] = field(hash=False)

    @property
    def duty(self) -> int:
        """Minutes on duty: rostered less absent."""
        return self.rostered - self.absent


def shift_minutes(shift: Interval, aways: Iterable[AwayTime]) -> ShiftMinutes:
    """The minutes of a shift and of its times away, each minute counted once within absence and within a
    reason.

    Only what lies inside the shift counts. Times away do not overlap where `check_away` was asked first.
    """
    absent: list[Interval] = []
    by_reason: dict[str, list[Interval]] = {}
    for away in aways:
        inside = shift.intersection(away.interval)
        if inside is None:
            continue
        if away.kind is ReasonKind.ABSENCE:
            absent.append(inside)
        else:
            by_reason.setdefault(away.reason_code, []).append(inside)
    return ShiftMinutes(
        rostered=shift.minutes,
        absent=union_minutes(absent),
        by_reason=MappingProxyType({code: union_minutes(times) for code, times in sorted(by_reason.items())}),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """The sums of a group of shifts, in whole minutes and counts. `Tally()` is that of no shift at all."""

    rostered: int = 0
    absent: int = 0
    abstracted_by_reason: Mapping[str, int] = field(default_factory=dict, hash=False)
    shifts: int = 0
    confirmed_shifts: int = 0

    @classmethod
    def of(cls, minutes: ShiftMinutes, *, is_confirmed: bool) -> "Tally":
        """The tally of one shift; `is_confirmed` when a supervisor confirmed its unit's day."""
        return cls(minutes.rostered, minutes.absent, minutes.by_reason, 1, int(is_confirmed))

    @classmethod
    def total(cls, tallies: Iterable["Tally"]) -> "Tally":
        """The tally of all the shifts together."""
        return sum(tallies, start=cls())

    @property
    def duty(self) -> int:
        """Minutes on duty: rostered less absent."""
        return self.rostered - self.absent

    @property
    def coverage(self) -> Share:
        """Shifts of confirmed days out of all shifts; not known without a shift."""
        return Share(self.confirmed_shifts, self.shifts)

    def __add__(self, other: "Tally") -> "Tally":
        by_reason = dict(self.abstracted_by_reason)
        for code, minutes in other.abstracted_by_reason.items():
            by_reason[code] = by_reason.get(code, 0) + minutes
        return Tally(
            rostered=self.rostered + other.rostered,
            absent=self.absent + other.absent,
            abstracted_by_reason=MappingProxyType(by_reason),
            shifts=self.shifts + other.shifts,
            confirmed_shifts=self.confirmed_shifts + other.confirmed_shifts,
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """Abstracted minutes over a denominator in minutes, and the definition that made them."""

    definition: Definition
    abstracted: int
    denominator: int

    @property
    def share(self) -> Share:
        """The rate as an exact share; not known when the denominator is 0."""
        return Share(self.abstracted, self.denominator)

    def within(self, target: int) -> bool | None:
        """Whether the rate is at most `target` %; exactly on target is within. None when not known."""
        exceeds = self.share.exceeds(target)
        return None if exceeds is None else not exceeds

    def __add__(self, other: "Rate") -> "Rate":
        """The rate of both groups, for days on which the definition's table of reasons differed.

        DifferentDefinitions when the codes differ; the later text is kept.
        """
        if self.definition.code != other.definition.code:
            raise DifferentDefinitions(
                f"A rate under {self.definition.code} cannot be added to one under {other.definition.code}."
            )
        return Rate(
            other.definition, self.abstracted + other.abstracted, self.denominator + other.denominator
        )


def rate_of(tally: Tally, definition: Definition) -> Rate:
    """The rate of a group of shifts under a definition that holds for all of them."""
    abstracted = sum(
        minutes
        for code, minutes in tally.abstracted_by_reason.items()
        if definition.counts(code, ReasonKind.ABSTRACTION)
    )
    lost, denominator = lost_out_of(abstracted, tally.absent, tally.rostered, definition.puts_absence_back)
    return Rate(definition, lost, denominator)


def lost_out_of(abstracted: int, absent: int, rostered: int, puts_absence_back: bool) -> tuple[int, int]:
    """Numerator and denominator of a rate in minutes; `abstracted` is the abstraction that counts."""
    if puts_absence_back:
        return abstracted + absent, rostered
    return abstracted, rostered - absent


def is_provisional(coverage: Share) -> bool:
    """Whether a rate with this coverage is shown as provisional: under 90% of the shifts are confirmed.

    False without a shift: there is then no rate to qualify.
    """
    return coverage.part * 100 < COVERAGE_FLOOR * coverage.whole
