"""The file of establishments, in and out: known by unit, role and first day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.people.rules import PolicingRole
from npt.sheets.columns import Column, Shape, choice, code, day, decimal
from npt.staffing.actions import MOST_POSTS, change_establishment, set_establishment
from npt.staffing.models import Establishment
from npt.staffing.queries import establishments_in, establishments_under
from npt.store.exchange import ImportOrder
from npt.store.keyed import Keyed, KeyedRow, one_by_one

#: The reason that a file leaves behind, which has no column for one.
IMPORTED = "Brought in from a file"


@dataclass(frozen=True, slots=True)
class EstablishmentRow(KeyedRow):
    """One row of the file."""

    unit: Unit
    role: PolicingRole
    posts: Decimal
    starts_on: date
    ends_on: date | None


def _differs(was: EstablishmentRow, row: EstablishmentRow) -> str:
    until = was.ends_on.isoformat() if was.ends_on else "further notice"
    return (
        f"{was.unit.code} is recorded with {was.posts.normalize():f} posts for this role from"
        f" {was.starts_on.isoformat()} until {until}"
    )


def _add(session: Session, row: EstablishmentRow, order: ImportOrder) -> None:
    set_establishment(
        session,
        unit=row.unit,
        role=row.role,
        posts=row.posts,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        stamp=order.stamp,
        reason=IMPORTED,
    )


def _change(session: Session, record: Establishment, row: EstablishmentRow, order: ImportOrder) -> None:
    change_establishment(
        session,
        record,
        posts=row.posts,
        ends_on=row.ends_on,
        stamp=order.stamp,
        reason=IMPORTED,
    )


ESTABLISHMENT = Keyed(
    shape=Shape(
        "establishment",
        (
            Column("unit", code, hint="the code of the unit that has the posts"),
            Column(
                "role", choice(PolicingRole), hint="inspector, sergeant, constable, pcso, special, volunteer"
            ),
            Column("posts", decimal(2, 0, MOST_POSTS), hint="the number of funded posts (FTE)"),
            Column("from", day, hint="the first day, like 2008-04-01"),
            Column("to", day, is_required=False),
        ),
    ),
    row=EstablishmentRow,
    known_by=("unit", "role", "starts_on"),
    about="posts",
    names={"unit": UNITS_CODED},
    load=lambda session, rows: establishments_in(session, {row.unit.id for row in rows}),
    differs=_differs,
    take=one_by_one(add=_add, change=_change),
    records=lambda session, order: (
        each for each in establishments_under(session, order.path) if order.covers(each.span)
    ),
)
