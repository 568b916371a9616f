"""Strength and establishment through time, and since when the one has been below the other.

The source prints how many posts are empty, not for how long. The age of a vacancy is ours: the unbroken run
of days, up to the day asked about, on which a role has less strength than establishment.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from npt.kit.spans import Span, begun

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stage:
    """Strength and establishment (FTE) of a role from `first` until the next stage begins.

    An establishment of None is not known.
    """

    first: date
    strength: Decimal
    establishment: Decimal | None

    @property
    def vacancy(self) -> Decimal | None:
        """Funded FTE without a person; negative when over establishment; None when that is not known."""
        return None if self.establishment is None else self.establishment - self.strength

    @property
    def is_short(self) -> bool:
        """Whether posts are empty. Not while the establishment is not known."""
        return self.vacancy is not None and self.vacancy > 0


@dataclass(frozen=True, slots=True)
class Shortage:
    """An unbroken run of days with empty posts."""

    since: date
    #: the first day on which, by what is recorded, no post is empty; None when no such day is known
    filled_on: date | None
    #: FTE empty on the day asked about
    vacancy: Decimal

    def days(self, day: date) -> int:
        """How many days it has lasted on `day`, its first and `day` included."""
        return (day - self.since).days + 1


class Held(NamedTuple):
    """An amount of strength, or of establishment, on the days of a span."""

    span: Span
    amount: Decimal


def stages_of(strength: Iterable[Held], establishment: Iterable[Held]) -> list[Stage]:
    """What the sums of both are from each day on which one of them changes, the earliest first.

    The establishment is not known on days that no record covers. A day that changes neither begins no stage.
    """
    people, posts = _changes(strength), _changes(establishment)
    stages: list[Stage] = []
    in_post, funded, records = NOTHING, NOTHING, 0
    for day in sorted({*people, *posts}):
        in_post += people[day].amount
        funded += posts[day].amount
        records += posts[day].count
        stage = Stage(day, in_post, funded if records else None)
        if not stages or (stages[-1].strength, stages[-1].establishment) != (
            stage.strength,
            stage.establishment,
        ):
            stages.append(stage)
    return stages


@dataclass(slots=True)
class _Change:
    """By how much a sum changes on a day, and by how many records."""

    amount: Decimal = NOTHING
    count: int = 0


def _changes(held: Iterable[Held]) -> defaultdict[date, _Change]:
    changes: defaultdict[date, _Change] = defaultdict(_Change)
    for span, amount in held:
        changes[span.first].amount += amount
        changes[span.first].count += 1
        if span.after is not None:
            changes[span.after].amount -= amount
            changes[span.after].count -= 1
    return changes


def stage_on(stages: Sequence[Stage], day: date) -> Stage:
    """The stage that holds on `day`; before the first, nobody is in post and no establishment is known."""
    return begun(stages, day, lambda stage: stage.first) or Stage(day, NOTHING, None)


def shortage_on(stages: Sequence[Stage], day: date) -> Shortage | None:
    """The run of days with empty posts that `day` lies in; None when no post is empty on it, or none known.

    The run ends where the establishment stops being known, too: nobody is missing from posts that are not
    there.
    """
    position = sum(stage.first <= day for stage in stages) - 1
    if position < 0 or not stages[position].is_short:
        return None
    first = position
    while first > 0 and stages[first - 1].is_short:
        first -= 1
    filled_on = next((stage.first for stage in stages[position:] if not stage.is_short), None)
    return Shortage(stages[first].first, filled_on, stages[position].vacancy or NOTHING)
