"""What is asked of contacts and patrols alike: the days, and who recorded them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement

from npt.engagement.models import Contact, Patrol
from npt.people.models import Member


@dataclass(frozen=True, slots=True)
class SentAsked:
    """Of which days, and whose by force number; any unless something is said."""

    first_on: date | None = None
    last_on: date | None = None
    member: str | None = None

    def days_and_member(self, model: type[Contact] | type[Patrol]) -> Iterator[ColumnElement[bool]]:
        """The conditions on records, which are joined to their members."""
        if self.first_on is not None:
            yield model.on_date >= self.first_on
        if self.last_on is not None:
            yield model.on_date <= self.last_on
        if self.member is not None:
            yield Member.number == self.member
