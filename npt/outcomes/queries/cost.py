"""What went on with a team while a problem of it was open: hours lost to abstraction, and work that slipped.

Things that happened at the same time: nothing here says that one caused the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, counted_sums, daily_sums, default_definition
from npt.counting.rollup.sums import MonthSum
from npt.kit.clock import monday_of
from npt.kit.months import Month
from npt.people.rules import RoleGroup, group_of
from npt.problems.models import Problem
from npt.work.models import Action
from npt.work.rules import OPEN_STATES, ActionState

_WEEK = timedelta(days=7)
#: Weeks further back than this are not looked at: a page adds up their days one by one.
_LONGEST = timedelta(days=371)
#: A problem that was open longer is told of these months alone, the last.
_MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Slipped:
    """An action that was not done by its day, and the groups that were over target in that week."""

    what: str
    due_on: date
    #: when it was done or dropped; None while it is not
    ended_on: date | None
    over: Sequence[RoleGroup]


@dataclass(frozen=True, slots=True)
class WhileOpen:
    """What a team lost to abstraction while a problem was open, and which actions slipped."""

    first: date
    last: date
    #: minutes that counted as lost, and minutes on duty, by group; a group without duty is left out
    lost: Mapping[RoleGroup, tuple[int, int]]
    definition: str
    slipped: Sequence[Slipped]

    @property
    def minutes(self) -> int:
        """All that was lost."""
        return sum(lost for lost, _ in self.lost.values())

    @property
    def in_weeks_over(self) -> list[Slipped]:
        """The actions that slipped in weeks with abstraction over target."""
        return [each for each in self.slipped if each.over]


def while_open(session: Session, problem: Problem, *, today: date) -> WhileOpen:
    """What went on while a problem, whose matter and unit are loaded, was open, up to today.

    Four statements, two more for each end of it that is no whole month, and two where an action slipped.
    """
    definition = default_definition(session)
    last = min(problem.closed_on or today, today)
    first = max(problem.raised_on, Month.of(last).plus(1 - _MOST_MONTHS).first)
    lost = _lost(session, problem, definition, first, last)
    late = _late(session, problem, today)
    over = _over_target(session, problem, definition, [due_on for _, due_on, _ in late])
    slipped = [
        Slipped(what, due_on, ended_on, over.get(monday_of(due_on), ())) for what, due_on, ended_on in late
    ]
    return WhileOpen(first, last, lost, definition.name, slipped)


def _lost(
    session: Session, problem: Problem, definition: DatedDefinition, first: date, last: date
) -> dict[RoleGroup, tuple[int, int]]:
    """Minutes lost and minutes on duty of the problem's unit, by group, from a day to a day."""
    unit = problem.matter.unit
    whole = [Month.of(first), Month.of(last)]
    broken: list[tuple[date, date]] = []
    if first != whole[0].first:
        broken.append((first, min(whole[0].last, last)))
        whole[0] = whole[0].next
    if last != whole[1].last and whole[0] <= whole[1]:
        broken.append((whole[1].first, last))
        whole[1] = whole[1].previous
    lost: dict[RoleGroup, tuple[int, int]] = {}

    def add(group: RoleGroup, minutes: int, duty: int) -> None:
        so_far = lost.get(group, (0, 0))
        lost[group] = so_far[0] + minutes, so_far[1] + duty

    if whole[0] <= whole[1]:
        groups = {group.value: tuple(group.roles) for group in RoleGroup}
        for counted in counted_sums(session, [unit], whole[0], whole[1], definition, groups):
            add(RoleGroup(counted.group), counted.lost, counted.denominator)
    for start, end in broken:
        for part in daily_sums(session, unit.path, [unit.id], start, end):
            group = group_of(part.role)
            if group is not None:
                rate = definition.rate([part])
                add(group, rate.abstracted, rate.denominator)
    return lost


def _late(session: Session, problem: Problem, today: date) -> list[tuple[str, date, date | None]]:
    """The actions of a problem that were not done by their day, the earliest first."""
    is_late = or_(
        Action.state.in_(OPEN_STATES) & (Action.due_on < today),
        (Action.state == ActionState.DONE) & (Action.ended_on > Action.due_on),
    )
    asked = select(Action.what, Action.due_on, Action.ended_on).where(
        Action.matter_id == problem.matter_id, is_late
    )
    return [(what, due, ended) for what, due, ended in session.execute(asked.order_by(Action.due_on))]


def _over_target(
    session: Session, problem: Problem, definition: DatedDefinition, days: Sequence[date]
) -> Mapping[date, Sequence[RoleGroup]]:
    """By Monday, the groups whose abstraction was over target in the weeks of these days, the last year's."""
    if not days:
        return {}
    last = monday_of(max(days)) + _WEEK - timedelta(days=1)
    first = max(monday_of(min(days)), monday_of(last - _LONGEST))
    unit = problem.matter.unit
    wanted = {monday_of(each) for each in days}
    sums: dict[tuple[date, RoleGroup], list[MonthSum]] = {}
    for part in daily_sums(session, unit.path, [unit.id], first, last):
        group = group_of(part.role)
        if group is not None and monday_of(part.first) in wanted:
            sums.setdefault((monday_of(part.first), group), []).append(part)
    found: dict[date, list[RoleGroup]] = {}
    for (monday, group), parts in sums.items():
        if definition.rate(parts).within(group.target) is False:
            found.setdefault(monday, []).append(group)
    return found
