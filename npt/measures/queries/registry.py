"""All measures, in the order in which a review shows them. A new one is a file, and its name here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.measures.rules import Figure, Measure, RecordSeen
from npt.measures.rules.measures import At, Behind
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


class Kind(Protocol):
    """A module of `npt.measures.queries.kinds`: one or a few measures that are read together."""

    MEASURES: tuple[Measure, ...]

    @staticmethod
    def figures(session: Session, asked: Asked) -> Mapping[str, Mapping[At, Figure]]:
        """By the code of the measure, the figure of every unit and month asked for, known or not.

        The number of statements does not depend on how many units, months or records there are.
        """

    @staticmethod
    def records(session: Session, code: str, unit: Unit, month: Month, asked: Asked) -> Iterator[RecordSeen]:
        """What the figure of a unit and month rests on, by kind and number."""

    @staticmethod
    def behind(code: str, unit: Unit, month: Month) -> Behind:
        """The page that opens those records."""
