"""Who works for the demonstration force, and where they are and were posted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from npt.demonstration.calendar import Calendar
from npt.demonstration.chance import stream
from npt.demonstration.movements import (
    ARRIVALS,
    DEPARTURES,
    EXCHANGES,
    LOANS,
    SHARES,
    STUDENTS,
    Arrival,
    Departure,
    Seat,
    Student,
)
from npt.demonstration.names import names
from npt.demonstration.places import posted_units
from npt.kit.spans import Span
from npt.people.rules import FULL_TIME, PolicingRole, PostingKind, posting_in_force, student_last_day

#: number, name, email
MemberRow = tuple[str, str, str | None]
#: number, team, role, fte, kind, from, to
PostingRow = tuple[str, str, str, Decimal, str, date, date | None]

# What a force number looks like: letters for volunteers, ranges for the rest.
_NUMBERS = {
    PolicingRole.INSPECTOR: ("", range(1001, 1090)),
    PolicingRole.SERGEANT: ("", range(1101, 1290)),
    PolicingRole.CONSTABLE: ("", range(1301, 2290)),
    PolicingRole.PCSO: ("", range(7001, 7990)),
    PolicingRole.SPECIAL: ("", range(4001, 4990)),
    PolicingRole.VOLUNTEER: ("V", range(101, 990)),
}
#: The seat of student officers, which no holder has: it says when their shifts are.
STUDENT_SEAT = 90
PAID = frozenset(_NUMBERS) - {PolicingRole.SPECIAL, PolicingRole.VOLUNTEER}


@dataclass(frozen=True)
class Posting:
    """Where a person works, from when to when, and for what share of full time."""

    unit: str
    role: PolicingRole
    fte: Decimal
    kind: PostingKind
    span: Span


@dataclass
class Person:
    """Somebody invented. `seat` is the post held today, or the one held before they left."""

    number: str
    name: str
    email: str | None
    seat: Seat
    postings: list[Posting] = field(default_factory=list)

    @property
    def role(self) -> PolicingRole:
        """What they do; nobody here changes role."""
        return self.seat.role

    def posting_on(self, day: date) -> Posting | None:
        """The posting that counts on the day; None when they are not (or no longer) with the force."""
        return next(iter(posting_in_force(self.postings, day)), None)


@dataclass(frozen=True)
class People:
    """Everybody, and who holds which seat today."""

    everybody: tuple[Person, ...]
    holders: dict[Seat, Person]

    def member_rows(self) -> Iterator[MemberRow]:
        """The file of members, by number."""
        for person in sorted(self.everybody, key=lambda each: each.number):
            yield person.number, person.name, person.email

    def posting_rows(self) -> Iterator[PostingRow]:
        """The file of postings, by number and first day."""
        for person in sorted(self.everybody, key=lambda each: each.number):
            for each in sorted(person.postings, key=lambda posting: posting.span.first):
                yield (
                    person.number,
                    each.unit,
                    each.role.value,
                    each.fte,
                    each.kind.value,
                    each.span.first,
                    each.span.last,
                )

    def supervisor_at(self, unit: str) -> Person | None:
        """The sergeant of a team, or the inspector of an area; None where the team has none.

        None of them has moved in the thirteen months.
        """
        at_unit = (person for seat, person in self.holders.items() if seat.unit == unit)
        return next((person for person in at_unit if person.role.is_supervisor), None)


def people(seed: int, calendar: Calendar) -> People:
    """Everybody of the force of a seed, whatever happened in its thirteen months included."""
    recruits = _Recruits(stream(seed, "people"))
    holders: dict[Seat, Person] = {}
    for seat, fte in _seats():
        started_on = calendar.today - timedelta(days=recruits.chance.randint(460, 3000))
        holders[seat] = recruits.take_on(seat, fte, Span(started_on))
    leavers = [leaver for arrival in ARRIVALS for leaver in _arrive(arrival, holders, calendar, recruits)]
    for exchange in EXCHANGES:
        day = calendar.today - timedelta(days=exchange.days_ago)
        _came_from(holders[exchange.one], exchange.other.unit, day)
        _came_from(holders[exchange.other], exchange.one.unit, day)
    comers = [comer for each in DEPARTURES for comer in _depart(each, holders, calendar, recruits)]
    for loan in LOANS:
        first = calendar.today - timedelta(days=loan.days_ago)
        span = Span(first, first + timedelta(days=loan.days - 1))
        person = holders[loan.seat]
        person.postings.append(Posting(loan.to, person.role, person.postings[0].fte, loan.kind, span))
    students = [_learn(student, calendar, recruits) for student in STUDENTS]
    return People((*holders.values(), *leavers, *comers, *students), holders)


def _seats() -> Iterator[tuple[Seat, Decimal]]:
    """Every post that somebody holds today, with the share of full time."""
    for unit in posted_units():
        for role, posts in unit.posts.items():
            shares = SHARES.get((unit.code, role), ())
            full = posts.in_post - int(sum(shares))
            for number, fte in enumerate((*[FULL_TIME] * full, *shares)):
                yield Seat(unit.code, role, number), fte


class _Recruits:
    """New people: a name that nobody has and a number that nobody has."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self._names = names(chance)
        self._numbers = {
            role: iter([f"{prefix}{number}" for number in chance.sample(known, len(known))])
            for role, (prefix, known) in _NUMBERS.items()
        }

    def take_on(self, seat: Seat, fte: Decimal, span: Span) -> Person:
        number = next(self._numbers[seat.role])
        email = f"{number}@demo.example" if seat.role in PAID else None
        posting = Posting(seat.unit, seat.role, fte, PostingKind.SUBSTANTIVE, span)
        return Person(number, next(self._names), email, seat, [posting])


