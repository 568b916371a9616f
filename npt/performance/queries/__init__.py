"""Questions of performance, one file a screen: rates, the month, the records behind a figure."""

from npt.performance.queries.month import ChildMonth, GroupMonth, MonthPage, ReasonMonth, month_page
from npt.performance.queries.rates import UnknownDefinition, definition_named, rates
from npt.performance.queries.records import FigureBehind, ShiftBehind, figure_behind

__all__ = [
    "ChildMonth",
    "FigureBehind",
    "GroupMonth",
    "MonthPage",
    "ReasonMonth",
    "ShiftBehind",
    "UnknownDefinition",
    "definition_named",
    "figure_behind",
    "month_page",
    "rates",
]
