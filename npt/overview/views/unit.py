"""What is known of a neighbourhood, and of a wider unit the sum of its own."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.queries import children
from npt.organisation.rules import Level
from npt.organisation.views import above
from npt.organisation.wording import class_in_words
from npt.overview.cards import CARDS
from npt.overview.cards.card import Patch
from npt.overview.named_contacts import Contacts, contacts_of
from npt.overview.views.door import pages
from npt.performance.views.cover import contact_shown
from npt.places.drawing import Drawing, Ground, draw
from npt.places.queries import shapes_under
from npt.staffing.queries import NeighbourhoodCover
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.parts import Link
from npt.webkit.visit import Visit

#: The units whose neighbourhoods are listed and drawn; wider ones lead to the units under them.
_CLOSE = (Level.AREA, Level.TEAM, Level.NEIGHBOURHOOD)


@pages.read("/units/<code>", needs=Permission.SEE_UNITS, within="code")
def unit(visit: Visit[Unit]) -> Answer:
    """What is known of the unit, each part for whoever may see it."""
    patch = Patch(visit)
    contacts, drawing = contacts_of(patch), _map(patch)
    return visit.render(
        above=above(visit, Permission.SEE_UNITS, _address),
        contacts=contacts,
        is_neighbourhood=patch.is_neighbourhood,
        cards=[card for card in (each(patch) for each in CARDS) if card is not None],
        table=_neighbourhoods(patch, contacts, drawing),
        below=_below(patch),
        drawing=drawing,
        priority=class_in_words(visit.place.priority_class),
    )


def _address(unit: Unit) -> str:
    return url_for("overview.unit", code=unit.code)


def _neighbourhoods(
    patch: Patch, contacts: Contacts, drawing: Drawing | None
) -> Table[NeighbourhoodCover] | None:
    """The neighbourhoods of a team or an area, with who answers for each."""
    if patch.place.level not in _CLOSE or patch.is_neighbourhood:
        return None
    numbers = {ground.href: ground.number for ground in ([] if drawing is None else drawing.grounds)}
    columns: Columns[NeighbourhoodCover] = (
        coded("Neighbourhood", lambda each: each.neighbourhood, is_below=True),
        Column(
            "On the map", lambda each: numbers.get(_address(each.neighbourhood)), unknown="–", is_number=True
        ),
        Column("Priority", lambda each: each.neighbourhood.priority_class, unknown="–"),
        Column("Contact today", contact_shown, in_file=lambda each: each.answering.flag),
    )
    return Table(
        "Neighbourhoods",
        columns,
        contacts.covers,
        href=lambda each: _address(each.neighbourhood),
    )


def _below(patch: Patch) -> Sequence[Link]:
    """The units under a wider one."""
    if patch.is_neighbourhood or patch.place.level is Level.TEAM:
        return ()
    found = children(patch.session, patch.place, as_at=patch.day)
    return [Link(each.name, _address(each)) for each in found]


def _map(patch: Patch) -> Drawing | None:
    """The ground of a neighbourhood, or those of a team or an area."""
    if patch.place.level not in _CLOSE:
        return None
    under = shapes_under(patch.session, patch.place.path, as_at=patch.day)
    return draw(
        [
            Ground(each.name, [shape], _address(each))
            for each, shape in under
            if shape is not None and each.level is Level.NEIGHBOURHOOD
        ]
    )
