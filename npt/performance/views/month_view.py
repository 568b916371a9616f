"""The month page in words and shapes, ready for the template to display."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from npt.kit.months import Month
from npt.kit.shares import Share
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.queries import ChildMonth, GroupMonth, MonthPage, Order, ReasonMonth
from npt.performance.rules import RateRow
from npt.performance.views.door import chosen_beside, headroom_address, month_address, records_address
from npt.performance.views.figures import (
    coverage_in_words,
    figure_of,
    headroom_in_words,
    months_in_words,
)
from npt.staffing.views import Post, post_of, ratio_in_words, role_as_heading, staffing_lines
from npt.staffing.wording import students_in_words
from npt.webkit.addresses import address
from npt.webkit.as_at import as_at
from npt.webkit.charts import (
    HeadroomBar,
    MonthFigure,
    SmallTrend,
    Trend,
    headroom_bar,
    small_multiple,
    trend,
)
from npt.webkit.filters import hours, number, percent
from npt.webkit.parts import Figure, Heading, StaffingLine
from npt.webkit.visit import Visit

#: The roles of the published staffing tables, which stand in the table of the units under a unit.
TABLED_ROLES = (PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO)


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One line of what a group's time was lost to."""

    name: str
    href: str
    minutes: str
    of_lost: str
    rate: str
    #: the width of its bar: "100.0%" for the heaviest reason
    bar: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group's part of the page."""

    group: RoleGroup
    figure: Figure
    coverage: str
    headroom: HeadroomBar | None
    headroom_words: str
    headroom_facts: tuple[tuple[str, str, str], ...]
    trend: Trend
    trend_title: str
    trend_words: str
    multiples: tuple[SmallTrend, ...]
    reasons: tuple[ReasonShown, ...]
    reasons_without: str


@dataclass(frozen=True, slots=True)
class ChildShown:
    """One line of the table of units: the unit, its rates, its coverage, its staffing."""

    name: str
    code: str
    href: str
    figures: Mapping[RoleGroup, Figure]
    coverage: str
    coverage_href: str
    #: None when the unit did not stand on the day that staffing is of
    posts: tuple[Post, ...] | None
    vacancy: str
    vacancy_href: str


@dataclass(frozen=True, slots=True)
class MonthShown:
    """The month page, worded."""

    groups: tuple[GroupShown, ...]
    staffing: tuple[StaffingLine, ...]
    ratio: str
    staffing_href: str
    headroom_href: str
    children: tuple[ChildShown, ...]
    columns: tuple[Heading, ...]
    reason_columns: tuple[Heading, ...]
    #: (words, address, whether the table is in this order)
    orders: tuple[tuple[str, str, bool], ...]
    previous: tuple[str, str] | None
    next: tuple[str, str] | None
    csv_href: str
    xlsx_href: str


_COLUMNS = (
    Heading("Unit"),
    *(Heading(group.wording, note=f"target {group.target} %") for group in RoleGroup),
    Heading("Confirmed", is_number=True, note="of shifts"),
    *(Heading(role_as_heading(role), is_number=True) for role in TABLED_ROLES),
    Heading("Vacant", is_number=True, note="FTE"),
)
_REASON_COLUMNS = (
    Heading("Reason"),
    Heading("Time", is_number=True),
    Heading("Of the time lost", is_number=True),
    Heading("Of duty", is_number=True),
    Heading("Weight"),
)


def shown_month(visit: Visit[Unit], page: MonthPage) -> MonthShown:
    """The page object in words and shapes."""
    children = tuple(_child(visit, page, each) for each in page.children)
    return MonthShown(
        groups=tuple(_group(page, each, children) for each in page.groups),
        staffing=staffing_lines(visit, page.staffing),
        ratio=f"Sergeants to constables and PCSOs: {ratio_in_words(page.staffing)}."
        f" {students_in_words(page.staffing.students)}".rstrip(),
        staffing_href=_staffing_address(page, page.unit),
        headroom_href=headroom_address(page.unit.code, page.month, page.definition.code),
        children=children,
        columns=_COLUMNS,
        reason_columns=_REASON_COLUMNS,
        orders=tuple(
            (order.wording, _month(page, page.unit, page.month, order), order is page.order)
            for order in Order
        ),
        previous=None if page.previous is None else _beside(page, page.previous),
        next=None if page.next is None else _beside(page, page.next),
        csv_href=_file(page, "month_csv"),
        xlsx_href=_file(page, "month_xlsx"),
    )


