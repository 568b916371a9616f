"""Who guesses passwords or tokens is slowed down: failures are counted, and too many refused."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from npt.accounts.models import SignInAttempt
from npt.accounts.queries import failures
from npt.accounts.rules import (
    FAILURES_FOR_AN_ACCOUNT,
    FAILURES_FROM_AN_ADDRESS,
    FAILURES_FROM_ONE_PLACE,
    THROTTLE_WINDOW,
    Origin,
    TooManyAttempts,
    try_again_at,
)
from npt.kit import events


def admit(session: Session, origin: Origin, now: datetime) -> None:
    """Let a try through, or raise TooManyAttempts. Two simultaneous tries take turns, so none slips past."""
    if session.get_bind().dialect.name == "postgresql":  # a write on SQLite has the database to itself
        for digest in (origin.email_digest, origin.address_digest):
            session.execute(select(func.pg_advisory_xact_lock(int(digest[:15], 16))))
    failed = failures(session, origin, now - THROTTLE_WINDOW)
    limits = [(failed.from_one_place, FAILURES_FROM_ONE_PLACE)]
    if not origin.is_known:
        limits.append((failed.for_account, FAILURES_FOR_AN_ACCOUNT))
        limits.append((failed.from_address, FAILURES_FROM_AN_ADDRESS))
    waits = [again for times, limit in limits if (again := try_again_at(times, limit, now)) is not None]
    if waits:
        _tell("throttled", origin)
        raise TooManyAttempts(max(waits), now)


def record_failure(session: Session, origin: Origin, now: datetime, event: str) -> None:
    """Let the failure count towards the throttle, and tell whoever watches of the `event`."""
    _tell(event, origin)
    session.add(SignInAttempt(email_digest=origin.email_digest, address_digest=origin.address_digest, at=now))
    session.flush()


def _tell(event: str, origin: Origin) -> None:
    """Tell whoever watches the log which events are of one account, and which of one place."""
    shown = events.SHOWN_OF_A_DIGEST
    events.note(event, account=origin.email_digest[:shown], place=origin.address_digest[:shown])
