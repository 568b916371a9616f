"""What is asked of the measures, and what a file of measures answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from posixpath import commonpath
from typing import Protocol

from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition
from npt.kit.months import EARLIEST_YEAR, Month
from npt.measures.rules import At, Behind, Figure, Measure, RecordSeen
from npt.organisation.models import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures are asked for, of which months, and how abstraction is counted."""

    units: Sequence[Unit]
    first: Month
    last: Month
    definition: DatedDefinition
    #: the day that is today for the person who asks
    today: date

    @property
    def path(self) -> str:
        """The path of the lowest unit that all of the units are, or lie under. ValueError when there is none.

        One of two forces lies under nothing that the other does.
        """
        shared = commonpath([unit.path for unit in self.units]) if self.units else ""
        if not shared:
            raise ValueError("figures are asked for of units of one force, and of at least one")
        return f"{shared}/"

    def over(self, path: str) -> set[str]:
        """The paths of those of the units that the unit at `path` is, or lies under."""
        return {unit.path for unit in self.units if path.startswith(unit.path)}

    @property
    def months(self) -> list[Month]:
        """The months asked for that have begun: of one to come nothing is known.

        Nor of the first year of the product's calendar: what a figure looks back to would lie before it.
        """
        found = self.first.until(self.last)
        return [month for month in found if month.year > EARLIEST_YEAR and month.first <= self.today]

    @property
    def months_seen(self) -> list[Month]:
        """Of those, the months of which something that depends on the day is known: this one, and the last.

        The last is under review until this one is over; what was not kept of earlier ones is not known.
        """
        return [month for month in self.months if month >= Month.of(self.today).previous]

    def day_of(self, month: Month) -> date:
        """The day that a figure of the month as at a day is of: its last, or today while it lasts."""
        return min(month.last, self.today)


class Kind(Protocol):
    """A module of `npt.measures.queries.kinds`: one or a few measures that are read together."""

    @property
    def MEASURES(self) -> tuple[Measure, ...]:  # noqa: N802  # a module has it as a constant
        """Its measures, in the order in which a review shows them."""

    def figures(self, session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
        """By the code of the measure, the figures by unit and month; what is left out is not known.

        The number of statements does not depend on how many units, months or records there are.
        """

    def records(
        self, session: Session, code: str, unit: Unit, month: Month, asked: Asked
    ) -> Iterator[RecordSeen]:
        """What the figure of a unit and month rests on, by kind and number, each once and in that order."""

    def behind(self, code: str, unit: Unit, month: Month, asked: Asked) -> Behind:
        """The page that opens those records."""