def _month(page: MonthPage, unit: Unit, month: Month, order: Order = Order.STRAIN) -> str:
    sort = "" if order is Order.STRAIN else order.value
    return month_address(unit.code, month, page.definition.code, sort=sort, **{"with": chosen_beside()})


def _file(page: MonthPage, view: str) -> str:
    code, beside = page.definition.code, chosen_beside()
    return month_address(page.unit.code, page.month, code, view=view, **{"with": beside})


def _beside(page: MonthPage, month: Month) -> tuple[str, str]:
    return month.title, _month(page, page.unit, month, page.order)


def _staffing_address(page: MonthPage, unit: Unit) -> str:
    return address("staffing.staffing", code=unit.code, **as_at(page.as_at))


def _group(page: MonthPage, month: GroupMonth, children: Sequence[ChildShown]) -> GroupShown:
    group, row = month.group, month.row
    is_open = page.is_current or page.is_future
    allowed = None if row.left is None else row.left + row.abstracted
    heaviest = max((reason.minutes for reason in month.reasons), default=0)
    return GroupShown(
        group=group,
        figure=figure_of(row, group.wording, group.target, page.definition),
        coverage=coverage_in_words(row),
        headroom=None if allowed is None else headroom_bar(allowance=allowed, used=row.abstracted, planned=0),
        headroom_words=headroom_in_words(row, is_open=is_open),
        headroom_facts=(
            ("used", "Used and planned" if is_open else "Used", hours(row.abstracted)),
            ("allowance", "Allowed", hours(allowed)),
        ),
        trend=trend(_months(page, group, month.trend), group.target),
        trend_title=f"{group.wording}: abstraction, {month.trend[0].month.title} to {page.month.title}",
        trend_words=months_in_words(month.trend, group.target),
        multiples=tuple(
            _multiple(group, child, shown) for child, shown in zip(page.children, children, strict=True)
        ),
        reasons=tuple(_reason(page, group, reason, heaviest) for reason in month.reasons),
        reasons_without=", ".join(month.reasons_without),
    )


def _reason(page: MonthPage, group: RoleGroup, reason: ReasonMonth, heaviest: int) -> ReasonShown:
    return ReasonShown(
        name=reason.name,
        href=records_address(
            page.unit.code,
            page.month,
            page.definition.code,
            group=group.value,
            reason=reason.code,
            show="" if reason.code else "absence",
        ),
        minutes=hours(reason.minutes),
        of_lost=percent(reason.of_lost),
        rate=percent(reason.rate, 2),
        bar=f"{Share(reason.minutes, heaviest).percentage(1)}%",
    )


def _months(page: MonthPage, group: RoleGroup, rows: Sequence[RateRow]) -> list[MonthFigure]:
    months: list[MonthFigure] = []
    for row in rows:
        figure = figure_of(row, group.wording, group.target, page.definition)
        words = figure.words
        if row.rate.is_known:
            words += f": {figure.basis}; confirmed for {percent(row.coverage)} of shifts"
        months.append(MonthFigure(row.month, row.rate, words, row.is_provisional, figure.href))
    return months


def _multiple(group: RoleGroup, child: ChildMonth, shown: ChildShown) -> SmallTrend:
    latest = shown.figures[group]
    return small_multiple(
        shown.name,
        shown.href,
        f"{latest.value}, {latest.words}{', provisional' if latest.provisional else ''}"
        if latest.rate.is_known
        else latest.words,
        [(row.rate, row.is_provisional) for row in child.trends[group]],
        group.target,
    )


def _child(visit: Visit[Unit], page: MonthPage, child: ChildMonth) -> ChildShown:
    code, staffing = child.unit.code, child.staffing
    posts = None
    if staffing is not None:
        posts = tuple(post_of(visit, staffing, staffing.of(role)) for role in TABLED_ROLES)
    return ChildShown(
        name=child.unit.name,
        code=code,
        href=_month(page, child.unit, page.month),
        figures={
            group: figure_of(row, f"{child.unit.name}, {group.wording}", group.target, page.definition)
            for group, row in child.rows.items()
        },
        coverage=percent(child.coverage),
        coverage_href=records_address(code, page.month, page.definition.code, show="shifts"),
        posts=posts,
        vacancy=number(child.vacancy),
        vacancy_href=_staffing_address(page, child.unit),
    )
