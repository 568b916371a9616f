"""A clock as it stands at an instant: whether it is paused or in breach, and that in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from npt.kit.clock import day_in_words, local_day, minutes_between, moment_in_words
from npt.kit.intervals import Interval, union_minutes
from npt.work.rules.clocks import Pause, Rule, Until, due_at, whole_minute

_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Running:
    """A clock as it stands: what its records say, and what follows."""

    rule: Rule
    started: datetime
    pauses: Sequence[Pause] = ()
    ended: datetime | None = None

    @cached_property
    def due(self) -> datetime | None:
        """The last minute in which it is in time; None while it is paused and was not late before.

        Counted tick by tick, ten years of them at most, and so only once.
        """
        return due_at(self.rule, self.started, self.pauses)

    @property
    def is_paused(self) -> bool:
        """Whether it stands still now."""
        return self.ended is None and any(pause.ends is None for pause in self.pauses)

    def is_over(self, now: datetime) -> bool:
        """Whether it is in breach: past due, and not ended."""
        due = self.due
        return self.ended is None and due is not None and due < whole_minute(now)

    def paused_minutes(self, now: datetime) -> int:
        """Minutes that it stood still; a pause that goes on counts up to the end, or now."""
        until = whole_minute(self.ended or now)
        spans = [(pause.starts, min(pause.ends or until, until)) for pause in self.pauses]
        return union_minutes(Interval(starts, ends) for starts, ends in spans if starts < ends)

    def state_in_words(self, now: datetime) -> str:
        """How it stands: "due in 5 h", "2 days over, paused 3 days", "ended in time"."""
        paused = self.paused_minutes(now)
        told = self._told(whole_minute(now))
        return f"{told}, paused {_long(paused)}" if paused and not self._stands_still else told

    @property
    def _stands_still(self) -> bool:
        return self.ended is None and self.due is None

    def _told(self, now: datetime) -> str:
        due = self.due
        if self.ended is not None:
            late = 0 if due is None else minutes_between(due, self.ended)
            return f"ended {_long(late)} late" if late > 0 else "ended in time"
        if due is None:
            return f"paused {_long(self.paused_minutes(now))}"
        left = minutes_between(now, due)
        return f"due in {_long(left)}" if left >= 0 else f"{_long(-left)} over"

    def due_in_words(self) -> str:
        """Until when: "by the end of 4 May 2026", "by 4 May 2026 14:00"; while it is paused, that it is."""
        due = self.due
        if due is None:
            return "paused"
        if self.rule.until is Until.DAY:
            return f"by the end of {day_in_words(local_day(due))}"
        return f"by {moment_in_words(due)}"


def _long(minutes: int) -> str:
    """How long something lasts, roughly, never more than it does: "40 min", "5 h", "3 days"."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 2 * _DAY_MINUTES:
        return f"{minutes // 60} h"
    return f"{minutes // _DAY_MINUTES:,} days"
