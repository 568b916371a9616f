"""The month of a unit: rates against targets, staffing, what time was lost to, and the same of its parts.

Everything on the page comes from one fold over thirteen months of sums, so that the number of statements does
not depend on how many units, members or months there are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, definitions
from npt.kit.months import EARLIEST_YEAR, Month, thirteen_months_to
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.people.rules import RoleGroup
from npt.performance.queries.rates import (
    counted_in,
    counting_reasons,
    definition_in,
    row_in,
    stood_in,
)
from npt.performance.queries.signed import signed_rates
from npt.performance.rules import NOTHING, Breakdown, Folded, RateRow, by_strain
from npt.shifts.queries import ReasonLine, reasons
from npt.shifts.rules import ReasonKind
from npt.staffing.queries import Staffing, staffing_with


class Order(Enum):
    """How the units under a unit are sorted on its month page."""

    STRAIN = "strain"
    NAME = "name"
    OFFICERS = "officers"
    PCSOS = "pcsos"
    COVERAGE = "coverage"
    VACANCY = "vacancy"

    @property
    def wording(self) -> str:
        """The order as a link: "out of line first"."""
        return _ORDER_WORDING[self]


_ORDER_WORDING = {
    Order.STRAIN: "out of line first",
    Order.NAME: "name",
    Order.OFFICERS: "officers’ rate",
    Order.PCSOS: "PCSOs’ rate",
    Order.COVERAGE: "least confirmed first",
    Order.VACANCY: "most vacancies first",
}


@dataclass(frozen=True, slots=True)
class ReasonMonth:
    """What a group lost to one reason in the month."""

    #: None for all absence together, where its reasons are not for this reader
    code: str | None
    name: str
    minutes: int
    #: of all that the group lost
    of_lost: Share
    #: of what the rate is over
    rate: Share
    #: of what was lost to the heaviest reason
    of_heaviest: Share


@dataclass(frozen=True, slots=True)
class GroupMonth:
    """One group's month: its rate, the thirteen months that end with it, and what time was lost to."""

    group: RoleGroup
    row: RateRow
    trend: tuple[RateRow, ...]
    #: reasons that count and took time, the heaviest first
    reasons: tuple[ReasonMonth, ...]
    #: names of reasons that count and took none
    reasons_without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChildMonth:
    """One unit directly under the page's unit."""

    unit: Unit
    rows: Mapping[RoleGroup, RateRow]
    trends: Mapping[RoleGroup, tuple[RateRow, ...]]
    #: None when the unit had closed, or not yet opened, on the day that the staffing is of
    staffing: Staffing | None

    @property
    def coverage(self) -> Share:
        """Shifts of confirmed days out of all shifts, of both groups."""
        return Share.total(row.coverage for row in self.rows.values())

    @property
    def vacancy(self) -> Decimal | None:
        """Vacant posts (FTE) of all roles whose establishment is known; None when none is."""
        lines = self.staffing.roles if self.staffing is not None else ()
        known = [line.vacancy for line in lines if line.vacancy is not None]
        return sum(known, Decimal(0)) if known else None


#: The rates of a group of a unit in the months of the page.
_Trend = Callable[[Unit, RoleGroup], tuple[RateRow, ...]]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """All that the month page of a unit shows."""

    unit: Unit
    month: Month
    definition: DatedDefinition
    definitions: tuple[DatedDefinition, ...]
    order: Order
    today: date
    #: the day that staffing is of: the last of the month, or today while the month lasts
    as_at: date
    staffing: Staffing
    groups: tuple[GroupMonth, ...]
    children: tuple[ChildMonth, ...]

    @property
    def rows(self) -> tuple[RateRow, ...]:
        """Every rate of the page: the unit's months, then the month of each unit under it by its code."""
        under = sorted(self.children, key=lambda child: child.unit.code)
        return (
            *(row for group in self.groups for row in group.trend),
            *(row for child in under for row in child.rows.values()),
        )

    @property
    def has_stood(self) -> bool:
        """Whether the unit was open on at least one day of the month."""
        return stood_in(self.unit, self.month)

    @property
    def is_future(self) -> bool:
        """Whether the month has not begun."""
        return self.month > Month.of(self.today)

    @property
    def is_current(self) -> bool:
        """Whether the month still lasts, so that its figures hold the roster that is still to come."""
        return self.month == Month.of(self.today)

    @property
    def has_duty(self) -> bool:
        """Whether any duty of a group with a target is recorded in the month."""
        return any(group.row.coverage.is_known for group in self.groups)

    @property
    def had_duty_before(self) -> bool:
        """Whether there is any in the twelve months before."""
        return any(row.coverage.is_known for group in self.groups for row in group.trend[:-1])

    @property
    def previous(self) -> Month | None:
        """The month before, as far as the calendar of the product goes."""
        return None if self.month <= Month(EARLIEST_YEAR + 1, 1) else self.month.previous

    @property
    def next(self) -> Month | None:
        """The month after; none after next month, for which there is no duty yet to look at."""
        return None if self.month >= Month.of(self.today).next else self.month.next


