"""Work that waits on a day: what is due by then and not done, whoever is there to do it. Ours."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """When an action was set, by when it is to be done, and when it was done or dropped; None while open."""

    set_on: date
    due_on: date
    ended_on: date | None

    def waits_on(self, day: date) -> bool:
        """Whether the action was due on the day or overdue, and neither done nor dropped by its end."""
        return self.set_on <= day and self.due_on <= day and (self.ended_on is None or self.ended_on > day)
