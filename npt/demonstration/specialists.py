"""The neighbourhood specialist officers (NSOs) of the demonstration force, and the PCSOs they line-manage.

That NSOs line-manage PCSOs, with a special priority payment, is from HMIC 2008; who they are is ours.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from npt.demonstration.calendar import Calendar
from npt.demonstration.movements import Seat
from npt.demonstration.people import People, Person
from npt.demonstration.places import Area, areas
from npt.people.rules import PolicingRole

#: number, team, from, to, payment
SpecialistRow = tuple[str, str, date, date | None, str]
#: pcso, manager, from, to
ManagementRow = tuple[str, str, date, date | None]

#: Teams whose NSO was appointed lately, so many days ago: the payment is not due yet.
_APPOINTED = {"C32": 45, "J61": 30}
#: Who has come so lately that nobody has named a line manager yet, and who was forgotten.
_SETTLING_IN = timedelta(days=70)
_FORGOTTEN = Seat("C12", PolicingRole.PCSO, 6)


def specialist_rows(people: People, calendar: Calendar) -> Iterator[SpecialistRow]:
    """The NSO of every team with two constables or more, and of one team where an area has none such."""
    for area in areas():
        for team, person in _specialists(area, people).items():
            payment = "not-due" if team in _APPOINTED else "due"
            yield person.number, team, _since(person, team, calendar), None, payment


def management_rows(people: People, calendar: Calendar) -> Iterator[ManagementRow]:
    """Who line-manages the PCSOs: the NSO of their team, else the first of their area."""
    for area in areas():
        specialists = _specialists(area, people)
        for team in area.teams:
            by_team = team.code if team.code in specialists else next(iter(specialists))
            manager, since = specialists[by_team], _since(specialists[by_team], by_team, calendar)
            for person in _of_team(team.code, PolicingRole.PCSO, people):
                here = _first_day(person, team.code)
                if person.seat != _FORGOTTEN and here <= calendar.today - _SETTLING_IN:
                    yield person.number, manager.number, max(since, here), None


def _specialists(area: Area, people: People) -> Mapping[str, Person]:
    """The NSOs of an area by the codes of their teams: the first constable of each who works there."""
    constables = {team.code: _of_team(team.code, PolicingRole.CONSTABLE, people) for team in area.teams}
    found = {code: several[0] for code, several in constables.items() if len(several) > 1}
    first = next(iter(constables))
    return found or {first: constables[first][0]}


def _of_team(team: str, role: PolicingRole, people: People) -> list[Person]:
    """Who of the role has a seat of the team, in the order of the seats."""
    return [person for seat, person in people.holders.items() if seat.unit == team and seat.role is role]


def _since(person: Person, team: str, calendar: Calendar) -> date:
    """Since when an NSO is one: since neighbourhoods last changed, since they came, or since appointed."""
    days_ago = _APPOINTED.get(team)
    appointed = calendar.reorganised_on if days_ago is None else calendar.today - timedelta(days=days_ago)
    return max(appointed, _first_day(person, team))


def _first_day(person: Person, team: str) -> date:
    return next(posting.span.first for posting in person.postings if posting.unit == team)
