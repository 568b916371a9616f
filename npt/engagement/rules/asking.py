"""Five a day: whom a target is for, on which days somebody is expected to ask, and how a day came out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Self

from npt.kit.refusals import Refusal
from npt.people.rules import PolicingRole

MOST_A_DAY = 50
LONGEST_REASON = 200


class BadTarget(Refusal):
    """A target of fewer than none, or of more than anybody could ask."""


class Asker(Enum):
    """Whom a target is for."""

    NSO = "nso"
    CONSTABLE = "constable"
    PCSO = "pcso"

    @property
    def wording(self) -> str:
        """One of them, at the start of a line."""
        return _ASKERS[self]

    @classmethod
    def of(cls, role: PolicingRole, *, is_specialist: bool, targets: Mapping[Self, int]) -> Self | None:
        """Which target holds for somebody: that of NSOs before that of constables; None for other roles."""
        if role is PolicingRole.CONSTABLE:
            return cls("nso") if is_specialist and cls("nso") in targets else cls("constable")
        return cls("pcso") if role is PolicingRole.PCSO else None


_ASKERS = {Asker.NSO: "NSO", Asker.CONSTABLE: "Constable", Asker.PCSO: "PCSO"}


def check_target(people: int) -> None:
    """Refuse (BadTarget) a target that cannot be."""
    if not 0 <= people <= MOST_A_DAY:
        raise BadTarget(
            f"Give a number of people from 0 to {MOST_A_DAY}; 0 where nobody is to ask.", field="people"
        )


class AskingState(Enum):
    """How a member's day came out."""

    MET = "met"
    SHORT = "short"
    NIL = "nil"
    NOT_RECORDED = "not-recorded"
    ABSTRACTED = "abstracted"
    NOT_EXPECTED = "not-expected"

    @property
    def wording(self) -> str:
        """The state as a list says it."""
        return _STATES[self]

    @property
    def is_expected(self) -> bool:
        """Whether somebody was to ask that day."""
        return self not in {AskingState.ABSTRACTED, AskingState.NOT_EXPECTED}


_STATES = {
    AskingState.MET: "target met",
    AskingState.SHORT: "fewer than the target",
    AskingState.NIL: "signed: asked nobody",
    AskingState.NOT_RECORDED: "not recorded",
    AskingState.ABSTRACTED: "not expected: abstracted",
    AskingState.NOT_EXPECTED: "not expected",
}


@dataclass(frozen=True, slots=True)
class DutyMinutes:
    """A member's day in minutes: rostered, absent, and abstracted for whatever reason.

    Every reason counts here, whatever the definition: whoever is away asks nobody in the neighbourhood.
    """

    rostered: int
    absent: int = 0
    abstracted: int = 0

    @property
    def is_mostly_here(self) -> bool:
        """Whether at least half of the rostered minutes are in the neighbourhood. Ours."""
        return (self.rostered - self.absent - self.abstracted) * 2 >= self.rostered > 0

    @property
    def is_lost_to_abstraction(self) -> bool:
        """Whether it would be so but for abstraction."""
        return not self.is_mostly_here and (self.rostered - self.absent) * 2 >= self.rostered > 0


def state_of(day: DutyMinutes, target: int, asked: int, *, is_signed_nil: bool) -> AskingState:
    """How a day came out whose target is `target` people. A conversation outweighs a signature of none."""
    if target <= 0:
        return AskingState.NOT_EXPECTED
    if day.is_lost_to_abstraction:
        return AskingState.ABSTRACTED
    if not day.is_mostly_here:
        return AskingState.NOT_EXPECTED
    if asked >= target:
        return AskingState.MET
    if asked:
        return AskingState.SHORT
    return AskingState.NIL if is_signed_nil else AskingState.NOT_RECORDED


@dataclass(frozen=True, slots=True)
class AskingDay:
    """A day of a member: how many they were to ask, and how many they asked."""

    state: AskingState
    target: int
    asked: int


@dataclass(frozen=True, slots=True)
class AskingSums:
    """Days of several members together."""

    days: Mapping[AskingState, int]
    #: people to be asked on the days on which that was expected
    expected: int
    #: people asked, on those days and on all others
    asked: int
    #: people who would have been asked on the days that abstraction took
    cost: int

    @property
    def expected_days(self) -> int:
        """Days on which somebody was to ask."""
        return sum(count for state, count in self.days.items() if state.is_expected)

    def of(self, state: AskingState) -> int:
        """The days that came out so."""
        return self.days.get(state, 0)


def summed(days: Iterable[AskingDay]) -> AskingSums:
    """Days together."""
    counts: dict[AskingState, int] = {}
    expected = asked = cost = 0
    for day in days:
        counts[day.state] = counts.get(day.state, 0) + 1
        expected += day.target if day.state.is_expected else 0
        cost += day.target if day.state is AskingState.ABSTRACTED else 0
        asked += day.asked
    return AskingSums(counts, expected, asked, cost)


@dataclass(frozen=True, slots=True)
class DatedTarget:
    """From a day on, how many people an asker of the units at and under a path asks a day."""

    path: str
    asker: Asker
    starts_on: date
    people: int


def targets_on(targets: Iterable[DatedTarget], path: str, day: date) -> dict[Asker, int]:
    """The targets in force for a unit on a day, by asker: of the nearest unit that has one, the latest."""
    best: dict[Asker, DatedTarget] = {}
    for each in targets:
        if each.starts_on <= day and path.startswith(each.path):
            known = best.get(each.asker)
            if known is None or (len(known.path), known.starts_on) < (len(each.path), each.starts_on):
                best[each.asker] = each
    return {asker: target.people for asker, target in best.items()}
