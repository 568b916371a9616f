"""Questions about definitions and reasons as records: what was changed, and what a change would restate."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from npt.counting.models import Definition, DefinitionChange
from npt.counting.queries.definitions import DatedDefinition
from npt.counting.rules import MarkChange, MonthMoved, Moved, Restatement, mark_on, moved
from npt.kit.months import Month
from npt.kit.spans import lasts
from npt.people.rules import RoleGroup, group_of
from npt.shifts.models import Away, Reason, Shift


@dataclass(frozen=True, slots=True)
class ReasonUse:
    """How many records name a reason, and the first and the last day of them; None without any."""

    records: int
    first_on: date | None
    last_on: date | None


def reason_record(session: Session, code: str) -> Reason | None:
    """The reason of this code, to change it; None when there is none."""
    # Looked for here and not in SQL: what stands in an address may be no text for a database.
    return next((each for each in session.scalars(select(Reason)) if each.code == code), None)


def definition_record(session: Session, code: str) -> Definition | None:
    """The definition of this code, to change it; None when there is none."""
    return next((each for each in session.scalars(select(Definition)) if each.code == code), None)


def definition_records(session: Session) -> list[Definition]:
    """Every definition, in the order in which they were added."""
    return list(session.scalars(select(Definition).order_by(Definition.id)))


def use_of(session: Session, reason: Reason) -> ReasonUse:
    """How much a reason was used, over all units and days. One statement."""
    asked = (
        select(func.count(), func.min(Shift.on_date), func.max(Shift.on_date))
        .select_from(Away)
        .join(Shift, Shift.id == Away.shift_id)
        .where(Away.reason_id == reason.id)
    )
    records, first_on, last_on = session.execute(asked).one()
    return ReasonUse(records, first_on, last_on)


def changes_of(session: Session, definition: Definition) -> list[DefinitionChange]:
    """Every change of what counts under a definition, latest first, with who made it. Two statements."""
    asked = (
        select(DefinitionChange)
        .where(DefinitionChange.definition_id == definition.id)
        .options(joinedload(DefinitionChange.account), selectinload(DefinitionChange.lines))
        .order_by(DefinitionChange.id.desc())
    )
    return list(session.scalars(asked))


def still_stands(definition: DatedDefinition, change: DefinitionChange, codes: Mapping[int, str]) -> bool:
    """Whether the definition still says what a change (its lines loaded) wrote; `codes` by key."""
    return all(
        mark_on(definition.marks.get(codes[line.reason_id], ()), change.starts_on) is line.counts
        for line in change.lines
    )


def restatement(session: Session, definition: DatedDefinition, changes: Sequence[MarkChange]) -> Restatement:
    """What changes of what counts under a definition restate, over all units, by month and group.

    Time away of special constables and volunteers, who have no target, is in no figure. One statement.
    """
    days = [each for change in changes for each in moved(change, definition.marks.get(change.reason, ()))]
    records: defaultdict[tuple[Month, RoleGroup, bool], list[int]] = defaultdict(lambda: [0, 0])
    if days:
        for code, day, role, count, minutes in session.execute(_away_on(days)):
            group = group_of(role)
            counts = next(each.counts for each in days if each.reason == code and _lies_in(day, each))
            if group is not None:
                line = records[Month.of(day), group, counts]
                line[0] += count
                line[1] += int(minutes)
    order = {group: place for place, group in enumerate(RoleGroup)}
    return Restatement(
        tuple(changes),
        tuple(
            MonthMoved(month, group, counts, *records[month, group, counts])
            for month, group, counts in sorted(records, key=lambda key: (key[0], order[key[1]], key[2]))
        ),
    )


def _away_on(days: Sequence[Moved]) -> Select[*tuple[Any, ...]]:
    """Time away by reason, day and role: how many records, and their minutes."""
    of_one = [
        and_(
            Reason.code == each.reason,
            Shift.on_date >= each.first,
            true() if each.last is None else Shift.on_date <= each.last,
        )
        for each in days
    ]
    return (
        select(Reason.code, Shift.on_date, Shift.role, func.count(), func.sum(Away.minutes))
        .select_from(Away)
        .join(Shift, Shift.id == Away.shift_id)
        .join(Reason, Reason.id == Away.reason_id)
        .where(or_(*of_one))
        .group_by(Reason.code, Shift.on_date, Shift.role)
    )


def _lies_in(day: date, span: Moved) -> bool:
    return span.first <= day and lasts(span.last, day)
