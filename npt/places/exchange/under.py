"""Which of many points lie in the neighbourhoods of a unit, for what is taken out of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from npt.places.queries import neighbourhoods_at
from npt.places.rules import Point
from npt.store.batches import batches


class Placed(Protocol):
    """A record that has a point."""

    @property
    def point(self) -> Point:
        """Where it is."""
        ...


Record = TypeVar("Record", bound=Placed)


def those_under(
    session: Session, path: str | None, records: Iterable[Record], today: date | None
) -> Iterator[Record]:
    """The records whose points lie, today, in a neighbourhood at or under the path; all without one."""
    if path is None:
        yield from records
        return
    if today is None:
        raise ValueError("say which day it is: neighbourhoods change")
    for some in batches(records, 500):
        around = neighbourhoods_at(session, [each.point for each in some], as_at=today)
        for each, unit in zip(some, around, strict=True):
            if unit is not None and unit.path.startswith(path):
                yield each
