"""Who is to be reminded today, and of what."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.access.rules import SUPERVISING, Permission, Scope, reach
from npt.accounts.models import Account
from npt.duty.queries import unconfirmed_days
from npt.organisation.models import Unit
from npt.organisation.rules import Level, Lineage, subtree_bounds
from npt.outbox.rules import DailyPart
from npt.people.models import Grant
from npt.reminders.rules import Addresses, Digest, OpenDay, daily_part, days_asked_about


def daily_parts(session: Session, *, today: date, addresses: Addresses) -> list[DailyPart]:
    """What the daily letters of today say of days to confirm."""
    return [daily_part(digest, addresses) for digest in digests(session, today=today)]


def digests(session: Session, *, today: date) -> list[Digest]:
    """What each supervisor is to be written today, in the order of their addresses.

    A supervisor without open days has none, nor has an account that is closed or wants no reminders. Two
    statements, and one more for each force, whatever the size.
    """
    days = _open_days(session, today)
    paths = [day.path for day in days]
    found: list[Digest] = []
    asked = (
        select(Account.id, Grant.role, Unit.path)
        .join(Grant, Grant.account_id == Account.id)
        .join(Unit, Unit.id == Grant.unit_id)
        .where(
            Account.closed_at.is_(None),
            Account.wants_reminders,
            Grant.role.in_(sorted(SUPERVISING, key=lambda role: role.value)),
        )
        .order_by(Account.email, Unit.path)
    )
    for account_id, rows in groupby(session.execute(asked), key=lambda row: row.id):
        held = reach([Scope(row.role, row.path) for row in rows], Permission.CONFIRM_DUTY)
        own = [day for path in held for day in _under(path, paths, days)]
        if own:
            places = tuple(Lineage.parse(path).code for path in held)
            found.append(Digest(account_id, held[0], places, tuple(own)))
    return found


def _open_days(session: Session, today: date) -> list[OpenDay]:
    """Every open day of every force, by unit, oldest first."""
    asked = days_asked_about(today)
    forces = session.scalars(select(Unit.path).where(Unit.level == Level.FORCE).order_by(Unit.path)).all()
    rows = [
        day for path in forces for day in unconfirmed_days(session, path, asked.first, asked.last or today)
    ]
    keys = {row.unit_id for row in rows}
    path_of = {key: path for key, path in session.execute(select(Unit.id, Unit.path)) if key in keys}
    days = [
        OpenDay(row.unit_code, row.unit_name, path_of[row.unit_id], row.on_date, row.shifts) for row in rows
    ]
    return sorted(days, key=lambda day: (day.path, day.on_date))


def _under(path: str, paths: Sequence[str], days: Sequence[OpenDay]) -> Sequence[OpenDay]:
    lower, upper = subtree_bounds(path)
    return days[bisect_left(paths, lower) : bisect_left(paths, upper)]
