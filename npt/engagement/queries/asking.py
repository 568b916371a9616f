"""Five a day: the days of members, how many people they were to ask, and how many they asked."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from npt.engagement.models import AskedNobody, AskingTarget, Contact
from npt.engagement.rules import Asker, AskingDay, DatedTarget, DutyMinutes, state_of, targets_on
from npt.kit.clock import local_midnight
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member, Posting, Specialist
from npt.people.rules import PolicingRole
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.rules import ReasonKind

_ASKING = (PolicingRole.CONSTABLE, PolicingRole.PCSO)
_DAY = timedelta(days=1)
#: a member, and a day
_Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class MemberDay:
    """A day of duty of a member, and how it came out."""

    member_id: int
    number: str
    name: str
    unit: Unit
    role: PolicingRole
    on: date
    day: AskingDay


def asking_days(session: Session, path: str, first: date, last: date) -> list[MemberDay]:
    """The days of duty of constables and PCSOs at or under `path` for whom there is a target.

    By unit, name and day. A contact after midnight is of the day on which the shift began. Seven statements.
    """
    return list(_days(session, within(path), first, last))


def own_day(session: Session, member_id: int, today: date) -> MemberDay | None:
    """Today of a member, if they are on duty and there is a target for them. Seven statements."""
    return next(_days(session, Shift.member_id == member_id, today, today), None)


def _days(session: Session, whose: ColumnElement[bool], first: date, last: date) -> Iterator[MemberDay]:
    here = and_(whose, Shift.role.in_(_ASKING), Shift.on_date.between(first, last))
    targets = _targets(session)
    if not targets:
        return
    rostered, away = _rostered(session, here), _away(session, here)
    asked, nil = _asked(session, here, first, last), _signed(session, here, first, last)
    marks = _marks(session, here)
    in_force: dict[tuple[str, date], dict[Asker, int]] = {}
    for (member_id, on), (role, unit, number, name, minutes) in rostered.items():
        place = (unit.path, on)
        if place not in in_force:
            in_force[place] = targets_on(targets, *place)
        is_specialist = any(span.covers(on) for span in marks.get(member_id, ()))
        asker = Asker.of(role, is_specialist=is_specialist, targets=in_force[place])
        if asker is None or asker not in in_force[place]:
            continue
        target, spoken = in_force[place][asker], asked.get((member_id, on), 0)
        duty = DutyMinutes(minutes, *away.get((member_id, on), (0, 0)))
        state = state_of(duty, target, spoken, is_signed_nil=(member_id, on) in nil)
        yield MemberDay(member_id, number, name, unit, role, on, AskingDay(state, target, spoken))


def _rostered(
    session: Session, here: ColumnElement[bool]
) -> dict[_Key, tuple[PolicingRole, Unit, str, str, int]]:
    """By member and day: as what and where they are rostered first, who they are, and all minutes."""
    rows = session.execute(
        select(
            Shift.member_id,
            Shift.on_date,
            Shift.role,
            Unit,
            Member.number,
            Member.name,
            func.sum(Shift.minutes),
        )
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Member, Member.id == Shift.member_id)
        .where(here)
        .group_by(Shift.member_id, Shift.on_date, Shift.role, Unit.id, Member.id)
        .order_by(Unit.path, Member.name, Shift.member_id, Shift.on_date)
    )
    found: dict[_Key, tuple[PolicingRole, Unit, str, str, int]] = {}
    for member_id, on, role, unit, number, name, minutes in rows:
        before = found.get((member_id, on), (role, unit, number, name, 0))
        found[member_id, on] = (*before[:4], before[4] + minutes)
    return found


def _targets(session: Session) -> list[DatedTarget]:
    asked = select(Unit.path, AskingTarget.asker, AskingTarget.starts_on, AskingTarget.people)
    rows = session.execute(asked.join(Unit, Unit.id == AskingTarget.unit_id))
    return [DatedTarget(*row) for row in rows]


def _away(session: Session, here: ColumnElement[bool]) -> dict[_Key, tuple[int, int]]:
    """By member and day, the minutes of absence and of abstraction."""
    rows = session.execute(
        select(
            Shift.member_id,
            Shift.on_date,
            func.sum(Away.minutes).filter(Reason.kind == ReasonKind.ABSENCE),
            func.sum(Away.minutes).filter(Reason.kind == ReasonKind.ABSTRACTION),
        )
        .select_from(Away)
        .join(Shift, Shift.id == Away.shift_id)
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Reason, Reason.id == Away.reason_id)
        .where(here)
        .group_by(Shift.member_id, Shift.on_date)
    )
    return {(member, on): (absent or 0, lost or 0) for member, on, absent, lost in rows}


def _members(here: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(Shift.member_id).join(Unit, Unit.id == Shift.unit_id).where(here)
    return Contact.member_id.in_(found)


def _asked(session: Session, here: ColumnElement[bool], first: date, last: date) -> dict[_Key, int]:
    """By member and day, how many people they spoke to, each counted once."""
    of_shift = and_(
        Shift.member_id == Contact.member_id,
        Shift.starts_at <= Contact.at,
        Contact.at < Shift.ends_at,
        # No shift is longer than a day: so that none is looked at of all that were before.
        Shift.starts_at >= local_midnight(first - 2 * _DAY),
    )
    on = func.coalesce(Shift.on_date, Contact.on_date)
    # By the instant too, which the index of a member's contacts has.
    those_days = and_(
        Contact.on_date.between(first, last + _DAY),
        Contact.at >= local_midnight(first),
        Contact.at < local_midnight(last + 2 * _DAY),
    )
    rows = session.execute(
        select(Contact.member_id, on, func.count())
        .outerjoin(Shift, of_shift)
        .where(those_days, _members(here))
        .group_by(Contact.member_id, on)
    )
    return {(member, day): count for member, day, count in rows if member is not None}


def _signed(session: Session, here: ColumnElement[bool], first: date, last: date) -> set[_Key]:
    found = select(Shift.member_id).join(Unit, Unit.id == Shift.unit_id).where(here)
    rows = session.execute(
        select(AskedNobody.member_id, AskedNobody.on_date).where(
            AskedNobody.on_date.between(first, last), AskedNobody.member_id.in_(found)
        )
    )
    return {(member, on) for member, on in rows}


def _marks(session: Session, here: ColumnElement[bool]) -> dict[int, list[Span]]:
    """By member, the days on which they are an NSO."""
    found = select(Shift.member_id).join(Unit, Unit.id == Shift.unit_id).where(here)
    asked = select(Specialist).join(Specialist.posting).where(Posting.member_id.in_(found))
    marks = defaultdict[int, list[Span]](list)
    for mark in session.scalars(asked.options(joinedload(Specialist.posting))):
        if mark.span_held is not None:
            marks[mark.posting.member_id].append(mark.span_held)
    return marks


def targets_at(session: Session, paths: Collection[str]) -> list[AskingTarget]:
    """The targets of the units at these paths, the latest first; units and who set them are loaded."""
    asked = select(AskingTarget).join(AskingTarget.unit).where(Unit.path.in_(sorted(paths)))
    asked = asked.options(joinedload(AskingTarget.unit), joinedload(AskingTarget.set_by))
    return list(session.scalars(asked.order_by(AskingTarget.starts_on.desc(), AskingTarget.id)))


def nil_of(session: Session, member_id: int, on: date) -> AskedNobody | None:
    """What the member signed of a day."""
    asked = select(AskedNobody).where(AskedNobody.member_id == member_id, AskedNobody.on_date == on)
    return session.scalar(asked)
