"""Definitions with all their dates, and the rate that one makes of sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.models import Definition, DefinitionReason
from npt.counting.rules import DEFAULT_DEFINITION, Rate, Tally, counts_on, rate_of
from npt.counting.rules import Definition as DefinitionThen
from npt.kit.months import Month
from npt.kit.spans import lasts
from npt.shifts.models import Reason


class DatedTally(Protocol):
    """Sums over days during which no definition changes."""

    @property
    def first(self) -> date:
        """The first of those days."""

    @property
    def tally(self) -> Tally:
        """The sums, in minutes and counts."""


@dataclass(frozen=True, slots=True)
class DatedDefinition:
    """A definition with all its dates: from each day of `marks`, whether the reason counts."""

    code: str
    name: str
    explanation: str
    puts_absence_back: bool
    marks: Mapping[str, tuple[tuple[date, bool], ...]] = field(hash=False)
    #: the last day whose month may be counted by it
    closed_on: date | None = None
    #: when what counts was last changed, or the definition made; None while it is as installed
    changed_at: datetime | None = None
    #: a reason of abstraction that is added counts without being asked about
    counts_new_reasons: bool = False

    def covers(self, month: Month) -> bool:
        """Whether the month may be counted by it: it was open on the first of the month."""
        return lasts(self.closed_on, month.first)

    @property
    def changes(self) -> tuple[date, ...]:
        """The days from which something counts otherwise than before, in order."""
        return tuple(sorted({starts_on for dated in self.marks.values() for starts_on, _ in dated}))

    def on(self, day: date) -> DefinitionThen:
        """The definition as it stands on `day`; a reason of which nothing is said by then does not count."""
        counting = frozenset(code for code, dated in self.marks.items() if counts_on(dated, day))
        return DefinitionThen(self.code, self.name, self.explanation, self.puts_absence_back, counting)

    def stands(self, first: date, last: date) -> list[tuple[date, frozenset[str]]]:
        """The days from `first` to `last` from which something else counts, `first` itself before them all.

        With each day the codes of the reasons that count from then on.
        """
        days = [first, *(day for day in self.changes if first < day <= last)]
        return [(day, self.on(day).counting_reasons) for day in days]

    def rate(self, sums: Iterable[DatedTally]) -> Rate:
        """The rate of all these sums together, each counted as the definition stood in its days.

        Not known without any sums, or when they hold no duty.
        """
        total = Rate(self.on(date.max), 0, 0)
        on_day: dict[date, DefinitionThen] = {}
        for part in sums:
            if part.first not in on_day:
                on_day[part.first] = self.on(part.first)
            total = total + rate_of(part.tally, on_day[part.first])
        return total


def definitions(session: Session) -> tuple[DatedDefinition, ...]:
    """Every definition with its dates, in the order in which they were added. One statement."""
    found = []
    for facts, rows in groupby(session.execute(_DEFINITIONS), key=lambda row: row[:-3]):
        _id, code, name, explanation, puts_absence_back, closed_on, changed_at, counts_new_reasons = facts
        marks: dict[str, list[tuple[date, bool]]] = {}
        for *_, reason, starts_on, counts in rows:
            if reason is not None:
                marks.setdefault(reason, []).append((starts_on, counts))
        found.append(
            DatedDefinition(
                code=code,
                name=name,
                explanation=explanation,
                puts_absence_back=puts_absence_back,
                marks={reason: tuple(dated) for reason, dated in sorted(marks.items())},
                closed_on=closed_on,
                changed_at=changed_at,
                counts_new_reasons=counts_new_reasons,
            )
        )
    return tuple(found)


_DEFINITIONS = (
    select(
        Definition.id,
        Definition.code,
        Definition.name,
        Definition.explanation,
        Definition.puts_absence_back,
        Definition.closed_on,
        Definition.changed_at,
        Definition.counts_new_reasons,
        Reason.code,
        DefinitionReason.starts_on,
        DefinitionReason.counts,
    )
    .outerjoin(DefinitionReason, DefinitionReason.definition_id == Definition.id)
    .outerjoin(Reason, Reason.id == DefinitionReason.reason_id)
    .order_by(Definition.id, DefinitionReason.starts_on)
)


def definition_coded(session: Session, code: str) -> DatedDefinition | None:
    """The definition of this code with its dates; None when there is none. One statement."""
    return next((definition for definition in definitions(session) if definition.code == code), None)


def default_definition(session: Session) -> DatedDefinition:
    """The definition under which targets are judged unless another is asked for. One statement."""
    definition = definition_coded(session, DEFAULT_DEFINITION)
    if definition is None:
        raise LookupError(f"the definition {DEFAULT_DEFINITION}, which every installation has, is missing")
    return definition
