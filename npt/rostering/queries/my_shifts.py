"""What a member asks about themselves: their shifts, their patterns, and the calendar that is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.accounts.models import Account
from npt.accounts.rules import token_digest
from npt.kit.intervals import Interval, union_minutes
from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.rostering.models import CalendarFeed, PatternAssignment
from npt.shifts.models import Pattern, Shift
from npt.shifts.queries import GridAway
from npt.shifts.queries.shifts import away_of
from npt.shifts.rules import ReasonKind


@dataclass(frozen=True, slots=True)
class OwnShift:
    """A shift of a member, wherever they work it."""

    id: int
    version: int
    on_date: date
    interval: Interval
    unit_name: str
    unit_path: str
    away: tuple[GridAway, ...]

    @property
    def is_off(self) -> bool:
        """Whether the member is absent for the whole of it."""
        absent = [away.interval for away in self.away if away.kind is ReasonKind.ABSENCE]
        return union_minutes(absent) == self.interval.minutes

    @property
    def force_code(self) -> str:
        """The code of the force in which it is worked."""
        return Lineage.parse(self.unit_path).codes[0]


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A pattern by which a member works on some days."""

    name: str
    first: date
    last: date


def own_shifts(session: Session, member_id: int, first: date, last: date) -> list[OwnShift]:
    """The member's shifts that start from `first` to `last`, in order. Two statements."""
    asked = (
        select(Shift.id, Shift.version, Shift.on_date, Shift.starts_at, Shift.ends_at, Unit.name, Unit.path)
        .join(Unit, Unit.id == Shift.unit_id)
        .where(Shift.member_id == member_id, Shift.on_date.between(first, last))
        .order_by(Shift.starts_at)
    )
    rows = session.execute(asked).all()
    away = away_of(session, [row.id for row in rows])
    return [
        OwnShift(key, version, on, Interval(starts, ends), name, path, away.get(key, ()))
        for key, version, on, starts, ends, name, path in rows
    ]


def own_patterns(session: Session, member_id: int, day: date) -> Sequence[OwnPattern]:
    """The patterns by which the member works on `day` or will, in order. One statement."""
    asked = (
        select(Pattern.name, PatternAssignment.first_on, PatternAssignment.last_on)
        .join(Pattern, Pattern.id == PatternAssignment.pattern_id)
        .where(PatternAssignment.member_id == member_id, PatternAssignment.last_on >= day)
        .order_by(PatternAssignment.first_on)
    )
    return [OwnPattern(*row) for row in session.execute(asked)]


def feed_of(session: Session, account_id: int) -> CalendarFeed | None:
    """The calendar of an account that still answers; None when it has none. One statement."""
    return session.scalar(
        select(CalendarFeed).where(CalendarFeed.account_id == account_id, CalendarFeed.revoked_at.is_(None))
    )


def account_of_feed(session: Session, token: str) -> int | None:
    """Whose calendar the token opens: the key of the account. One statement.

    None for a token that is not known or was revoked, and once the account is closed.
    """
    return session.scalar(
        select(Account.id)
        .join(CalendarFeed, CalendarFeed.account_id == Account.id)
        .where(
            CalendarFeed.token_digest == token_digest(token),
            CalendarFeed.revoked_at.is_(None),
            Account.closed_at.is_(None),
        )
    )
