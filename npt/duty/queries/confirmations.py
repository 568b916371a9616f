"""A week of confirmations: which unit's day somebody has confirmed, which nobody has, which had no duty."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.shifts.models import Confirmation, Shift

DAYS = 7


@dataclass(frozen=True, slots=True)
class UnitDay:
    """A unit on one day: its shifts, and who has confirmed it, if anybody."""

    on_date: date
    shifts: int
    #: the name of the supervisor; None while nobody has confirmed the day
    confirmed_by: str | None
    #: how many of its shifts were changed since it was confirmed
    changes_since: int
    #: the day has come: before that there is nothing to confirm
    is_due: bool

    @property
    def coverage(self) -> Share:
        """Confirmed shifts out of all: not known on a day without any, or still to come."""
        if not self.is_due:
            return Share(0, 0)
        return Share(self.shifts if self.confirmed_by is not None else 0, self.shifts)


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """One unit's seven days."""

    code: str
    name: str
    path: str
    days: tuple[UnitDay, ...]

    @property
    def coverage(self) -> Share:
        """Shifts of confirmed days out of all shifts of the week."""
        return Share.total(day.coverage for day in self.days)

    @property
    def changed_days(self) -> int:
        """How many days were changed since they were confirmed."""
        return sum(day.changes_since > 0 for day in self.days)


@dataclass(frozen=True, slots=True)
class ConfirmationWeek:
    """The week of every unit that had duty in it, in the order of the structure."""

    first: date
    units: tuple[UnitWeek, ...]

    @property
    def dates(self) -> tuple[date, ...]:
        """The seven days."""
        return tuple(self.first + timedelta(days=number) for number in range(DAYS))

    @property
    def coverage(self) -> Share:
        """Shifts of confirmed days out of all shifts."""
        return Share.total(unit.coverage for unit in self.units)

    @property
    def changed_days(self) -> int:
        """How many days of units were changed since they were confirmed."""
        return sum(unit.changed_days for unit in self.units)

    def coverage_on(self, number: int) -> Share:
        """The coverage of the day of that number, from 0."""
        return Share.total(unit.days[number].coverage for unit in self.units)


def confirmation_week(session: Session, path: str, first: date, *, today: date) -> ConfirmationWeek:
    """The seven days from `first` of every unit at `path` and under it that has a shift in them.

    Days after `today` count in no coverage. Two statements whatever the size.
    """
    last = first + timedelta(days=DAYS - 1)
    rostered = session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.path, Shift.on_date, func.count().label("shifts"))
        .join(Shift, Shift.unit_id == Unit.id)
        .where(within(path), Shift.on_date.between(first, last))
        .group_by(Unit.id, Unit.code, Unit.name, Unit.path, Shift.on_date)
        .order_by(Unit.path, Shift.on_date)
    ).all()
    confirmed = {
        (row.unit_id, row.on_date): (row.name, row.changes_since)
        for row in session.execute(
            select(
                Confirmation.unit_id,
                Confirmation.on_date,
                func.coalesce(Account.name, Member.name).label("name"),
                Confirmation.changes_since,
            )
            .join(Unit, Unit.id == Confirmation.unit_id)
            .outerjoin(Account, Account.id == Confirmation.account_id)
            .outerjoin(Member, Member.id == Confirmation.member_id)
            .where(within(path), Confirmation.on_date.between(first, last))
        )
    }
    units: dict[int, tuple[str, str, str]] = {row.id: (row.code, row.name, row.path) for row in rostered}
    shifts = {(row.id, row.on_date): int(row.shifts) for row in rostered}
    dates = [first + timedelta(days=number) for number in range(DAYS)]
    return ConfirmationWeek(
        first,
        tuple(
            UnitWeek(
                code,
                name,
                unit_path,
                tuple(
                    UnitDay(
                        day,
                        shifts.get((unit_id, day), 0),
                        *confirmed.get((unit_id, day), (None, 0)),
                        is_due=day <= today,
                    )
                    for day in dates
                ),
            )
            for unit_id, (code, name, unit_path) in units.items()
        ),
    )
