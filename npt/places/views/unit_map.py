"""The map of a unit: its ground, and that of the units under it, on a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above
from npt.places.drawing import Ground, draw
from npt.places.forms import MapForm
from npt.places.queries import shapes_under
from npt.places.rules import Shape
from npt.places.views.door import pages
from npt.webkit.as_at import as_at_unless_today
from npt.webkit.filters import day as day_in_words
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: What is shown of a unit of each level where nobody chooses: few enough to be told apart.
_USUAL = {
    Level.FORCE: Level.AREA,
    Level.BCU: Level.AREA,
    Level.AREA: Level.TEAM,
    Level.TEAM: Level.NEIGHBOURHOOD,
    Level.NEIGHBOURHOOD: Level.NEIGHBOURHOOD,
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """A unit on the map: its number there, and how many of its neighbourhoods have a boundary."""

    unit: Unit
    shapes: Sequence[Shape]
    number: int | None
    bounded: int
    neighbourhoods: int


@pages.read("/units/<code>/map", needs=Permission.SEE_UNITS, within="code")
def unit_map(visit: Visit[Unit]) -> Answer:
    """Where the unit lies, and the units under it."""
    form, usual = MapForm(), _USUAL[visit.place.level]
    form.offer([level for level in Level if level > visit.place.level or level is usual], usual)
    day, level = form.read_address(visit.today), form.level(usual)

    def address(unit: Unit) -> str:
        return url_for("places.unit_map", code=unit.code, **as_at_unless_today(visit, day))

    under = shapes_under(visit.session, visit.place.path, as_at=day)
    shown = _shown(under, level)
    return visit.render(
        form=form,
        day=day,
        above=above(visit, Permission.SEE_UNITS, address),
        drawing=draw(_grounds(shown, address) or _own_ground(visit.place, under)),
        table=_table(shown, day, level, address),
        missing=sum(each.neighbourhoods - each.bounded for each in shown),
        may_change=visit.may(Permission.MANAGE_UNITS, visit.place.path),
    )


def _grounds(shown: Sequence[_Shown], address: Callable[[Unit], str]) -> list[Ground]:
    """What is drawn of the units of the level."""
    return [Ground(each.unit.name, each.shapes, address(each.unit)) for each in shown if each.shapes]


def _own_ground(unit: Unit, under: Sequence[tuple[Unit, Shape | None]]) -> list[Ground]:
    """What is drawn where the unit has a boundary and those under it have none."""
    return [Ground(each.name, [shape]) for each, shape in under if each.id == unit.id and shape is not None]


def _shown(under: Sequence[tuple[Unit, Shape | None]], level: Level) -> list[_Shown]:
    """The units of the level, those with a shape numbered as they are drawn."""
    shown, number = list[_Shown](), 0
    for unit, own in under:
        if unit.level is not level:
            continue
        parts = [
            (each, shape)
            for each, shape in under
            if each.level is Level.NEIGHBOURHOOD and each.path.startswith(unit.path)
        ]
        shapes = [own] if own is not None else [shape for _, shape in parts if shape is not None]
        number += bool(shapes)
        bounded = sum(shape is not None for _, shape in parts)
        shown.append(_Shown(unit, shapes, number if shapes else None, bounded, len(parts)))
    return shown


def _table(
    shown: Sequence[_Shown], day: date, level: Level, address: Callable[[Unit], str]
) -> Table[_Shown] | None:
    columns: Columns[_Shown] = (
        Column("Name", lambda each: each.unit.name, holds_words=True),
        Column("On the map", lambda each: each.number, is_number=True, unknown="not drawn"),
        Column("Code", lambda each: each.unit.code),
        Column("Boundaries", _boundaries),
    )
    if not shown:
        return None
    return Table(
        f"{level.plural.capitalize()} on {day_in_words(day)}",
        columns,
        shown,
        href=lambda each: address(each.unit),
    )


def _boundaries(each: _Shown) -> str:
    if each.unit.level is Level.NEIGHBOURHOOD:
        return "known" if each.bounded else "none"
    if each.shapes and not each.bounded:
        return "its own"
    return f"{each.bounded} of {each.neighbourhoods}"
