"""Questions of performance, one file a screen: rates, the month, headroom, the records behind a figure."""

from npt.performance.queries.cover import DutyNow, away_all_day, duty_now
from npt.performance.queries.definitions import EveryDefinition, UnderEach, under_every_definition
from npt.performance.queries.headroom import (
    Effect,
    HeadroomPage,
    Room,
    headroom_page,
    headrooms_under,
    what_if,
)
from npt.performance.queries.month import ChildMonth, GroupMonth, MonthPage, Order, ReasonMonth, month_page
from npt.performance.queries.people import MemberCounted, members_counted
from npt.performance.queries.rates import (
    UnknownDefinition,
    definition_named,
    rates,
    rates_of_units,
)
from npt.performance.queries.records import (
    Asked,
    FigureBehind,
    ShiftBehind,
    Shown,
    figure_behind,
)
from npt.performance.queries.side_by_side import beside, rates_under
from npt.performance.queries.teams import TeamsAgainstTarget, teams_against_target
