"""What was counted of each member in some days: hours on duty, hours abstracted, how often."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, counts_under
from npt.counting.rules import lost_out_of
from npt.kit.shares import Share
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.rules import ReasonKind


@dataclass(frozen=True, slots=True)
class MemberCounted:
    """One member in one group, as a definition counts them; lengths in minutes. Only who had a shift."""

    number: str
    name: str
    group: RoleGroup
    lost: int
    denominator: int
    #: how many entries of time away count
    times: int

    @property
    def share(self) -> Share:
        """What was lost out of the duty; not known where all of it was absence."""
        return Share(self.lost, self.denominator)

    @property
    def turn(self) -> tuple[int, bool, Fraction, str]:
        """A sort key: by group, the highest share first, and last what is not known."""
        share = self.share.fraction
        place = list(RoleGroup).index(self.group)
        return place, share is None, -(share or Fraction(0)), self.number


def members_counted(
    session: Session,
    path: str,
    span: Span,
    definition: DatedDefinition,
    *,
    roles: Collection[PolicingRole],
    reason: str | None = None,
) -> tuple[MemberCounted, ...]:
    """The members with shifts at the unit at `path` and under it, group by group, the highest share first.

    Their sums are the group's figure; with a `reason` (a code), that of the reason alone. Two statements.
    """
    first, last = span.first, span.last or span.first
    counts = counts_under(definition, first, last)
    if reason is not None:
        counts = and_(counts, Reason.code == reason)
    place = Unit.id == Shift.unit_id
    asked = within(path), Shift.on_date.between(first, last), Shift.role.in_(roles)
    keys = Shift.member_id, Shift.role
    away = {
        (member_id, role): (int(lost or 0), times, int(absent or 0))
        for member_id, role, lost, times, absent in session.execute(
            select(
                *keys,
                func.sum(Away.minutes).filter(counts),
                func.count(Away.id).filter(counts),
                func.sum(Away.minutes).filter(Reason.kind == ReasonKind.ABSENCE),
            )
            .select_from(Shift)
            .join(Unit, place)
            .join(Away, Away.shift_id == Shift.id)
            .join(Reason, Reason.id == Away.reason_id)
            .where(*asked)
            .group_by(*keys)
        )
    }
    duty = session.execute(
        select(*keys, Member.number, Member.name, func.sum(Shift.minutes))
        .select_from(Shift)
        .join(Unit, place)
        .join(Member, Member.id == Shift.member_id)
        .where(*asked)
        .group_by(*keys, Member.number, Member.name)
    )
    found: dict[tuple[str, RoleGroup], MemberCounted] = {}
    for member_id, role, number, name, rostered in duty:
        lost, times, absent = away.get((member_id, role), (0, 0, 0))
        _, denominator = lost_out_of(0, absent, int(rostered), definition.puts_absence_back)
        group = group_of(role)
        if group is None:
            raise LookupError(f"{role.wording} has no target: ask for roles that have one")
        before = found.get((number, group), MemberCounted(number, name, group, 0, 0, 0))
        found[number, group] = MemberCounted(
            number,
            name,
            group,
            before.lost + lost,
            before.denominator + denominator,
            before.times + times,
        )
    return tuple(sorted(found.values(), key=lambda each: each.turn))
