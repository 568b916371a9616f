"""Sums of whole months as a definition counts them, added up by the database.

For figures that stand beside many others, such as the units and months of a month page. What time was
lost to, reason by reason, is in `MonthSum`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from npt.counting.models import AWAY_SUMS, DUTY_SUMS
from npt.counting.queries.definitions import DatedDefinition
from npt.counting.rollup.read import whole_sums
from npt.counting.rules import lost_out_of, rate_of
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.shifts.models import REASONS
from npt.shifts.rules import ReasonKind
from npt.store.transaction import has_uncommitted_changes

#: the roles that are added up together, by what their sum is called
Groups = Mapping[str, tuple[PolicingRole, ...]]


class CountedSum(NamedTuple):
    """The shifts of some roles at and under a unit, in a period of one month that begins on `first`."""

    unit_id: int
    group: str
    first: date
    #: minutes that count as lost, and the minutes that the rate is over
    lost: int
    denominator: int
    shifts: int
    #: of days that a supervisor confirmed for the unit
    confirmed_shifts: int


def counted_sums(
    session: Session,
    units: Sequence[Unit],
    first_month: Month,
    last_month: Month,
    definition: DatedDefinition,
    groups: Groups,
) -> list[CountedSum]:
    """What `definition` counts of each of the units with everything under it, by group of roles.

    As `whole_sums`, which has it by role and reason: a month in the middle of which a definition changes
    comes in parts, and what has no shift is left out. Two statements.
    """
    if not units:
        return []
    if has_uncommitted_changes(session):
        return _from_whole_sums(session, units, first_month, last_month, definition, groups)
    stands = definition.stands(first_month.first, last_month.last)
    named = tuple(groups.items())
    asked: dict[str, object] = {
        "units": [unit.id for unit in units],
        "first": first_month.first,
        "last": last_month.last,
    }
    for number, (day, counting) in enumerate(stands):
        asked |= {f"since_{number}": day, f"counting_{number}": sorted(counting)}
    away = {
        (unit_id, day): minutes
        for unit_id, day, *minutes in session.execute(_away(len(stands), named), asked).all()
    }
    none_away = [None] * (2 * len(named))
    found: list[CountedSum] = []
    for unit_id, day, *duty in session.execute(_duty(named), asked).all():
        minutes = away.get((unit_id, day), none_away)
        for place, (group, _roles) in enumerate(named):
            rostered, shifts, confirmed = duty[3 * place : 3 * place + 3]
            if shifts:
                abstracted, absent = minutes[2 * place : 2 * place + 2]
                lost, denominator = lost_out_of(
                    int(abstracted or 0), int(absent or 0), int(rostered), definition.puts_absence_back
                )
                found.append(CountedSum(unit_id, group, day, lost, denominator, int(shifts), int(confirmed)))
    return found


_Named = tuple[tuple[str, tuple[PolicingRole, ...]], ...]


@cache
def _duty(groups: _Named) -> Select[*tuple[Any, ...]]:
    """Three sums for each of the groups: minutes rostered, shifts, shifts of confirmed days."""
    sums = DUTY_SUMS.c
    return (
        select(sums.unit_id, sums.starts_on)
        .add_columns(
            *(
                func.sum(column).filter(sums.role.in_(roles))
                for _group, roles in groups
                for column in (sums.rostered, sums.shifts, sums.confirmed_shifts)
            )
        )
        .where(
            sums.unit_id.in_(bindparam("units", expanding=True)),
            sums.is_whole,
            sums.starts_on.between(bindparam("first"), bindparam("last")),
        )
        .group_by(sums.unit_id, sums.starts_on)
    )


@cache
def _away(stands: int, groups: _Named) -> Select[*tuple[Any, ...]]:
    """Two sums for each of the groups: minutes of abstraction that count, minutes of absence.

    The definition counts in `stands` ways one after another, each from its own day on.
    """
    sums = AWAY_SUMS.c
    counts = or_(*(_counts(number, number + 1 < stands) for number in range(stands)))
    absences = select(REASONS.c.id).where(REASONS.c.kind == ReasonKind.ABSENCE)
    return (
        select(sums.unit_id, sums.starts_on)
        .add_columns(
            *(
                func.sum(sums.minutes).filter(sums.role.in_(roles), is_meant)
                for _group, roles in groups
                for is_meant in (counts, sums.reason_id.in_(absences))
            )
        )
        .where(
            sums.unit_id.in_(bindparam("units", expanding=True)),
            sums.is_whole,
            sums.starts_on.between(bindparam("first"), bindparam("last")),
        )
        .group_by(sums.unit_id, sums.starts_on)
    )


def _counts(number: int, has_later: bool) -> ColumnElement[bool]:
    """The condition that a sum is of abstraction that counts, while the definition stands in this way."""
    sums = AWAY_SUMS.c
    counting = select(REASONS.c.id).where(
        REASONS.c.kind == ReasonKind.ABSTRACTION,
        REASONS.c.code.in_(bindparam(f"counting_{number}", expanding=True)),
    )
    conditions = [sums.reason_id.in_(counting), sums.starts_on >= bindparam(f"since_{number}")]
    if has_later:
        conditions.append(sums.starts_on < bindparam(f"since_{number + 1}"))
    return and_(*conditions)


def _from_whole_sums(
    session: Session,
    units: Sequence[Unit],
    first_month: Month,
    last_month: Month,
    definition: DatedDefinition,
    groups: Groups,
) -> list[CountedSum]:
    """The same inside a transaction that has changed something: the roll-up follows when it ends."""
    found: dict[tuple[int, str, date], CountedSum] = {}
    for part in whole_sums(session, [unit.path for unit in units], first_month, last_month):
        rate = rate_of(part.tally, definition.on(part.first))
        for group, roles in groups.items():
            if part.role in roles:
                key = part.unit_id, group, part.first
                of_part = rate.abstracted, rate.denominator, part.shifts, part.confirmed_shifts
                so_far = found[key][3:] if key in found else (0, 0, 0, 0)
                found[key] = CountedSum(*key, *map(sum, zip(so_far, of_part, strict=True)))
    return list(found.values())
