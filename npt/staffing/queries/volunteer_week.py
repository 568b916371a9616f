"""A week of one kind of work that special constables and volunteers give, as it is entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.paging import Page
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member, Posting
from npt.people.queries import posting_book
from npt.people.rules import PolicingRole, posting_in_force
from npt.staffing.models import GivenTime
from npt.staffing.queries.volunteer_hours import times_of
from npt.staffing.rules import GIVING_ROLES, GivenWork, TimeSlot

DAYS = 7


@dataclass(frozen=True, slots=True)
class GivenCell:
    """What is recorded of the work on a member's day."""

    #: None where nothing is recorded
    minutes: int | None
    #: how often the record was saved; 0 where there is none
    version: int
    #: minutes of other work that day
    otherwise: int


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A member's week."""

    member_id: int
    number: str
    name: str
    role: PolicingRole
    unit: str
    #: only days that have come and on which they count here as somebody who gives time
    cells: Mapping[date, GivenCell]

    @property
    def minutes(self) -> int:
        """Minutes of the week."""
        return sum(cell.minutes or 0 for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class GivenWeek:
    """The week of a unit, or of a page of its people."""

    first: date
    work: GivenWork
    rows: tuple[GivenRow, ...]
    #: how many people there are on all pages
    people: int

    @property
    def dates(self) -> tuple[date, ...]:
        """The seven days."""
        return tuple(self.first + timedelta(days=number) for number in range(DAYS))

    @property
    def minutes(self) -> int:
        """Minutes of everybody on the page."""
        return sum(row.minutes for row in self.rows)

    @property
    def cells(self) -> dict[TimeSlot, GivenCell]:
        """Every day of everybody on which time can be recorded."""
        return {TimeSlot(row.member_id, day): cell for row in self.rows for day, cell in row.cells.items()}


_FIRST_PAGE = Page(1, 25)


def given_week(
    session: Session,
    path: str,
    first: date,
    work: GivenWork,
    *,
    today: date,
    page: Page = _FIRST_PAGE,
) -> GivenWeek:
    """The seven days from `first` of whoever gives time at the unit at `path` or under it, by unit and name.

    Three statements.
    """
    last = first + timedelta(days=DAYS - 1)
    asked = (
        select(Member.id, Member.number, Member.name, Posting.role, Unit.name)
        .join(Posting, Posting.member_id == Member.id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(within(path), Posting.role.in_(GIVING_ROLES), Posting.holding(first, last))
        .order_by(Unit.path, Posting.role, Member.name, Member.number)
    )
    people = {row[0]: row for row in reversed(session.execute(asked).all())}  # of several postings the first
    shown = page.of(list(reversed(people.values())))
    keys = [row[0] for row in shown]
    book = posting_book(session, keys, first, last)
    recorded: dict[TimeSlot, dict[GivenWork, GivenTime]] = {}
    for time in times_of(session, keys, first, last):
        recorded.setdefault(TimeSlot(time.member_id, time.on_date), {})[time.work] = time

    def counts(member_id: int, day: date) -> bool:
        return any(
            posting.role in GIVING_ROLES and posting.unit_path.startswith(path)
            for posting in posting_in_force(book.held.get(member_id, ()), day)
        )

    days = [first + timedelta(days=number) for number in range(DAYS)]
    rows = tuple(
        GivenRow(
            *row,
            cells={
                day: _cell(recorded.get(TimeSlot(row[0], day), {}), work)
                for day in days
                if day <= today and counts(row[0], day)
            },
        )
        for row in shown
    )
    return GivenWeek(first, work, rows, len(people))


def _cell(times: Mapping[GivenWork, GivenTime], work: GivenWork) -> GivenCell:
    otherwise = sum(time.minutes for kind, time in times.items() if kind is not work)
    time = times.get(work)
    return GivenCell(None, 0, otherwise) if time is None else GivenCell(time.minutes, time.version, otherwise)
