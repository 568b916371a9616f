"""What is behind a figure: the time away that makes its numerator, the shifts that make its denominator."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, RecordsPage, daily_sums, records_behind
from npt.counting.rollup.read import whole_sums
from npt.kit.intervals import Interval
from npt.kit.months import Month
from npt.kit.paging import FIRST_PAGE, Page
from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member
from npt.people.queries import member_numbered
from npt.people.rules import PolicingRole, RoleGroup, group_of
from npt.performance.queries.rates import parts_of, row_in
from npt.performance.queries.signed import NONE_SIGNED, signed_rates
from npt.performance.rules import Breakdown, RateRow, folded
from npt.shifts.models import Away, Reason, Shift
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ReasonKind


class Shown(Enum):
    """Which records of a figure are listed."""

    LOST = "lost"
    ABSENCE = "absence"
    SHIFTS = "shifts"

    @property
    def wording(self) -> str:
        """The list as a link: "Time that counts"."""
        return _SHOWN_WORDING[self]


_SHOWN_WORDING = {
    Shown.LOST: "Time that counts",
    Shown.ABSENCE: "Absence",
    Shown.SHIFTS: "Shifts",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure: of a group, of one role, of one reason or one member in either. Nothing given means both
    groups.

    `first` and `last`, where given, leave out the days of the month before and after them.
    """

    group: RoleGroup | None = None
    role: PolicingRole | None = None
    reason: str | None = None
    #: the number of the one member that it is of
    member: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def roles(self) -> tuple[PolicingRole, ...]:
        """The roles whose duty is in the figure; never specials or volunteers, who have no target."""
        if self.role is not None:
            return (self.role,)
        return tuple(role for role in PolicingRole if group_of(role) in self.groups)

    @property
    def groups(self) -> tuple[RoleGroup, ...]:
        """The groups that the figure is of."""
        return tuple(group for group in RoleGroup if self.group in (None, group))

    def span_in(self, month: Month) -> Span | None:
        """The days of the month that the figure is of; None when there is none."""
        first, last = max(self.first or month.first, month.first), min(self.last or month.last, month.last)
        return None if last < first else Span(first, last)


@dataclass(frozen=True, slots=True)
class ShiftBehind:
    """One shift of a denominator, all lengths in minutes."""

    id: int
    unit_code: str
    on_date: date
    interval: Interval
    number: str
    name: str
    role: PolicingRole
    minutes: int
    absent: int


@dataclass(frozen=True, slots=True)
class FigureBehind:
    """A figure and one page of the records that make it up."""

    asked: Asked
    #: the days of the month that the figure is of
    span: Span
    reason: ReasonLine | None
    #: the member that it is of alone
    member: Member | None
    definition: DatedDefinition
    #: the figure itself, of each group asked for (or of the role); with a reason, of that reason alone
    rows: tuple[RateRow, ...]
    #: sums over all the shifts of the figure, in minutes
    rostered: int
    absent: int
    shifts: int
    shown: Shown
    #: the time away, unless shifts are shown
    records: RecordsPage | None
    #: the shifts, if they are shown
    duties: tuple[ShiftBehind, ...]
    total: int
    #: another definition, and the figure as that one counts it
    beside: tuple[DatedDefinition, tuple[RateRow, ...]] | None = None

    @property
    def lost(self) -> int:
        """The numerator: minutes that count under the definition."""
        return sum(row.abstracted for row in self.rows)

    @property
    def minutes(self) -> int:
        """Minutes of all that is listed, on every page."""
        return self.rostered if self.records is None else self.records.minutes

    @property
    def denominator(self) -> int:
        """The minutes that the rate is over."""
        return sum(row.denominator for row in self.rows)


