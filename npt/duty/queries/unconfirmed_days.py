"""The days that nobody has confirmed yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Date, and_, bindparam, func, select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.queries import bound_within, path_bounds
from npt.shifts.models import Confirmation, Shift

#: How far back people are told of days that nobody has confirmed. Ours.
LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnconfirmedDay:
    """A day on which a unit had shifts and which no supervisor has confirmed."""

    unit_id: int
    unit_code: str
    unit_name: str
    on_date: date
    shifts: int


def unconfirmed_days(
    session: Session, path: str, first: date, last: date, *, limit: int | None = None
) -> list[UnconfirmedDay]:
    """The days from `first` to `last` with shifts and no confirmation, at `path` and under it.

    The oldest first, then by unit; the first `limit` of them, or all.
    """
    asked = _UNCONFIRMED if limit is None else _UNCONFIRMED.limit(limit)
    days = {"first": first, "last": last}
    return [UnconfirmedDay(*row) for row in session.execute(asked, path_bounds(path) | days)]


def lately_unconfirmed(session: Session, path: str, today: date) -> list[UnconfirmedDay]:
    """The same of the last two weeks, up to yesterday."""
    return unconfirmed_days(session, path, today - LATELY, today - timedelta(days=1))


_UNCONFIRMED = (
    select(Unit.id, Unit.code, Unit.name, Shift.on_date, func.count())
    .join(Shift, Shift.unit_id == Unit.id)
    .outerjoin(
        Confirmation, and_(Confirmation.unit_id == Shift.unit_id, Confirmation.on_date == Shift.on_date)
    )
    .where(
        bound_within(),
        Shift.on_date.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        Confirmation.id.is_(None),
    )
    .group_by(Unit.id, Unit.path, Unit.code, Unit.name, Shift.on_date)
    .order_by(Shift.on_date, Unit.path)
)
