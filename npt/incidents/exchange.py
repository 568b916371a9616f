"""The file of incidents, in and out. An incident is known by its reference."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from npt.categories.exchange import CATEGORIES_CODED
from npt.categories.models import Category
from npt.categories.queries import categories
from npt.categories.rules import LONGEST_CODE
from npt.incidents.actions import IncidentRecording, WantedIncident
from npt.incidents.models import Incident
from npt.incidents.queries import Sought, counts_by_month, reach_of, sought_at
from npt.incidents.rules import LONGEST_REFERENCE, LONGEST_STREET
from npt.kit.clock import Reading
from npt.kit.months import Month
from npt.organisation.exchange import UNITS_CODED
from npt.organisation.models import Unit
from npt.places.rules import degrees, read_degrees
from npt.sheets.columns import Column, Shape, code, instant, text
from npt.store.exchange import ExportOrder, ImportOrder, Saved, Tell, exports, imports
from npt.store.rows import Bulk


def _wanted(
    line: int,
    reference: str,
    at: Reading,
    category: Category,
    lat: int | None,
    lng: int | None,
    neighbourhood: Unit | None,
    street: str | None,
) -> WantedIncident:
    return WantedIncident(line, reference, at.instant, category, lat, lng, neighbourhood, street)


def _start(session: Session, order: ImportOrder) -> Callable[[Sequence[WantedIncident], Tell], Saved]:
    return IncidentRecording(session, order.now, order.may_update).take


def _lines(session: Session, order: ExportOrder) -> Iterator[Sequence[object]]:
    month = order.month
    sought = Sought() if month is None else Sought(month.first, month.last)
    asked = sought_at(order.path, sought).order_by(Incident.happened_at, Incident.reference)
    for each in session.scalars(asked.execution_options(yield_per=5_000)):
        yield (
            each.reference,
            each.happened_at,
            each.category.code,
            None if each.lat is None else degrees(each.lat),
            None if each.lng is None else degrees(each.lng),
            each.unit.code,
            each.street,
        )


INCIDENTS = Bulk(
    shape=Shape(
        "incidents",
        (
            Column("ref", text(LONGEST_REFERENCE), hint="the reference of the incident"),
            Column("at", instant, hint="when it happened", is_instant=True),
            Column("category", text(LONGEST_CODE), hint="the code of the category"),
            Column("lat", read_degrees, is_required=False, hint="the latitude in degrees"),
            Column("lng", read_degrees, is_required=False, hint="the longitude in degrees"),
            Column("neighbourhood", code, is_required=False, hint="the code of the neighbourhood"),
            Column("street", text(LONGEST_STREET), is_required=False, hint="the name of the street"),
        ),
    ),
    make=_wanted,
    names={"category": CATEGORIES_CODED, "neighbourhood": UNITS_CODED},
    start=_start,
    lines=_lines,
)


def incidents_as_json(session: Session, unit: Unit, month: Month) -> dict[str, Any]:
    """The incidents of a unit and all under it in a month, by category: numbers alone.

    Each is null where the month is not known, because no file reaches over it.
    """
    reach = reach_of(session, unit.path)
    is_known = reach is not None and reach.knows(month)
    found = counts_by_month(session, unit.path, month, month)
    rows = [
        {"category": each.code, "incidents": found.get((month, each.id), 0) if is_known else None}
        for each in categories(session)
        if each.is_open_on(month.first) or (month, each.id) in found
    ]
    return {"unit": unit.code, "month": str(month), "rows": rows}


IMPORTS = imports(INCIDENTS)
EXPORTS = exports(INCIDENTS)
