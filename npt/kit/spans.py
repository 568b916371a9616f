"""Spans of days with both ends included: how long a unit, a posting or an establishment holds."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included; `last` None means until further notice.

    ValueError when `last` is before `first`.
    """

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(
                f"The last day, {self.last.isoformat()}, is before the first day, {self.first.isoformat()}:"
                " give a last day on or after the first, or none."
            )

    @property
    def days(self) -> int | None:
        """How many days the span holds; None when it has no last day."""
        return None if self.last is None else (self.last - self.first).days + 1

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the span."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share at least one day."""
        return self.intersection(other) is not None

    def intersection(self, other: "Span") -> "Span | None":
        """The days that both spans hold; None when they share no day."""
        first = max(self.first, other.first)
        lasts = [last for last in (self.last, other.last) if last is not None]
        last = min(lasts) if lasts else None
        return None if last is not None and last < first else Span(first, last)
