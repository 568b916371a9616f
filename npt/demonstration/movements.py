"""Who came, went and changed places in the thirteen months; none of it changes today's published figures.

A seat is a post that somebody holds: a role in a team, numbered from 0, full-timers first.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from npt.people.rules import PolicingRole, PostingKind


class Seat(NamedTuple):
    """One post in a unit."""

    unit: str
    role: PolicingRole
    number: int


@dataclass(frozen=True)
class Exchange:
    """Two people of one role change teams on the same day: no figure above the teams changes."""

    one: Seat
    other: Seat
    days_ago: int


@dataclass(frozen=True)
class Arrival:
    """The seat's holder came so many days ago, `gap` days after another left it; None where it was empty."""

    seat: Seat
    days_ago: int
    gap: int | None


@dataclass(frozen=True)
class Departure:
    """The seat's holder leaves so many days from now; somebody new comes the day after, or no one yet."""

    seat: Seat
    in_days: int
    has_successor: bool


@dataclass(frozen=True)
class Student:
    """A student officer comes to a team so many days ago, or in so many when negative, for three months."""

    unit: str
    days_ago: int


@dataclass(frozen=True)
class Loan:
    """The seat's holder works for another team for a while; it may last beyond today."""

    seat: Seat
    to: str
    kind: PostingKind
    days_ago: int
    days: int


def _constable(unit: str, number: int) -> Seat:
    return Seat(unit, PolicingRole.CONSTABLE, number)


def _pcso(unit: str, number: int) -> Seat:
    return Seat(unit, PolicingRole.PCSO, number)


#: Full-time posts that two or three people share: their shares add up to whole posts.
SHARES: dict[tuple[str, PolicingRole], tuple[Decimal, ...]] = {
    ("C12", PolicingRole.CONSTABLE): (Decimal("0.50"), Decimal("0.50")),
    ("J22", PolicingRole.CONSTABLE): (Decimal("0.60"), Decimal("0.40")),
    ("C21", PolicingRole.PCSO): (Decimal("0.50"), Decimal("0.50")),
    ("C31", PolicingRole.PCSO): (Decimal("0.80"), Decimal("0.70"), Decimal("0.50")),
    ("J41", PolicingRole.PCSO): (Decimal("0.50"), Decimal("0.50")),
    ("J61", PolicingRole.PCSO): (Decimal("0.60"), Decimal("0.40")),
    ("J73", PolicingRole.PCSO): (Decimal("0.50"), Decimal("0.50")),
}

EXCHANGES = (
    Exchange(_constable("C11", 4), _constable("C22", 2), 200),
    Exchange(_constable("J61", 2), _constable("J71", 1), 131),
    Exchange(_pcso("C11", 7), _pcso("C32", 6), 286),
    Exchange(_pcso("J12", 2), _pcso("J22", 1), 75),
    Exchange(_pcso("J21", 1), _pcso("J42", 1), 250),
)

# The number of PCSOs goes up and down more than that of constables, and the gap to the establishment narrowed
# over the year (HMIC 2008): so there are more arrivals of PCSOs, some of them to posts that stood empty.
ARRIVALS = (
    Arrival(_constable("C31", 2), 320, 28),
    Arrival(_constable("J11", 3), 240, 35),
    Arrival(_constable("J44", 1), 150, 21),
    Arrival(_constable("J64", 1), 95, 14),
    Arrival(_pcso("C22", 7), 300, 42),
    Arrival(_pcso("C31", 4), 110, 35),
    Arrival(_pcso("C12", 6), 205, 30),
    Arrival(_pcso("J31", 1), 180, 49),
    Arrival(_pcso("J13", 1), 220, 30),
    Arrival(_pcso("C11", 6), 330, None),
    Arrival(_pcso("C22", 6), 270, None),
    Arrival(_pcso("C32", 5), 215, None),
    Arrival(_pcso("J12", 1), 190, None),
    Arrival(_pcso("J64", 1), 120, None),
    Arrival(_pcso("J71", 1), 60, None),
)

LOANS = (
    Loan(_constable("J42", 1), "J41", PostingKind.TEMPORARY, 118, 42),
    Loan(_constable("C22", 1), "C11", PostingKind.TEMPORARY, 70, 30),
    Loan(_pcso("C32", 4), "C12", PostingKind.ATTACHMENT, 160, 21),
    Loan(_pcso("J14", 1), "J11", PostingKind.TEMPORARY, 30, 61),
)

# All after the end of the published roster, which therefore stands as it is.
DEPARTURES = (
    Departure(_pcso("C11", 2), 44, True),
    Departure(_constable("J12", 1), 75, False),
    Departure(Seat("J3", PolicingRole.INSPECTOR, 0), 61, True),
    Departure(_pcso("C22", 3), 118, False),
    Departure(Seat("C21", PolicingRole.SERGEANT, 0), 133, False),
)

# Student officers come to the teams of Luton before they go on to response (HMIC 2008): some have left, three
# are there, one is expected. They are beside the published strength.
STUDENTS = (
    Student("C12", 170),
    Student("C22", 140),
    Student("C31", 71),
    Student("C11", 50),
    Student("C21", 22),
    Student("C32", -14),
)
