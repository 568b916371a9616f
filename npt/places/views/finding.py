"""The team of a postcode, a street, a place or a point, for everybody."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Open, Permission
from npt.organisation.models import Unit
from npt.places.drawing import Drawing, Ground, Pin, draw
from npt.places.forms import FindForm
from npt.places.queries import Answers, Match, answers, shape_of
from npt.places.rules import BadPoint, advice_on_postcode
from npt.places.views.door import pages
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: More than this nobody reads through: whoever looks says more.
MOST_SHOWN = 20


@pages.read("/find", needs=Open("whoever lives here may know which team is theirs; no person is named"))
def find(visit: Visit[None]) -> Answer:
    """Which neighbourhood and team somebody's place has."""
    form = FindForm()
    found = _found(visit, form) if form.validate() and form.value() else None
    only = found.matches[0] if found is not None and len(found.matches) == 1 else None
    return visit.render(
        form=form,
        found=found,
        advice=advice_on_postcode(form.value()),
        only=only,
        address_of=lambda unit: _address(visit, unit),
        drawing=_drawing(visit, only),
        table=_table(visit, found.matches) if found is not None and only is None else None,
        further=0 if found is None else max(0, len(found.matches) - MOST_SHOWN),
    )


def _found(visit: Visit[None], form: FindForm) -> Answers | None:
    try:
        return answers(visit.session, form.value(), as_at=visit.today)
    except BadPoint as refusal:
        form.q.refuse(refusal.message)
        return None


def _address(visit: Visit[None], unit: Unit) -> str:
    """The page of the unit, for who may open it."""
    return url_for("overview.unit", code=unit.code) if visit.may(Permission.SEE_UNITS, unit.path) else ""


def _drawing(visit: Visit[None], match: Match | None) -> Drawing | None:
    unit = None if match is None else match.neighbourhood
    shape = None if unit is None else shape_of(visit.session, unit)
    if match is None or unit is None or shape is None:
        return None
    pins = [] if match.point is None else [Pin(match.name, match.point)]
    return draw([Ground(unit.name, [shape])], pins)


def _table(visit: Visit[None], matches: Sequence[Match]) -> Table[Match] | None:
    columns: Columns[Match] = (
        Column("Place", lambda each: each.name, holds_words=True),
        Column("Neighbourhood", lambda each: _name(each.neighbourhood), holds_words=True, unknown="several"),
        Column("Team", lambda each: _name(each.team), holds_words=True, unknown="several"),
    )
    shown = matches[:MOST_SHOWN]
    if not shown:
        return None
    return Table(
        "Matches",
        columns,
        shown,
        href=lambda each: "" if each.unit is None else _address(visit, each.unit),
    )


def _name(unit: Unit | None) -> str | None:
    return None if unit is None else unit.name
