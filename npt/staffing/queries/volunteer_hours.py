"""Special constables and volunteers: how many there are and were to be, and the time that they give."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, select
from sqlalchemy.orm import Session, aliased

from npt.kit.months import Month, thirteen_months_to
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member, Posting
from npt.people.rules import PolicingRole
from npt.staffing.models import GivenTime, HeadsTarget
from npt.staffing.queries.strength import counts_on
from npt.staffing.queries.timeline import Timeline, timeline
from npt.staffing.rules import GIVING_ROLES, GivenWork, PlannedHeads
from npt.store.batches import found_by
from npt.store.loading import loaded_with


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Minutes given to one kind of work, in each of the months asked about."""

    work: GivenWork
    by_month: Mapping[Month, int]

    @property
    def minutes(self) -> int:
        """Minutes in all months together."""
        return sum(self.by_month.values())


@dataclass(frozen=True, slots=True)
class Giver:
    """A special constable or a volunteer, what they do, and the minutes given in the months asked about."""

    member: Member
    unit: Unit
    role: PolicingRole
    minutes: int
    #: the most time first
    work: tuple[GivenWork, ...]


@dataclass(frozen=True, slots=True)
class RoleGiving:
    """One role of people who give time, at a unit and under it."""

    role: PolicingRole
    heads: int
    #: heads at the end of each month, the last of them on the day asked about
    heads_by_day: Sequence[tuple[date, int]]
    #: the plan of the unit itself, the earliest first
    targets: Sequence[HeadsTarget]
    #: the most time first
    work: Sequence[WorkLine]

    @property
    def plan(self) -> list[PlannedHeads]:
        """The plan as the rules read it."""
        return [PlannedHeads(target.due_on, target.heads) for target in self.targets]

    @property
    def minutes(self) -> int:
        """Minutes given in the months asked about."""
        return sum(line.minutes for line in self.work)


def giving(session: Session, unit: Unit, day: date) -> list[RoleGiving]:
    """Special constables, then volunteers, at `unit` and under it on `day`; time of thirteen months to it.

    Five statements.
    """
    through_time = timeline(session, unit.path)
    targets = targets_of(session, unit.id)
    minutes = _minutes(session, unit.path, day)
    return [
        RoleGiving(
            role=role,
            heads=_heads(through_time, role, day),
            heads_by_day=[
                (on, _heads(through_time, role, on))
                for on in _days_shown([target for target in targets if target.role is role], day)
            ],
            targets=[target for target in targets if target.role is role],
            work=sorted(
                (WorkLine(work, by_month) for work, by_month in minutes[role].items()),
                key=lambda line: (-line.minutes, line.work.value),
            ),
        )
        for role in GIVING_ROLES
    ]


def _days_shown(targets: Sequence[HeadsTarget], day: date) -> list[date]:
    """The month ends for which heads are shown: from the plan's first day, but thirteen at least and 49 at
    most, so that a chart stays legible.
    """
    now = Month.of(day)
    first = min([now.plus(-12), *(Month.of(target.due_on) for target in targets)])
    first = max(first, now.plus(-48))
    return [min(month.last, day) for month in first.until(now)]


def _heads(through_time: Timeline, role: PolicingRole, day: date) -> int:
    return len(
        {
            tenure.posting.member_id
            for tenure in through_time.at(through_time.path, role)
            if tenure.span.covers(day)
        }
    )


def targets_of(session: Session, unit_id: int) -> list[HeadsTarget]:
    """The plan of the unit itself, by role, the earliest first."""
    asked = loaded_with(HeadsTarget, HeadsTarget.unit)
    asked = asked.where(HeadsTarget.unit_id == unit_id)
    return list(session.scalars(asked.order_by(HeadsTarget.role, HeadsTarget.due_on)))


def target_in(session: Session, unit: Unit, target_id: int) -> HeadsTarget | None:
    """The target of this key, when it is the unit's own."""
    asked = loaded_with(HeadsTarget, HeadsTarget.unit)
    return session.scalar(asked.where(HeadsTarget.id == target_id, HeadsTarget.unit_id == unit.id))


