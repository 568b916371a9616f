"""Confirming that a day is complete: "nothing to record" is a confirmation too."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from npt.kit.clock import clock_in_words, day_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.reporting.queries import running_on, waiting_reports
from npt.shifts.actions.shift_attribution import check_has_duty
from npt.shifts.models import Confirmation


class DayNotYet(Refusal):
    """A day was to be confirmed before it has come."""


class ReportsWaiting(Refusal):
    """A day was to be confirmed while a member's report of it is waiting for approval."""


class StillRunning(Refusal):
    """A day was to be confirmed while an abstraction goes on of which nobody knows the end."""


def confirm_day(session: Session, *, stamp: Stamp, today: date, unit: Unit, day: date) -> bool:
    """Confirm the day of `unit` itself, and send it to the database. False when it was confirmed already.

    A day that was changed since is confirmed again, by whoever does so now.

    What is recorded is then all there was, so everything reported has to be answered first, and what is
    running ended: by hand, or with its shift. `by` is the account of the supervisor. DayNotYet, NotATeam,
    TeamClosed, ReportsWaiting, StillRunning.
    """
    if day > today:
        raise DayNotYet(f"{day_in_words(day)} is still to come: confirm it once it has started.", field="day")
    check_has_duty(unit, day, "day")
    earlier = _confirmation(session, unit, day)
    if earlier is not None and not earlier.changes_since:
        return False
    check_nothing_is_open(session, unit, day, stamp.now)
    if earlier is not None:
        earlier.account_id, earlier.member_id = stamp.account_id, None
        earlier.confirmed_at, earlier.changes_since = stamp.now, 0
        session.flush()
        return True
    try:
        with session.begin_nested():
            session.add(
                Confirmation(
                    unit_id=unit.id, on_date=day, account_id=stamp.account_id, confirmed_at=stamp.now
                )
            )
    except IntegrityError:
        # Two supervisors at the same moment: the day is confirmed, which is what both wanted.
        if _confirmation(session, unit, day) is None:
            raise
        return False
    return True


def check_nothing_is_open(session: Session, unit: Unit, day: date, now: datetime) -> None:
    """Refuse (ReportsWaiting, StillRunning) a day of which something is not known yet."""
    waiting = [
        report
        for report in waiting_reports(session, unit.path)
        if (report.unit_id, report.on_date) == (unit.id, day)
    ]
    if waiting:
        names = ", ".join(f"{each.name} ({each.reason_name})" for each in waiting[:3])
        names += f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        reports = "1 report is waiting" if len(waiting) == 1 else f"{len(waiting)} reports are waiting"
        raise ReportsWaiting(
            f"{day_in_words(day)} is not confirmed: {reports} for approval, from {names}."
            " Accept or refuse each on the day page, then confirm it.",
            field="day",
        )
    running = running_on(session, unit.id, day, now)
    if running:
        first = running[0]
        raise StillRunning(
            f"{day_in_words(day)} is not confirmed: {first.name} is away ({first.reason_name}, since"
            f" {clock_in_words(first.interval.starts)}) with no end recorded. Record when they are back, "
            f"or confirm the day after {clock_in_words(first.shift.ends)}, when it ends with the shift.",
            field="day",
        )


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
        select(Confirmation)
        .where(Confirmation.unit_id == unit.id, Confirmation.on_date == day)
        .execution_options(populate_existing=True)
    )