def figure_behind(
    session: Session,
    unit: Unit,
    month: Month,
    asked: Asked,
    *,
    definition: DatedDefinition,
    beside: DatedDefinition | None = None,
    shown: Shown = Shown.LOST,
    page: Page = FIRST_PAGE,
) -> FigureBehind | None:
    """The records behind a figure of a month; None for a reason, or for days, that are not there.

    None, too, for a member without a shift in the figure: whoever may see this unit learns of nobody else.

    `beside` is another definition under which the figure, but not its records, is wanted as well.
    """
    reason = next((each for each in reasons(session) if each.code == asked.reason), None)
    span = asked.span_in(month)
    if span is None or span.last is None or (asked.reason is not None and reason is None):
        return None
    member = None if asked.member is None else member_numbered(session, asked.member)
    member_id = None if member is None else member.id
    is_whole = asked.member is None and (span.first, span.last) == (month.first, month.last)
    if is_whole:
        sums = whole_sums(session, [unit.path], month, month)
    else:
        sums = daily_sums(session, unit.path, [unit.id], span.first, span.last, member_id=member_id)
    by = Breakdown.GROUP if asked.role is None else Breakdown.ROLE
    keys = [asked.role.value] if asked.role else [group.value for group in asked.groups]

    def rows_under(one: DatedDefinition) -> tuple[RateRow, ...]:
        by_key = folded(parts_of(sums, [unit], one), by)
        # What was signed off is the whole month of a group.
        signed = signed_rates(session, [unit], month, month, one.code) if is_whole else NONE_SIGNED
        rows = (row_in(by_key, unit, key, month, one.code, asked.reason, signed) for key in keys)
        # The target is of the group, and of nobody alone.
        return tuple(rows) if member is None else tuple(replace(row, target=None) for row in rows)

    tallies = [each.tally for each in sums if each.role in asked.roles]
    shifts = sum(tally.shifts for tally in tallies)
    if asked.member is not None and (member is None or not shifts):
        return None
    is_lost = shown is Shown.LOST
    records = None
    if shown is not Shown.SHIFTS:
        records = records_behind(
            session,
            unit.path,
            span.first,
            span.last,
            roles=asked.roles,
            reason=asked.reason if is_lost else None,
            kind=None if is_lost else ReasonKind.ABSENCE,
            counted_under=definition if is_lost else None,
            member_id=member_id,
            page=page,
        )
    return FigureBehind(
        asked=asked,
        span=span,
        reason=reason,
        member=member,
        definition=definition,
        rows=rows_under(definition),
        beside=None if beside is None else (beside, rows_under(beside)),
        rostered=sum(tally.rostered for tally in tallies),
        absent=sum(tally.absent for tally in tallies),
        shifts=shifts,
        shown=shown,
        records=records,
        duties=_shifts(session, unit, span, asked.roles, member_id, page) if records is None else (),
        total=shifts if records is None else records.total,
    )


def _shifts(
    session: Session,
    unit: Unit,
    span: Span,
    roles: tuple[PolicingRole, ...],
    member_id: int | None,
    page: Page,
) -> tuple[ShiftBehind, ...]:
    absent = (
        select(func.coalesce(func.sum(Away.minutes), 0))
        .join(Reason, Reason.id == Away.reason_id)
        .where(Away.shift_id == Shift.id, Reason.kind == ReasonKind.ABSENCE)
        .scalar_subquery()
    )
    asked = (
        select(
            Shift.id,
            Unit.code,
            Shift.on_date,
            Shift.starts_at,
            Shift.ends_at,
            Member.number,
            Member.name,
            Shift.role,
            Shift.minutes,
            absent,
        )
        .join(Unit, Unit.id == Shift.unit_id)
        .join(Member, Member.id == Shift.member_id)
        .where(
            within(unit.path),
            Shift.on_date.between(span.first, span.last),
            Shift.role.in_(roles),
            Shift.member_id == member_id if member_id is not None else true(),
        )
        .order_by(Shift.starts_at, Unit.path, Member.number, Shift.id)
        .limit(page.size)
        .offset(page.offset)
    )
    return tuple(
        ShiftBehind(key, code, on, Interval(starts, ends), number, name, role, minutes, int(away))
        for key, code, on, starts, ends, number, name, role, minutes, away in session.execute(asked).all()
    )
