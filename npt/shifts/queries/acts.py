"""What was done to a unit's shifts and can be taken back."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.shifts.models import Act, Away, AwayChange, Reason, Shift, ShiftChange
from npt.shifts.rules import ReasonKind

#: Acts that a page offers to take back: the latest of them.
ACTS_OFFERED = 10


class ActLine(NamedTuple):
    """Something that was done and can be taken back."""

    id: int
    summary: str
    done_at: datetime
    by_name: str
    #: it recorded, changed or removed an absence, so that its summary is personal
    is_of_absence: bool


def _overtaken() -> ColumnElement[bool]:
    """The condition on an act that something is not as it left it any more.

    Each shift and time away that it left stands as it left it, and a shift that it kept whole has no other
    time away; where it changed only time away, the shift is still one of the unit on those days.
    """
    shift, left, beside = aliased(ShiftChange), aliased(AwayChange), aliased(AwayChange)
    shift_stands = exists().where(
        Shift.id == shift.shift_id,
        Shift.member_id == shift.member_id,
        Shift.starts_at == shift.after_starts_at,
        Shift.ends_at == shift.after_ends_at,
        Shift.unit_id == shift.after_unit_id,
        Shift.role == shift.after_role,
        Shift.is_team_named == shift.after_is_team_named,
    )
    something_else = exists().where(
        Away.shift_id == shift.shift_id,
        ~exists()
        .where(
            beside.act_id == shift.act_id,
            beside.shift_id == Away.shift_id,
            beside.after_starts_at == Away.starts_at,
        )
        .correlate(shift, Away),
    )
    away_stands = exists().where(
        Away.shift_id == left.shift_id,
        Away.starts_at == left.after_starts_at,
        Away.ends_at == left.after_ends_at,
        Away.reason_id == left.after_reason_id,
        Away.note.is_not_distinct_from(left.after_note),
    )
    is_here = (
        exists()
        .where(
            Shift.id == left.shift_id,
            Shift.member_id == left.member_id,
            Shift.unit_id == Act.unit_id,
            Shift.on_date.between(Act.first_on, Act.last_on),
        )
        .correlate(Act, left)
    )
    is_of_day = ~exists().where(ShiftChange.act_id == Act.id).correlate(Act)
    return or_(
        exists().where(
            shift.act_id == Act.id, shift.after_starts_at.is_not(None), or_(~shift_stands, something_else)
        ),
        exists().where(
            left.act_id == Act.id,
            or_(and_(left.after_starts_at.is_not(None), ~away_stands), and_(is_of_day, ~is_here)),
        ),
    )


_OF_ROSTER = exists().where(ShiftChange.act_id == Act.id)
_OF_ABSENCE = (
    exists()
    .where(
        AwayChange.act_id == Act.id,
        Reason.id.in_([AwayChange.before_reason_id, AwayChange.after_reason_id]),
        Reason.kind == ReasonKind.ABSENCE,
    )
    .correlate(Act)
)
_OFFERED = (
    select(Act.id, Act.summary, Act.done_at, Account.name, _OF_ABSENCE)
    .join(Account, Account.id == Act.account_id)
    .where(
        Act.unit_id == bindparam("unit_id"),
        Act.holding(bindparam("first"), bindparam("last")),
        Act.undone_at.is_(None),
        ~_overtaken(),
    )
    .order_by(Act.id.desc())
    .limit(ACTS_OFFERED)
)
_STANDS = select(Act.id).where(Act.id == bindparam("act_id"), ~_overtaken())


def day_acts(session: Session, unit_id: int, day: date) -> tuple[ActLine, ...]:
    """The latest acts on the unit's day whose changes stand as they left them, latest first."""
    return _lines(session, _OFFERED.where(~_OF_ROSTER), unit_id, day, day)


def roster_acts(session: Session, unit: Unit, first: date, last: date) -> tuple[ActLine, ...]:
    """The latest acts on the unit's roster of these days, likewise. One statement."""
    return _lines(session, _OFFERED.where(_OF_ROSTER), unit.id, first, last)


def _lines(
    session: Session, asked: Select[int, str, datetime, str, bool], unit_id: int, first: date, last: date
) -> tuple[ActLine, ...]:
    rows = session.execute(asked, {"unit_id": unit_id, "first": first, "last": last})
    return tuple(ActLine._make(row) for row in rows)


def act_in(session: Session, unit: Unit, act_id: int) -> Act | None:
    """The act of this key if it was done to `unit`, with its changes; None otherwise."""
    asked = select(Act).where(Act.id == act_id, Act.unit_id == unit.id)
    both = selectinload(Act.shift_changes), selectinload(Act.away_changes)
    return session.scalar(asked.options(*both).execution_options(populate_existing=True))


def other_units_of(session: Session, act: Act) -> tuple[Unit, ...]:
    """The units besides its own of which the act, read with its changes, changed shifts."""
    changes = act.shift_changes
    ids = {unit_id for each in changes for unit_id in (each.before_unit_id, each.after_unit_id)}
    ids -= {None, act.unit_id}
    return tuple(session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.path))) if ids else ()


def shifts_of_act(session: Session, act_id: int) -> frozenset[int]:
    """The shifts whose time away the act changed, by their keys."""
    return frozenset(session.scalars(select(AwayChange.shift_id).where(AwayChange.act_id == act_id)))


def stands_as_left(session: Session, act: Act) -> bool:
    """Whether everything that the act left behind is still so, and it can be taken back. One statement."""
    return session.scalar(_STANDS, {"act_id": act.id}) is not None
