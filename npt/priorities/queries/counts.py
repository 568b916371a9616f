"""How many priorities there are, and what waits about them, team by team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, extract, func, select
from sqlalchemy.orm import Session

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.priorities.models import Priority
from npt.priorities.queries.priorities import Sought, condition_of, of_place
from npt.priorities.rules import Ending

#: What is counted of each team.
COUNTED = (
    Sought.PRESENT,
    Sought.PROPOSED,
    Sought.WITHOUT_RECORD,
    Sought.OVERDUE,
    Sought.WAITING,
    Sought.REFUSED,
    Sought.REFUSED_TWICE,
    Sought.PROBLEM_CLOSED,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many priorities of a team are on each list."""

    team: Unit
    on: Mapping[Sought, int]

    def of(self, sought: Sought) -> int:
        """How many are on a list."""
        return self.on.get(sought, 0)


def counts_under(session: Session, place: Unit, today: date) -> list[Counts]:
    """The teams at or under a unit that stand today, each with its counts. Two statements."""
    teams = units_under(session, place.path, as_at=today, level=Level.TEAM)
    columns = [_sum(condition_of(each, today)).label(each.name) for each in COUNTED]
    asked = select(Priority.unit_id, *columns).join(Unit, Unit.id == Priority.unit_id)
    rows = session.execute(asked.where(of_place(place)).group_by(Priority.unit_id))
    found = {row.unit_id: {each: getattr(row, each.name) for each in COUNTED} for row in rows}
    return [Counts(team, found.get(team.id, {})) for team in teams]


def total_at(session: Session, place: Unit, today: date) -> dict[Sought, int]:
    """How many priorities of a unit, or of a neighbourhood, are on each list. One statement."""
    columns = [_sum(condition_of(each, today)).label(each.name) for each in COUNTED]
    asked = select(*columns).select_from(Priority).join(Unit, Unit.id == Priority.unit_id)
    row = session.execute(asked.where(of_place(place))).one()
    return {each: getattr(row, each.name) or 0 for each in COUNTED}


def ended_under(session: Session, place: Unit, month: Month) -> dict[Ending, int]:
    """How the priorities of a unit ended that closed in a month; an ending of none is left out."""
    asked = (
        select(Priority.ending, func.count())
        .join(Unit, Unit.id == Priority.unit_id)
        .where(of_place(place), Priority.closed_on.between(month.first, month.last))
        .group_by(Priority.ending)
    )
    return {ending: count for ending, count in session.execute(asked) if ending is not None}


def months_of_closing(session: Session, place: Unit) -> list[Month]:
    """The months in which priorities of a unit closed, the latest first. One statement."""
    year, month = extract("year", Priority.closed_on), extract("month", Priority.closed_on)
    asked = select(year, month).join(Unit, Unit.id == Priority.unit_id).distinct()
    rows = session.execute(asked.where(of_place(place), Priority.closed_on.is_not(None)))
    return sorted((Month(int(each[0]), int(each[1])) for each in rows), reverse=True)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
