"""The demonstration force has months worth looking at, and a day on which there is something to do."""

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from npt.counting.rules import DEFAULT_DEFINITION, is_provisional
from npt.demonstration.confirmations import BEHIND
from npt.demonstration.places import FORCE_CODE, SHOWN_TEAM
from npt.demonstration.targets import OVER
from npt.duty.queries import unconfirmed_days
from npt.kit.clock import to_local
from npt.kit.months import Month
from npt.organisation.rules import Level
from npt.performance.queries import rates
from npt.performance.rules import RateRow
from npt.shifts.models import Shift
from npt.shifts.queries import day_grid
from tests.records.demonstration.loading import LAST_FULL_MONTH, TODAY, Loaded


def _rates(demonstration: Loaded, first: Month, last: Month) -> list[RateRow]:
    """The rates of every unit but the neighbourhoods, by group."""
    levels = (Level.FORCE, Level.BCU, Level.AREA, Level.TEAM)
    unit = demonstration.unit(FORCE_CODE)
    return [
        row
        for level in levels
        for row in rates(
            demonstration.session,
            unit=unit,
            first=first,
            last=last,
            each=level,
            definition=DEFAULT_DEFINITION,
        )
    ]


def test_in_the_last_three_full_months_two_groups_are_over_target_and_no_other(demonstration: Loaded) -> None:
    rows = _rates(demonstration, LAST_FULL_MONTH.plus(-2), LAST_FULL_MONTH)
    over = Counter((row.unit, row.group) for row in rows if row.within is False)
    assert over == {(unit, group.value): 3 for unit, group in OVER}


def test_the_rate_of_every_team_and_group_is_known_in_each_of_the_thirteen_full_months(
    demonstration: Loaded,
) -> None:
    rows = _rates(demonstration, LAST_FULL_MONTH.plus(-12), LAST_FULL_MONTH)
    assert len(rows) == (1 + 2 + 10 + 35) * 2 * 13
    assert [row for row in rows if row.within is None and row.level is not Level.TEAM] == []
    assert [row for row in rows if row.abstracted == 0 and row.group == "officers"] == []


def test_only_one_team_is_so_far_behind_with_confirming_that_its_last_month_is_provisional(
    demonstration: Loaded,
) -> None:
    rows = _rates(demonstration, LAST_FULL_MONTH, LAST_FULL_MONTH)
    assert {row.unit for row in rows if is_provisional(row.coverage)} == {BEHIND}


def test_of_the_sergeants_team_only_yesterday_waits_to_be_confirmed(demonstration: Loaded) -> None:
    path, yesterday = demonstration.unit(SHOWN_TEAM).path, TODAY - timedelta(days=1)
    waiting = unconfirmed_days(demonstration.session, path, date(2025, 10, 1), yesterday)
    assert [day.on_date for day in waiting] == [yesterday]


def test_the_sergeants_team_is_on_duty_all_day_and_somebody_is_away(demonstration: Loaded) -> None:
    grid = day_grid(demonstration.session, demonstration.unit(SHOWN_TEAM), TODAY)
    shifts = [shift for row in grid.rows for shift in row.shifts]
    kinds = {away.kind.value for shift in shifts for away in shift.away}
    hours = {
        hour
        for shift in shifts
        for hour in range(24)
        if _covers(shift.interval.starts, shift.interval.ends, hour)
    }
    assert kinds == {"absence", "abstraction"}
    assert hours >= set(range(7, 24))
    assert sum(not shift.away for shift in shifts) >= 3, "three members must be free for a sergeant to choose"


def _covers(starts: datetime, ends: datetime, hour: int) -> bool:
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, hour, 30, tzinfo=to_local(starts).tzinfo)
    return starts <= moment < ends


def test_the_roster_reaches_from_thirteen_full_months_back_to_four_weeks_ahead(demonstration: Loaded) -> None:
    first, last, count = demonstration.session.execute(
        select(func.min(Shift.on_date), func.max(Shift.on_date), func.count())
    ).one()
    assert (first, last) == (date(2025, 10, 1), TODAY + timedelta(days=28))
    assert 45_000 <= count <= 62_000
