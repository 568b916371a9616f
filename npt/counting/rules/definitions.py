"""Which reasons count, and over what; how that changes from a day on, and which days it moves.

What a definition says of a reason is a row of *marks*: from each day, until the next, the reason counts or
does not. A change never moves a day before the one it is dated from, nor any day on or after the next
mark. The HMIC report is silent on changes; they are ours.
"""

import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from npt.kit.months import Month
from npt.kit.refusals import Refusal
from npt.kit.spans import begun
from npt.people.rules import RoleGroup
from npt.shifts.rules.reasons import SHIPPED_REASONS, ReasonKind


@dataclass(frozen=True, slots=True)
class Definition:
    """A way of counting, as it stands on some day: which reasons of abstraction count, and over what.

    `puts_absence_back`: absence counts as lost too, and the rate is over rostered instead of duty minutes.
    """

    code: str
    name: str
    explanation: str
    puts_absence_back: bool
    counting_reasons: frozenset[str]

    def counts(self, reason_code: str, kind: ReasonKind) -> bool:
        """Whether time away for the reason goes into the numerator."""
        if kind is ReasonKind.ABSENCE:
            return self.puts_absence_back
        return reason_code in self.counting_reasons


_ABSTRACTIONS = frozenset(reason.code for reason in SHIPPED_REASONS if reason.kind is ReasonKind.ABSTRACTION)

# The force of 2008 counts any deployment away from the neighbourhood (HMIC 2008); that training and court are
# not deployments is our reading. The other two definitions are ours.
SHIPPED_DEFINITIONS = (
    Definition(
        code="local-2008",
        name="Local (2008)",
        explanation="Deployment away from the neighbourhood, except training and court, over duty minutes.",
        puts_absence_back=False,
        counting_reasons=_ABSTRACTIONS - {"training", "court"},
    ),
    Definition(
        code="inspectorate",
        name="Inspectorate",
        explanation="Every reason of abstraction, training and court included, over duty minutes.",
        puts_absence_back=False,
        counting_reasons=_ABSTRACTIONS,
    ),
    Definition(
        code="all-time-lost",
        name="All time lost",
        explanation="Every reason of abstraction and all absence, over rostered minutes.",
        puts_absence_back=True,
        counting_reasons=_ABSTRACTIONS,
    ),
)
DEFAULT_DEFINITION = "local-2008"

#: What holds from the beginning holds for every day that the product can record.
SINCE = date(1900, 1, 1)

Marks = Sequence[tuple[date, bool]]

CODE_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
CODE_LENGTH = 30


class BadDefinitionCode(Refusal):
    """A code for a reason or a definition that addresses and files could not carry."""


def check_definition_code(code: str) -> None:
    """Refuse (BadDefinitionCode) the code of a reason or definition unless it is like "public-order"."""
    if len(code) > CODE_LENGTH or not re.fullmatch(CODE_PATTERN, code):
        raise BadDefinitionCode(
            f"“{code[:40]}” is not a code: use up to {CODE_LENGTH} small letters a to z and digits, single"
            " hyphens between them, like public-order.",
            field="code",
        )


def counts_on(marks: Marks, day: date) -> bool:
    """Whether the reason counts on a day; one of which nothing is said by then does not."""
    mark = begun(marks, day, lambda mark: mark[0])
    return mark is not None and mark[1]


def mark_on(marks: Marks, day: date) -> bool | None:
    """What is said from exactly this day on; None when nothing is."""
    return next((counts for starts_on, counts in marks if starts_on == day), None)


def with_mark(marks: Marks, day: date, counts: bool | None) -> tuple[tuple[date, bool], ...]:
    """The marks with another one from `day` on; with None, without any of that day."""
    kept = [mark for mark in marks if mark[0] != day]
    if counts is not None:
        kept.insert(bisect_left(kept, day, key=lambda mark: mark[0]), (day, counts))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class MarkChange:
    """What a definition says of a reason (its code) from a day on, before and after a change.

    None: nothing of its own, so that what it said before goes on.
    """

    reason: str
    starts_on: date
    counted: bool | None
    counts: bool | None

    @property
    def undone(self) -> "MarkChange":
        """The change that takes this one back."""
        return MarkChange(self.reason, self.starts_on, self.counts, self.counted)


def planned_change(reason: str, marks: Marks, starts_on: date, counts: bool) -> MarkChange | None:
    """The change that makes the reason count, or not, from a day on; None when that is so already.

    Where the days before say the same, the mark of the day is taken away and none is added.
    """
    if counts_on(marks, starts_on) is counts:
        return None
    without = with_mark(marks, starts_on, None)
    is_said_before = bool(without) and without[0][0] < starts_on
    is_needed = not is_said_before or counts_on(without, starts_on) is not counts
    return MarkChange(reason, starts_on, mark_on(marks, starts_on), counts if is_needed else None)


@dataclass(frozen=True, slots=True)
class Moved:
    """Days from `first` to `last`, both included (None: without end), on which a reason comes to count, or
    ceases to.
    """

    reason: str
    first: date
    last: date | None
    counts: bool


def moved(change: MarkChange, marks: Marks) -> list[Moved]:
    """The days that a change to these marks moves: from its own day to the next mark, if any."""
    after = with_mark(marks, change.starts_on, change.counts)
    now, then = counts_on(marks, change.starts_on), counts_on(after, change.starts_on)
    if now is then:
        return []
    following = [starts_on for starts_on, _ in after if starts_on > change.starts_on]
    last = min(following) - timedelta(days=1) if following else None
    return [Moved(change.reason, change.starts_on, last, then)]


@dataclass(frozen=True, slots=True)
class MonthMoved:
    """The records of a month and group that a change makes count (or not), and their minutes."""

    month: Month
    group: RoleGroup
    counts: bool
    records: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Restatement:
    """What a change of a definition restates: the changes asked for, and the months that they move."""

    changes: tuple[MarkChange, ...]
    months: tuple[MonthMoved, ...]

    @property
    def records(self) -> int:
        """How many records move, of all months and groups."""
        return sum(each.records for each in self.months)

    @property
    def minutes(self) -> int:
        """How many minutes move, of all months and groups."""
        return sum(each.minutes for each in self.months)

    @property
    def digest(self) -> str:
        """Tells this restatement from any other: whoever saves has to have seen this one."""
        return _digest(
            [
                *((each.reason, str(each.starts_on), each.counted, each.counts) for each in self.changes),
                *(
                    (str(each.month), each.group.value, each.counts, each.records, each.minutes)
                    for each in self.months
                ),
            ]
        )


def _digest(lines: Iterable[object]) -> str:
    return hashlib.sha256(json.dumps(list(lines), separators=(",", ":")).encode()).hexdigest()
