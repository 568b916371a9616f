"""Questions of performance, one file a screen: rates, the month, the records behind a figure."""

from npt.performance.queries.cover import away_all_day
from npt.performance.queries.month import ChildMonth, GroupMonth, MonthPage, Order, ReasonMonth, month_page
from npt.performance.queries.rates import UnknownDefinition, check_covers, definition_named, rates
from npt.performance.queries.records import (
    PER_PAGE,
    Asked,
    FigureBehind,
    ShiftBehind,
    Shown,
    figure_behind,
)

__all__ = [
    "PER_PAGE",
    "Asked",
    "ChildMonth",
    "FigureBehind",
    "GroupMonth",
    "MonthPage",
    "Order",
    "ReasonMonth",
    "ShiftBehind",
    "Shown",
    "UnknownDefinition",
    "away_all_day",
    "check_covers",
    "definition_named",
    "figure_behind",
    "month_page",
    "rates",
]
