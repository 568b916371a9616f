"""The file of streets. A street is known by its name and its point: there is a High Street in every town."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.places.actions import add_street, change_street
from npt.places.exchange.under import those_under
from npt.places.models import Street
from npt.places.rules import degrees, read_degrees
from npt.sheets.columns import Column, Shape, code, text
from npt.store.batches import found_by
from npt.store.exchange import ExportOrder
from npt.store.keyed import Keyed, KeyedRow, one_by_one

_WITH_NEIGHBOURHOOD = (
    select(Street).outerjoin(Street.neighbourhood).options(contains_eager(Street.neighbourhood))
)


@dataclass(frozen=True, slots=True)
class StreetRow(KeyedRow):
    """One row of the file, typed; the point in degrees."""

    name: str
    lat: Decimal
    lng: Decimal
    neighbourhood: Unit | None


def _degrees(text: str) -> Decimal:
    return degrees(read_degrees(text))


def _load(session: Session, rows: Sequence[StreetRow]) -> Iterator[Street]:
    return found_by(session, _WITH_NEIGHBOURHOOD, Street.name, {row.name for row in rows})


def _as_row(street: Street) -> StreetRow:
    return StreetRow(0, street.name, degrees(street.lat), degrees(street.lng), street.neighbourhood)


def _differs(was: StreetRow, row: StreetRow) -> str:
    recorded = "no neighbourhood" if was.neighbourhood is None else was.neighbourhood.code
    return f"{row.name} is recorded there with {recorded}"


def _records(session: Session, order: ExportOrder) -> Iterator[Street]:
    asked = _WITH_NEIGHBOURHOOD.order_by(Street.name, Street.lat, Street.lng)
    return those_under(session, order.path, session.scalars(asked), order.today)


STREETS = Keyed(
    shape=Shape(
        "streets",
        (
            Column("street", text(120), hint="the name of the street"),
            Column("lat", _degrees, hint="the latitude in degrees"),
            Column("lng", _degrees, hint="the longitude in degrees"),
            Column("neighbourhood", code, is_required=False, hint="the code of the neighbourhood"),
        ),
    ),
    row=StreetRow,
    known_by=("name", "lat", "lng"),
    about="neighbourhood",
    kept=("neighbourhood",),
    names={"neighbourhood": UNITS_CODED},
    load=_load,
    as_row=_as_row,
    differs=_differs,
    take=one_by_one(
        add=lambda session, row, _order: add_street(
            session, name=row.name, lat=row.lat, lng=row.lng, neighbourhood=row.neighbourhood
        ),
        change=lambda session, street, row, _order: change_street(
            session, street, neighbourhood=row.neighbourhood
        ),
    ),
    records=_records,
)