def _arrive(
    arrival: Arrival, holders: dict[Seat, Person], calendar: Calendar, recruits: _Recruits
) -> Iterator[Person]:
    """Let the holder begin on the day of arrival, and bring back whoever left before, if anybody."""
    day = calendar.today - timedelta(days=arrival.days_ago)
    holder = holders[arrival.seat]
    posting = holder.postings[0]
    holder.postings = [Posting(posting.unit, posting.role, posting.fte, posting.kind, Span(day))]
    if arrival.gap is not None:
        last = day - timedelta(days=arrival.gap + 1)
        yield recruits.take_on(arrival.seat, posting.fte, Span(posting.span.first, last))


def _depart(
    departure: Departure, holders: dict[Seat, Person], calendar: Calendar, recruits: _Recruits
) -> Iterator[Person]:
    """End the holder's posting on the day, and bring whoever comes the day after, if anybody."""
    holder = holders[departure.seat]
    last = calendar.today + timedelta(days=departure.in_days)
    *before, posting = holder.postings
    span = Span(posting.span.first, last)
    holder.postings = [*before, Posting(posting.unit, posting.role, posting.fte, posting.kind, span)]
    if departure.has_successor:
        yield recruits.take_on(departure.seat, posting.fte, Span(last + timedelta(days=1)))


def _learn(student: Student, calendar: Calendar, recruits: _Recruits) -> Person:
    """A student officer for their three months, beside everybody who holds a seat of the team."""
    first = calendar.today - timedelta(days=student.days_ago)
    seat = Seat(student.unit, PolicingRole.CONSTABLE, STUDENT_SEAT)
    learner = recruits.take_on(seat, FULL_TIME, Span(first, student_last_day(first)))
    learner.postings = [
        Posting(each.unit, each.role, each.fte, PostingKind.STUDENT, each.span) for each in learner.postings
    ]
    return learner


def _came_from(person: Person, unit: str, day: date) -> None:
    """Say that the person was at another team until the day before."""
    now = person.postings[0]
    before = Posting(unit, now.role, now.fte, now.kind, Span(now.span.first, day - timedelta(days=1)))
    person.postings = [before, Posting(now.unit, now.role, now.fte, now.kind, Span(day))]
