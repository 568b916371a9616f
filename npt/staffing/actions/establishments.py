"""What is done to an establishment: set it from a day on, correct it, end it. Every change says who and why.

The unit's row is locked before its records are read, so that two people who save at once cannot both pass the
check for overlaps.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.spans import Span, check_free, checked_span
from npt.kit.stamps import Stamp
from npt.organisation.actions import lock_units
from npt.organisation.models import Unit
from npt.organisation.rules import Level, OutsideUnit, check_within
from npt.people.rules import PolicingRole
from npt.staffing.models import Establishment, EstablishmentChange
from npt.staffing.queries import establishments_of
from npt.store.constraints import name_violation, refusing
from npt.store.dated import take_over
from npt.store.versions import check_version

#: More posts than any force has: what is over it is a slip of the keyboard.
MOST_POSTS = Decimal(100_000)
#: characters of the reason for a change
REASON_LENGTH = 300


class NoEstablishmentHere(Refusal):
    """An establishment was given to a neighbourhood, to which nobody is posted."""


class PostsOutOfRange(Refusal):
    """A number of posts that is negative, absurdly large, or finer than hundredths."""


class UnitNotOpen(OutsideUnit):
    """An establishment would hold on a day on which its unit does not stand."""


class EstablishmentOverlaps(Refusal):
    """A unit would have two establishments of one role on the same day."""


class ReasonMissing(Refusal):
    """An establishment was to change without a reason, or with one too long to keep."""


def _starts_already() -> Refusal:
    return EstablishmentOverlaps(
        "The unit already has an establishment of this role that starts on that day:"
        " open the page again and correct the one that is there.",
        field="starts_on",
    )


name_violation("uq_establishment_unit_id_role_starts_on", _starts_already)


def set_establishment(
    session: Session,
    *,
    unit: Unit,
    role: PolicingRole,
    posts: Decimal,
    starts_on: date,
    ends_on: date | None = None,
    ends_previous: bool = False,
    stamp: Stamp,
    reason: str,
) -> Establishment:
    """Record that `unit` is funded for `posts` FTE of `role` from `starts_on` to `ends_on`, both included.

    `by` is the account that sets it (None: the command line), `reason` why. `ends_previous`: an earlier
    establishment that still holds on `starts_on` ends the day before; otherwise the overlap is refused.
    Refusals: ReasonMissing, NoEstablishmentHere, PostsOutOfRange, DayOutOfRange, EndsBeforeItStarts,
    UnitNotOpen, EstablishmentOverlaps.
    """
    cause = _Cause(stamp.by, stamp.now, _checked_reason(reason))
    records = _locked_records(session, unit, role)
    span = _checked(unit, posts, starts_on, ends_on)
    if ends_previous:
        for record, had in take_over(records, starts_on):
            session.add(_change(record, _Values(record.posts, had.last), cause))
    _check_free(unit.code, role, records, span)
    establishment = Establishment(unit=unit, role=role, posts=posts, starts_on=starts_on, ends_on=ends_on)
    with refusing(session):
        session.add_all([establishment, _change(establishment, None, cause)])
    return establishment


def change_establishment(
    session: Session,
    establishment: Establishment,
    *,
    posts: Decimal,
    ends_on: date | None,
    expected_version: int | None = None,
    stamp: Stamp,
    reason: str,
) -> Establishment:
    """Correct the number of posts, or the last day, of a record whose unit is loaded.

    `expected_version`: the version that the person saw; StaleRecord when it is another by now. Refusals as in
    `set_establishment`. The first day stays: it is what the record is known by. What changes nothing leaves
    no trace.
    """
    check_version(establishment, expected_version)
    cause = _Cause(stamp.by, stamp.now, _checked_reason(reason))
    records = _locked_records(session, establishment.unit, establishment.role)
    span = _checked(establishment.unit, posts, establishment.starts_on, ends_on)
    others = [record for record in records if record.id != establishment.id]
    _check_free(establishment.unit.code, establishment.role, others, span)
    before = _Values(establishment.posts, establishment.ends_on)
    if before == _Values(posts, ends_on):
        return establishment
    establishment.posts, establishment.ends_on = posts, ends_on
    with refusing(session):
        session.add(_change(establishment, before, cause))
    return establishment


def end_establishment(
    session: Session,
    establishment: Establishment,
    *,
    ends_on: date,
    expected_version: int | None = None,
    stamp: Stamp,
    reason: str,
) -> Establishment:
    """Let an establishment hold until `ends_on`, that day included. Refusals as in `change_establishment`."""
    return change_establishment(
        session,
        establishment,
        posts=establishment.posts,
        ends_on=ends_on,
        expected_version=expected_version,
        stamp=stamp,
        reason=reason,
    )


class _Cause(NamedTuple):
    """Who changes an establishment, when, and why."""

    by: int | None
    now: datetime
    reason: str


class _Values(NamedTuple):
    """What of an establishment may change."""

    posts: Decimal
    ends_on: date | None


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("Give the reason for the change.", field="reason")
    if len(reason) > REASON_LENGTH:
        raise ReasonMissing(
            f"The reason has {len(reason):,} characters: use {REASON_LENGTH} at most.", field="reason"
        )
    return reason


def _change(establishment: Establishment, before: _Values | None, cause: _Cause) -> EstablishmentChange:
    """The trace of what `establishment` is now, and was before; None for one that is new."""
    return EstablishmentChange(
        establishment=establishment,
        changed_at=cause.now,
        account_id=cause.by,
        reason=cause.reason,
        old_posts=None if before is None else before.posts,
        old_ends_on=None if before is None else before.ends_on,
        posts=establishment.posts,
        ends_on=establishment.ends_on,
    )


def _locked_records(session: Session, unit: Unit, role: PolicingRole) -> list[Establishment]:
    lock_units(session, [unit.id], for_closing=True)  # alone: two establishments must not pass each other
    return establishments_of(session, unit.id, role)


def _checked(unit: Unit, posts: Decimal, starts_on: date, ends_on: date | None) -> Span:
    """The days of an establishment, once its unit, its number and its dates are found possible."""
    if unit.level is Level.NEIGHBOURHOOD:
        raise NoEstablishmentHere(
            f"{unit.code} is a neighbourhood, and no one is posted to one: name its team, or a unit "
            "above it.",
            field="unit",
        )
    if not posts.is_finite() or not 0 <= posts <= MOST_POSTS or posts != round(posts, 2):
        raise PostsOutOfRange(
            f"The number of posts must be from 0 to {MOST_POSTS:,}, with at most two decimals.", field="posts"
        )
    span = checked_span(starts_on, ends_on)
    check_within(span, unit.code, unit.span, UnitNotOpen, may_stay_open=True)
    return span


def _check_free(code: str, role: PolicingRole, others: Iterable[Establishment], span: Span) -> None:
    check_free(
        others,
        span,
        lambda other: EstablishmentOverlaps(
            f"{code} already has an establishment of {role.plural} {other.span.in_words}: end that one the"
            " day before, or choose other dates.",
            field="starts_on",
        ),
    )
