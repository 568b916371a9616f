"""The same minutes of a month under every definition that the force has."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from npt.counting.queries import DatedDefinition, definitions
from npt.counting.rollup.read import whole_sums
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.people.rules import RoleGroup
from npt.performance.queries.rates import parts_of, row_in
from npt.performance.rules import Breakdown, RateRow, folded


@dataclass(frozen=True, slots=True)
class UnderEach:
    """The rates of a unit and a group, in the order of the definitions."""

    unit: Unit
    group: RoleGroup
    rows: Sequence[RateRow]


@dataclass(frozen=True, slots=True)
class EveryDefinition:
    """A month of a unit, and of each unit right under it, under every definition that covers it."""

    definitions: Sequence[DatedDefinition]
    lines: Sequence[UnderEach]


def under_every_definition(session: Session, unit: Unit, month: Month) -> EveryDefinition:
    """The rates from one reading of the minutes. Four statements, however many definitions there are."""
    known = [each for each in definitions(session) if each.covers(month)]
    under = [each for each in children(session, unit, month=month) if each.level is not Level.NEIGHBOURHOOD]
    units = [unit, *under]
    sums = whole_sums(session, [each.path for each in units], month, month)
    counted = {each.code: folded(parts_of(sums, units, each), Breakdown.GROUP) for each in known}
    return EveryDefinition(
        known,
        [
            UnderEach(
                each,
                group,
                [row_in(counted[one.code], each, group.value, month, one.code) for one in known],
            )
            for each in units
            for group in RoleGroup
        ],
    )