def month_page(
    session: Session,
    unit: Unit,
    month: Month,
    *,
    today: date,
    definition: str,
    order: Order = Order.STRAIN,
    names_absence: bool = False,
) -> MonthPage:
    """The month of `unit` in the structure of that month. UnknownDefinition for a code that is not there.

    `names_absence`: whether the reader may know why members were absent; otherwise absence is one line.
    """
    known_definitions = definitions(session)
    dated = definition_in(known_definitions, definition, month)
    months = thirteen_months_to(month)
    under = [
        child for child in children(session, unit, month=month) if child.level is not Level.NEIGHBOURHOOD
    ]
    by_group = counted_in(session, [unit, *under], months[0], month, dated)
    signed = signed_rates(session, [unit, *under], months[0], month, dated.code)

    def trend_of(of: Unit, group: RoleGroup) -> tuple[RateRow, ...]:
        return tuple(row_in(by_group, of, group.value, each, dated.code, signed=signed) for each in months)

    lost_to = counted_in(session, [unit], month, month, dated, Breakdown.REASON)
    as_at = today if month == Month.of(today) else month.last
    staffing = staffing_with(session, unit, as_at, under)
    counting = counting_reasons(reasons(session), dated, month)
    groups = [
        _group(trend_of, lost_to, unit, group, counting, names_absence=names_absence) for group in RoleGroup
    ]
    return MonthPage(
        unit=unit,
        month=month,
        definition=dated,
        definitions=tuple(each for each in known_definitions if each.covers(month)),
        order=order,
        today=today,
        as_at=as_at,
        staffing=staffing,
        groups=tuple(groups),
        # equal ones stay in the order of their codes
        children=tuple(
            sorted(
                (_child(trend_of, child, staffing) for child in under),
                key=_KEYS[order],
            )
        ),
    )


def _group(
    trend_of: _Trend,
    by_reason: Folded,
    unit: Unit,
    group: RoleGroup,
    counting: Sequence[ReasonLine],
    *,
    names_absence: bool,
) -> GroupMonth:
    trend = trend_of(unit, group)
    row = trend[-1]
    lost_to = by_reason.get((unit.path, group.value, row.month), NOTHING).by_reason
    minutes: dict[tuple[str | None, str], int] = {}
    for reason in counting:
        is_named = names_absence or reason.kind is not ReasonKind.ABSENCE
        line = (reason.code, reason.name) if is_named else (None, "Absence")
        minutes[line] = minutes.get(line, 0) + lost_to.get(reason.code, 0)
    heaviest = max(minutes.values(), default=0)
    return GroupMonth(
        group=group,
        row=row,
        trend=trend,
        reasons=tuple(
            ReasonMonth(
                code,
                name,
                lost,
                Share(lost, row.abstracted),
                Share(lost, row.denominator),
                Share(lost, heaviest),
            )
            for (code, name), lost in sorted(minutes.items(), key=lambda line: -line[1])
            if lost
        ),
        reasons_without=tuple(name for (_code, name), lost in minutes.items() if not lost),
    )


def _child(trend_of: _Trend, child: Unit, of_parent: Staffing) -> ChildMonth:
    trends = {group: trend_of(child, group) for group in RoleGroup}
    return ChildMonth(
        unit=child,
        rows={group: trend[-1] for group, trend in trends.items()},
        trends=trends,
        staffing=next((each for each in of_parent.children if each.unit.id == child.id), None),
    )


def _least_confirmed(child: ChildMonth) -> tuple[bool, Fraction]:
    coverage = child.coverage.fraction
    return (coverage is None, coverage or Fraction(0))


def _most_vacant(child: ChildMonth) -> tuple[bool, Decimal]:
    vacancy = child.vacancy
    return (vacancy is None, -(vacancy or Decimal(0)))


#: what is not known comes last in every order
_KEYS: dict[Order, Callable[[ChildMonth], Any]] = {
    Order.STRAIN: lambda child: by_strain(list(child.rows.values())),
    Order.NAME: lambda child: child.unit.name,
    Order.OFFICERS: lambda child: by_strain([child.rows[RoleGroup.OFFICERS]]),
    Order.PCSOS: lambda child: by_strain([child.rows[RoleGroup.PCSOS]]),
    Order.COVERAGE: _least_confirmed,
    Order.VACANCY: _most_vacant,
}
