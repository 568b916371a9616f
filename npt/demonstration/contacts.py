"""Named contacts of the demonstration force: each has a named contact (HMIC 2008)."""

from collections.abc import Iterator
from datetime import date

from npt.demonstration.calendar import Calendar
from npt.demonstration.people import People, Person
from npt.demonstration.places import Team, teams
from npt.people.rules import PolicingRole

#: unit, number, from, to, kind
ContactRow = tuple[str, str, date, date | None, str]


def contact_rows(people: People, calendar: Calendar) -> Iterator[ContactRow]:
    """The contact and the deputy of every neighbourhood, since they came or since neighbourhoods changed.

    The next of the team's PCSOs, then of its constables, is contact of each; the one after them is deputy.
    """
    for team in teams():
        present = _present(team, people, calendar.today)
        for place, neighbourhood in enumerate(team.neighbourhoods):
            for part, kind in enumerate(("contact", "deputy")):
                person = present[(place + part) % len(present)]
                yield neighbourhood.code, person.number, _since(person, team, calendar), None, kind


def _present(team: Team, people: People, today: date) -> list[Person]:
    """The PCSOs, then the constables, who work for the team today."""
    found = []
    for role in (PolicingRole.PCSO, PolicingRole.CONSTABLE):
        for seat, person in people.holders.items():
            posting = person.posting_on(today)
            if seat.role is role and posting is not None and seat.unit == posting.unit == team.code:
                found.append(person)
    return found


def _since(person: Person, team: Team, calendar: Calendar) -> date:
    """The day on which the neighbourhoods last changed, or the person's first at the team after that."""
    here = [posting.span.first for posting in person.postings if posting.unit == team.code]
    return max(calendar.reorganised_on, *here)
