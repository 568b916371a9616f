"""The files of limits on supervision and of the plan for people who give time, in and out.

A limit is known by force and first day, a target of the plan by unit, role and day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.rules import PolicingRole
from npt.sheets.columns import Column, Shape, choice, code, day, decimal
from npt.staffing.actions import MOST_HEADS, change_limit, change_target, set_limit, set_target
from npt.staffing.models import HeadsTarget, RatioLimit
from npt.staffing.rules import HIGHEST_LIMIT, LOWEST_LIMIT
from npt.store.exchange import ExportOrder
from npt.store.keyed import Keyed, KeyedRow, one_by_one
from npt.store.loading import loaded_with

# Limits -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LimitRow(KeyedRow):
    """One row of the file of limits."""

    unit: Unit
    people: Decimal
    starts_on: date


def _limits(session: Session, path: str | None) -> Sequence[RatioLimit]:
    asked = loaded_with(RatioLimit, RatioLimit.unit)
    if path is not None:
        asked = asked.where(within(path))
    return session.scalars(asked.order_by(Unit.path, RatioLimit.starts_on)).all()


LIMITS = Keyed(
    shape=Shape(
        "limits",
        (
            Column("unit", code, hint="the code of the force"),
            Column(
                "people",
                decimal(2, LOWEST_LIMIT, HIGHEST_LIMIT),
                hint="the most constables and PCSOs (FTE) to a sergeant",
            ),
            Column("from", day, hint="the first day; it holds until the next limit"),
        ),
    ),
    row=LimitRow,
    known_by=("unit", "starts_on"),
    about="people",
    names={"unit": UNITS_CODED},
    load=lambda session, rows: _limits(session, None),
    differs=lambda was, row: f"{was.people.normalize():f} are recorded for that day",
    take=one_by_one(
        add=lambda session, row, _order: set_limit(
            session, unit=row.unit, people=row.people, starts_on=row.starts_on
        ),
        change=lambda session, limit, row, _order: change_limit(session, limit, people=row.people),
    ),
    records=lambda session, order: _limits(session, order.path),
)

# The plan ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanRow(KeyedRow):
    """One row of the file of the plan."""

    unit: Unit
    role: PolicingRole
    heads: Decimal
    due_on: date


def _targets(session: Session, order: ExportOrder) -> Sequence[HeadsTarget]:
    """The targets at and under the path, those of the month if one is given."""
    asked = loaded_with(HeadsTarget, HeadsTarget.unit)
    if order.path is not None:
        asked = asked.where(within(order.path))
    if order.month is not None:
        asked = asked.where(HeadsTarget.due_on.between(order.month.first, order.month.last))
    return session.scalars(asked.order_by(Unit.path, HeadsTarget.role, HeadsTarget.due_on)).all()


PLAN = Keyed(
    shape=Shape(
        "plan",
        (
            Column("unit", code, hint="the code of the unit that plans"),
            Column("role", choice(PolicingRole), hint="special or volunteer"),
            Column("people", decimal(0, 0, MOST_HEADS), hint="how many there are to be"),
            Column("by", day, hint="the day by which there are to be so many"),
        ),
    ),
    row=PlanRow,
    known_by=("unit", "role", "due_on"),
    about="heads",
    names={"unit": UNITS_CODED},
    load=lambda session, rows: _targets(session, ExportOrder(None, None)),
    differs=lambda was, row: f"{was.heads:f} are recorded for that day",
    take=one_by_one(
        add=lambda session, row, _order: set_target(
            session, unit=row.unit, role=row.role, due_on=row.due_on, heads=int(row.heads)
        ),
        change=lambda session, target, row, _order: change_target(session, target, heads=int(row.heads)),
    ),
    records=_targets,
)
