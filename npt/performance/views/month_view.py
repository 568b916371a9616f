"""The month page in words and shapes, ready for the template to display."""

from collections.abc import Callable, Sequence
from typing import Any

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole, RoleGroup
from npt.performance.queries import ChildMonth, GroupMonth, MonthPage, Order, ReasonMonth
from npt.performance.rules import RateRow
from npt.performance.views.door import chosen_beside, month_address
from npt.performance.views.figures import figure_of, headroom_in_words, months_in_words
from npt.shifts.queries import days_changed_since
from npt.staffing.views import post_of, ratio_in_words, staffing_lines
from npt.staffing.wording import students_in_words
from npt.webkit.addresses import address
from npt.webkit.as_at import as_at
from npt.webkit.charts import MonthFigure, SmallTrend, headroom_bar, small_multiple, trend
from npt.webkit.filters import percent
from npt.webkit.parts import Figure, Heading
from npt.webkit.visit import Visit

#: The roles of the published staffing tables, which stand in the table of the units under a unit.
TABLED_ROLES = (PolicingRole.INSPECTOR, PolicingRole.SERGEANT, PolicingRole.CONSTABLE, PolicingRole.PCSO)

_COLUMNS = (
    Heading("Unit"),
    *(Heading(group.wording, note=f"target {group.target}%") for group in RoleGroup),
    Heading("Confirmed", is_number=True, note="of shifts"),
    *(Heading(role.heading, is_number=True) for role in TABLED_ROLES),
    Heading("Vacant", is_number=True, note="FTE"),
)
_REASON_COLUMNS = (
    Heading("Reason"),
    Heading("Time", is_number=True),
    Heading("Of the time lost", is_number=True),
    Heading("Of duty", is_number=True),
    Heading("Weight"),
)


def month_shown(visit: Visit[Unit], page: MonthPage) -> dict[str, Any]:
    """What the template takes beside the page object: its figures as shapes, and the ways to other pages."""
    beside = chosen_beside()

    def href(view: str, unit: Unit, **asked: Any) -> str:
        return month_address(unit.code, page.month, page.definition.code, view=view, **asked)

    def month_href(unit: Unit, month: Month = page.month, order: Order = Order.STRAIN) -> str:
        sort = "" if order is Order.STRAIN else order.value
        return month_address(unit.code, month, page.definition.code, sort=sort, **{"with": beside})

    def reason_href(group: RoleGroup, reason: ReasonMonth) -> str:
        show = "" if reason.code else "absence"
        return href("records", page.unit, group=group.value, reason=reason.code, show=show)

    def staffing_href(unit: Unit) -> str:
        return address("staffing.staffing", code=unit.code, **as_at(page.as_at))

    children = [
        (
            child,
            {group: figure_of(row, page.definition) for group, row in child.rows.items()},
            # None where the unit was not open on the day of staffing
            child.staffing
            and [post_of(visit, child.staffing, child.staffing.of(role)) for role in TABLED_ROLES],
        )
        for child in page.children
    ]
    return {
        "href": href,
        "month_href": month_href,
        "staffing_href": staffing_href,
        "file_href": lambda view: href(view, page.unit, **{"with": beside}),
        "staffing": staffing_lines(visit, page.staffing),
        "ratio": f"Sergeants to constables and PCSOs: {ratio_in_words(page.staffing)}."
        f" {students_in_words(page.staffing.students)}".rstrip(),
        "groups": [
            {
                **_group(page, each, reason_href),
                "multiples": [
                    _multiple(each.group, child, month_href(child.unit), figures[each.group])
                    for child, figures, _posts in children
                ],
            }
            for each in page.groups
        ],
        "children": children,
        "columns": _COLUMNS,
        "changed_days": days_changed_since(visit.session, page.unit.path, page.month),
        "reason_columns": _REASON_COLUMNS,
        "orders": tuple(Order),
    }


def _group(
    page: MonthPage, found: GroupMonth, reason_href: Callable[[RoleGroup, ReasonMonth], str]
) -> dict[str, Any]:
    """A group's part of the page."""
    group, row, is_open = found.group, found.row, page.is_current or page.is_future
    return {
        "group": group,
        "row": row,
        "figure": figure_of(row, page.definition),
        "bar": None
        if row.allowed is None
        else headroom_bar(allowance=row.allowed, used=row.abstracted, planned=0),
        "headroom": headroom_in_words(row, is_open=is_open),
        "reasons": [(reason, reason_href(group, reason)) for reason in found.reasons],
        "reasons_without": found.reasons_without,
        "trend": trend(_months(page, found.trend), group.target, height=160),
        "trend_words": months_in_words(found.trend, group.target),
    }


def _months(page: MonthPage, rows: Sequence[RateRow]) -> list[MonthFigure]:
    months: list[MonthFigure] = []
    for row in rows:
        figure = figure_of(row, page.definition)
        words = figure.words
        if row.rate.is_known:
            words += f": {figure.basis}; confirmed for {percent(row.coverage)} of shifts"
        if figure.restated:
            words += f". Restated since sign-off: {figure.restated}"
        months.append(MonthFigure(row.month, row.rate, words, row.is_provisional, figure.href))
    return months


def _multiple(group: RoleGroup, child: ChildMonth, href: str, latest: Figure) -> SmallTrend:
    words = latest.words
    if latest.rate.is_known:
        words = f"{latest.value}, {words}{', provisional' if latest.provisional else ''}"
    rates = [(row.rate, row.is_provisional) for row in child.trends[group]]
    return small_multiple(child.unit.name, href, words, rates, group.target)
