"""The teams at and under a unit that are over target, however deep they lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level
from npt.performance.queries.rates import rates_of_units
from npt.performance.rules import RateRow, by_strain


@dataclass(frozen=True, slots=True)
class TeamsAgainstTarget:
    """How the teams of a unit stand in one month or several, a rate for each team, group and month."""

    #: over target, the furthest over first
    over: Sequence[tuple[Unit, RateRow]]
    #: without duty, so that nobody knows
    unknown: Sequence[tuple[Unit, RateRow]]


def teams_against_target(
    session: Session, unit: Unit, first: Month, last: Month, definition: DatedDefinition
) -> TeamsAgainstTarget:
    """The teams under `unit` that are over target in some month from `first` to `last`, and those not known.

    Three statements, whatever the size.
    """
    teams = list(session.scalars(select(Unit).where(within(unit.path), Unit.level == Level.TEAM)))
    named = {team.code: team for team in teams}
    rows = rates_of_units(session, teams, first, last, definition, while_open=True)
    over = sorted((row for row in rows if row.within is False), key=lambda row: by_strain([row]))
    unknown = [row for row in rows if row.within is None]
    return TeamsAgainstTarget(*([(named[row.unit], row) for row in part] for part in (over, unknown)))
