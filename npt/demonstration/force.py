"""The demonstration force as the files that `npt import` takes in, in the order in which it takes them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from npt.demonstration.absence import Away, absences
from npt.demonstration.abstraction import abstractions
from npt.demonstration.calendar import Calendar
from npt.demonstration.communities import community_rows
from npt.demonstration.confirmations import confirmation_rows
from npt.demonstration.contacts import contact_rows
from npt.demonstration.ground import boundary_rows
from npt.demonstration.movements import Seat
from npt.demonstration.people import People, Person, people
from npt.demonstration.places import SHOWN_TEAM, area_code
from npt.demonstration.population import population_rows
from npt.demonstration.rosters import Shift, shifts
from npt.demonstration.specialists import management_rows, specialist_rows
from npt.demonstration.streets import postcode_rows, street_rows
from npt.demonstration.training import training_rows
from npt.demonstration.units import establishment_rows, unit_rows
from npt.demonstration.volunteer_hours import hours_rows
from npt.people.rules import PolicingRole

#: The kinds of file, each after those whose records it names.
KINDS = (
    "units",
    "boundaries",
    "postcodes",
    "streets",
    "population",
    "communities",
    "members",
    "postings",
    "specialists",
    "line-management",
    "establishment",
    "contacts",
    "duty",
    "away",
    "confirmations",
    "training",
    "hours",
)
DEFAULT_SEED = 2008

#: The posts of the people whose accounts are shown.
SHOWN = {
    PolicingRole.INSPECTOR: Seat(area_code(SHOWN_TEAM), PolicingRole.INSPECTOR, 0),
    PolicingRole.SERGEANT: Seat(SHOWN_TEAM, PolicingRole.SERGEANT, 0),
    PolicingRole.CONSTABLE: Seat(SHOWN_TEAM, PolicingRole.CONSTABLE, 0),
    PolicingRole.PCSO: Seat(SHOWN_TEAM, PolicingRole.PCSO, 0),
}


@dataclass(frozen=True)
class Force:
    """The force of a seed, believed to be as it is on `today`."""

    seed: int
    today: date

    def rows(self, kind: str) -> Iterable[Sequence[object]]:
        """The rows of one of `KINDS`, in the order of its columns. KeyError for any other."""
        of_kind: dict[str, Callable[[], Iterable[Sequence[object]]]] = {
            "units": lambda: unit_rows(self.calendar),
            "boundaries": boundary_rows,
            "postcodes": lambda: postcode_rows(self.calendar),
            "streets": street_rows,
            "population": lambda: population_rows(self.seed, self.calendar),
            "communities": lambda: community_rows(self.calendar),
            "members": self.people.member_rows,
            "postings": self.people.posting_rows,
            "specialists": lambda: specialist_rows(self.people, self.calendar),
            "line-management": lambda: management_rows(self.people, self.calendar),
            "establishment": lambda: establishment_rows(self.seed, self.calendar),
            "duty": self._duty_rows,
            "away": self._away_rows,
            "confirmations": lambda: confirmation_rows(self.seed, self.people, self.shifts, self.calendar),
            "contacts": lambda: contact_rows(self.people, self.calendar),
            "hours": lambda: hours_rows(self.seed, self.shifts, self.calendar),
            "training": lambda: training_rows(self.seed, self.people, self.calendar),
        }
        return of_kind[kind]()

    def shown(self, role: PolicingRole) -> Person:
        """Who of the role has a demonstration account. KeyError where nobody has."""
        return self.people.holders[SHOWN[role]]

    @cached_property
    def calendar(self) -> Calendar:
        """Its days."""
        return Calendar(self.today)

    @cached_property
    def people(self) -> People:
        """Everybody, those who have left included."""
        return people(self.seed, self.calendar)

    @cached_property
    def shifts(self) -> list[Shift]:
        """Everybody's shifts, by number and start."""
        return shifts(self.seed, self.people, self.calendar)

    @cached_property
    def away(self) -> list[Away]:
        """Everybody's absence and abstraction, by number and start."""
        absent = absences(self.seed, self.shifts, map(self.shown, SHOWN), self.calendar)
        abstracted = abstractions(self.seed, self.shifts, absent, self.calendar)
        return sorted(
            (*absent, *abstracted), key=lambda each: (each.shift.person.number, each.interval.starts)
        )

    def _duty_rows(self) -> Iterator[tuple[str, datetime, datetime, None]]:
        # No team is named: the posting says it, as on a real roster.
        for shift in self.shifts:
            yield shift.person.number, shift.interval.starts, shift.interval.ends, None

    def _away_rows(self) -> Iterator[tuple[str, datetime, datetime, str, str | None]]:
        for each in self.away:
            time = each.interval
            yield each.shift.person.number, time.starts, time.ends, each.reason, each.note