def _belonging() -> ColumnElement[bool]:
    """The condition that time belongs to a posting: the one that counts on its day.

    Of two that count at once the one that was recorded first, so that no minute counts twice.
    """
    earlier = aliased(Posting)
    is_second = exists().where(
        earlier.member_id == Posting.member_id,
        earlier.kind == Posting.kind,
        earlier.id < Posting.id,
        earlier.holding(GivenTime.on_date),
    )
    return and_(Posting.member_id == GivenTime.member_id, counts_on(GivenTime.on_date), ~is_second)


def _given(path: str, day: date) -> Select[tuple[()]]:
    """The time of the thirteen months to `day` that belongs at or under `path`."""
    first = thirteen_months_to(Month.of(day))[0].first
    return (
        select()
        .select_from(GivenTime)
        .join(Posting, _belonging())
        .join(Unit, Posting.unit_id == Unit.id)
        .where(within(path), GivenTime.on_date.between(first, day))
    )


def _minutes(
    session: Session, path: str, day: date
) -> defaultdict[PolicingRole, defaultdict[GivenWork, dict[Month, int]]]:
    # Both engines write a date as 2026-11-16 when it is asked for as text.
    month = func.substr(cast(GivenTime.on_date, String), 1, 7)
    asked = (
        _given(path, day)
        .add_columns(Posting.role, GivenTime.work, month, func.sum(GivenTime.minutes))
        .group_by(Posting.role, GivenTime.work, month)
    )
    found: defaultdict[PolicingRole, defaultdict[GivenWork, dict[Month, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for role, work, text, minutes in session.execute(asked):
        found[role][work][Month.parse(text)] = int(minutes)
    return found


def givers(session: Session, path: str, day: date) -> list[Giver]:
    """Who gives time at the unit at `path` or under it on `day`, in the order of units, roles and names.

    Those who have given none in the thirteen months are there with 0 minutes. Two statements.
    """
    asked = (
        _given(path, day)
        .add_columns(GivenTime.member_id, GivenTime.work, func.sum(GivenTime.minutes))
        .group_by(GivenTime.member_id, GivenTime.work)
    )
    work: defaultdict[int, dict[GivenWork, int]] = defaultdict(dict)
    for member_id, kind, minutes in session.execute(asked):
        work[member_id][kind] = int(minutes)
    posted = (
        loaded_with(Posting, Posting.unit, Posting.member)
        .where(within(path), counts_on(day), Posting.role.in_(GIVING_ROLES))
        .order_by(Unit.path, Posting.role, Member.name, Member.number)
    )
    return [
        Giver(
            member=posting.member,
            unit=posting.unit,
            role=posting.role,
            minutes=sum(work[posting.member_id].values()),
            work=_most_first(work[posting.member_id]),
        )
        for posting in session.scalars(posted)
    ]


def _most_first(minutes: Mapping[GivenWork, int]) -> tuple[GivenWork, ...]:
    return tuple(sorted(minutes, key=lambda kind: (-minutes[kind], kind.value)))


def times_of(session: Session, member_ids: Collection[int], first: date, last: date) -> list[GivenTime]:
    """What is recorded of these members from `first` to `last`."""
    asked = select(GivenTime).where(GivenTime.on_date.between(first, last))
    return list(found_by(session, asked, GivenTime.member_id, member_ids))


def times_under(session: Session, path: str | None, month: Month | None) -> Iterable[GivenTime]:
    """What belongs at or under `path` (all, without one), of one month if given, with members; by day."""
    asked = loaded_with(GivenTime, GivenTime.member).order_by(
        GivenTime.on_date, Member.number, GivenTime.work
    )
    if path is not None:
        asked = asked.join(Posting, _belonging()).join(Unit, Posting.unit_id == Unit.id).where(within(path))
    if month is not None:
        asked = asked.where(GivenTime.on_date.between(month.first, month.last))
    return session.scalars(asked)
