"""Sums of whole months, read from the roll-up: however much history there is, only what is asked for is read.

Inside a transaction that has changed something and is not over yet, the sums are added up from the shifts
instead: the roll-up follows when it ends.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Date, Select, bindparam, select
from sqlalchemy.orm import Session

from npt.counting.models import AwaySum, DefinitionReason, DutySum
from npt.counting.rollup.sums import AwayLine, DutyLine, MonthSum, assembled, in_text, period_sums, periods
from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.organisation.rules import Level, Lineage, subtree_bounds
from npt.shifts.models import Reason
from npt.shifts.rules import ReasonKind
from npt.store.transaction import has_uncommitted_changes

_Sums = type[DutySum] | type[AwaySum]


def monthly_sums(session: Session, path: str, first_month: Month, last_month: Month) -> list[MonthSum]:
    """The sums of every unit at or under `path`, by role and month, in the order of units, roles and days.

    A month in the middle of which a definition changes comes in parts. Units, roles and months without a
    shift are left out. Two statements, whatever the size.
    """
    if has_uncommitted_changes(session):
        return _from_shifts(session, path, first_month, last_month)

    lower, upper = subtree_bounds(path)
    return _read(session, _OWN, first_month, last_month, {"lower": lower, "upper": upper})


def whole_sums(
    session: Session, paths: Collection[str], first_month: Month, last_month: Month
) -> list[MonthSum]:
    """As `monthly_sums`, but of each of the units at `paths` with everything under it, and of no other.

    Two statements that read a few rows for each unit and month, be it a team or a force.
    """
    if not paths:
        return []
    if has_uncommitted_changes(session):
        return _from_parts(session, paths, first_month, last_month)

    return _read(session, _WHOLE, first_month, last_month, {"paths": sorted(paths)})


def days_of_change(session: Session, first: date, last: date) -> list[date]:
    """The days after `first`, up to `last`, from which some definition counts otherwise, in order."""
    return list(session.scalars(_DAYS_OF_CHANGE, {"after": first, "until": last}))


_DAYS_OF_CHANGE = (
    select(DefinitionReason.starts_on)
    .where(DefinitionReason.starts_on > bindparam("after"), DefinitionReason.starts_on <= bindparam("until"))
    .distinct()
    .order_by(DefinitionReason.starts_on)
)


class _Question(NamedTuple):
    """What is asked of the two tables; put together once, for it takes longer than the answer."""

    duty: Select[int, str, date, date, int, int, int]
    away: Select[int, str, date, str, str, int]


def _question(of: Callable[[_Sums], ColumnElement[bool]]) -> _Question:
    days = bindparam("first", type_=Date), bindparam("last", type_=Date)
    return _Question(
        duty=select(
            DutySum.unit_id,
            in_text(DutySum.role),
            DutySum.starts_on,
            DutySum.ends_on,
            DutySum.rostered,
            DutySum.shifts,
            DutySum.confirmed_shifts,
        )
        .join(Unit, Unit.id == DutySum.unit_id)
        .where(of(DutySum), DutySum.starts_on.between(*days), DutySum.shifts > 0),
        away=select(
            AwaySum.unit_id,
            in_text(AwaySum.role),
            AwaySum.starts_on,
            Reason.code,
            in_text(Reason.kind),
            AwaySum.minutes,
        )
        .join(Unit, Unit.id == AwaySum.unit_id)
        .join(Reason, Reason.id == AwaySum.reason_id)
        .where(of(AwaySum), AwaySum.starts_on.between(*days), AwaySum.minutes > 0),
    )


def _own(sums: _Sums) -> ColumnElement[bool]:
    under = (Unit.path >= bindparam("lower")) & (Unit.path < bindparam("upper"))
    # What a team has is kept as whole, since nothing under it has shifts.
    return under & (sums.is_whole == (Unit.level == Level.TEAM))


def _whole(sums: _Sums) -> ColumnElement[bool]:
    return Unit.path.in_(bindparam("paths", expanding=True)) & sums.is_whole


_OWN, _WHOLE = _question(_own), _question(_whole)


def _read(
    session: Session, asked: _Question, first: Month, last: Month, of: Mapping[str, object]
) -> list[MonthSum]:
    values = {"first": first.first, "last": last.last, **of}
    return assembled(session.execute(asked.duty, values), session.execute(asked.away, values))


def _from_shifts(session: Session, path: str, first_month: Month, last_month: Month) -> list[MonthSum]:
    cuts = days_of_change(session, first_month.first, last_month.last)
    return period_sums(session, path, periods(first_month, last_month, cuts))


def _from_parts(
    session: Session, paths: Collection[str], first_month: Month, last_month: Month
) -> list[MonthSum]:
    """Under each of the topmost of the `paths`, the sums of every unit, added up for those above it."""
    tops: list[str] = []
    for path in sorted(paths):
        if not tops or not path.startswith(tops[-1]):
            tops.append(path)
    found: list[MonthSum] = []
    for top in tops:
        lineages = {
            unit_id: Lineage.parse(path)
            for unit_id, path in session.execute(select(Unit.id, Unit.path).where(within(top)))
        }
        wholes = {lineage.path: unit_id for unit_id, lineage in lineages.items() if lineage.path in paths}
        parts = _from_shifts(session, top, first_month, last_month)
        found += folded_up(parts, lineages, wholes)
    return found


def folded_up(
    parts: Iterable[MonthSum], lineages: Mapping[int, Lineage], wholes: Mapping[str, int]
) -> list[MonthSum]:
    """The sums of the units of `wholes` (keys by paths), each with the parts that lie at and under it."""
    duty: dict[tuple[int, str, date], DutyLine] = {}
    away: dict[tuple[int, str, date, str], AwayLine] = {}
    for part in parts:
        lineage = lineages[part.unit_id]
        for above in (lineage, *lineage.ancestors):
            if above.path in wholes:
                key = wholes[above.path], part.role.value, part.first
                *_, rostered, shifts, confirmed = duty.get(key, (*key, part.last, 0, 0, 0))
                duty[key] = (
                    *key,
                    part.last,
                    rostered + part.rostered,
                    shifts + part.shifts,
                    confirmed + part.confirmed_shifts,
                )
                for kind, lost in (
                    (ReasonKind.ABSENCE, part.absent),
                    (ReasonKind.ABSTRACTION, part.abstracted),
                ):
                    for code, minutes in lost.items():
                        *_, so_far = away.get((*key, code), (*key, code, kind.value, 0))
                        away[*key, code] = (*key, code, kind.value, so_far + minutes)
    return assembled(duty.values(), away.values())
