"""Confirming that a day is complete: "nothing to record" is a confirmation too."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.duty.actions.placing import check_has_duty
from npt.duty.models import Confirmation
from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.organisation.models import Unit


class DayNotYet(Refusal):
    """A day was to be confirmed before it has come."""


def confirm_day(session: Session, *, by: int, now: datetime, today: date, unit: Unit, day: date) -> bool:
    """Confirm the day of `unit` itself, and send it to the database. False when it was confirmed already.

    `by` is the account of the supervisor. DayNotYet, NotATeam, TeamClosed.
    """
    if day > today:
        raise DayNotYet(f"{day_in_words(day)} is still to come: confirm a day once it is there.", field="day")
    check_has_duty(unit, day, "day")
    if _confirmation(session, unit, day) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(Confirmation(unit_id=unit.id, on_date=day, account_id=by, confirmed_at=now))
    except IntegrityError:
        # Two supervisors at the same moment: the day is confirmed, which is what both wanted.
        if _confirmation(session, unit, day) is None:
            raise
        return False
    return True


def withdraw_confirmation(session: Session, *, unit: Unit, day: date) -> bool:
    """Take back the confirmation of the day. False when it was not confirmed."""
    found = _confirmation(session, unit, day)
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return True


def _confirmation(session: Session, unit: Unit, day: date) -> Confirmation | None:
    return session.scalar(
        select(Confirmation).where(Confirmation.unit_id == unit.id, Confirmation.on_date == day)
    )
