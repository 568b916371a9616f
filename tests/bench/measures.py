"""What a measure is: a piece of work, what it is held against, and how far it may be from that.

Seconds say as much about the machine as about the work. A measure therefore times both sides in turn, in one
process, and only the ratio of their medians counts.
"""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from tests.bench.place import Place


class Pair(NamedTuple):
    """One run of the work and one of what it is held against, in seconds."""

    work: float
    against: float

    @property
    def ratio(self) -> float:
        """How many times as long the work took."""
        return self.work / self.against


@dataclass(frozen=True)
class Measure:
    """A row of the table. `timings` prepares what it needs in the place, warms up, and gives the pairs."""

    #: what BENCH_ONLY chooses by
    name: str
    work: str
    against: str
    #: what is counted: CPU seconds of this process, seconds until the work is done, or megabytes of memory
    counted: str
    #: the ratio that may not be passed; None where no issue has asked for one
    reach: Decimal | None
    timings: Callable[[Place], Iterator[Pair]]
    #: how many months of a nation's history it needs; left out where BENCH_MONTHS wants fewer
    history: int = 0


@dataclass(frozen=True)
class Result:
    """What was measured of one row."""

    measure: Measure
    pairs: tuple[Pair, ...]

    @property
    def ratio(self) -> float:
        """The median of the work over the median of what it is held against."""
        return median(pair.work for pair in self.pairs) / median(pair.against for pair in self.pairs)

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest ratio of a single pair."""
        ratios = [pair.ratio for pair in self.pairs]
        return min(ratios), max(ratios)

    @property
    def is_reached(self) -> bool | None:
        """Whether the ratio is what was asked for; None where nothing was."""
        return None if self.measure.reach is None else self.ratio <= self.measure.reach

    @property
    def in_words(self) -> str:
        """The result in a line, with the medians that the ratio is of."""
        if self.measure.counted == "memory":
            return f"{self.measure.name}: {self.ratio:.1f} MB"
        ours = median(pair.work for pair in self.pairs) * 1000
        theirs = median(pair.against for pair in self.pairs) * 1000
        return f"{self.measure.name}: {self.ratio:.2f} ({ours:.1f} ms against {theirs:.1f} ms)"


def measured(measure: Measure, place: Place) -> Result:
    """Measure one row."""
    return Result(measure, tuple(measure.timings(place)))


def interleaved(
    work: Callable[[], object],
    against: Callable[[], object],
    *,
    pairs: int,
    clock: Callable[[], float],
    before: Callable[[], object] = lambda: None,
    before_against: Callable[[], object] | None = None,
) -> Iterator[Pair]:
    """Time the two sides in turn, each after `before`, or its own, which is not timed.

    Which of them is first takes turns too: neither has the better half of a pair.
    """
    prepare_theirs = before if before_against is None else before_against

    def timed(prepare: Callable[[], object], side: Callable[[], object]) -> float:
        prepare()
        return _timed(side, clock)

    for number in range(pairs):
        if number % 2:
            theirs = timed(prepare_theirs, against)
            yield Pair(timed(before, work), theirs)
        else:
            ours = timed(before, work)
            yield Pair(ours, timed(prepare_theirs, against))


def _timed(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """How long the work takes by the clock; rubbish is collected before it and never during it."""
    gc.collect()
    gc.disable()
    try:
        begun = clock()
        work()
        return clock() - begun
    finally:
        gc.enable()


#: The clocks: the work of this process alone, and the time that somebody waits.
CPU = time.process_time
WAITING = time.perf_counter
