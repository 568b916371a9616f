"""Locations at which incidents repeat, as a list and on a map; what the force calls a repeat."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from npt.access.rules import Permission
from npt.incidents import queries
from npt.incidents.actions import set_repeats
from npt.incidents.forms import LATELY, RepeatsForm
from npt.incidents.models import RepeatRule
from npt.incidents.queries import RepeatLocation
from npt.incidents.rules import Repeats
from npt.incidents.views.door import around, pages
from npt.incidents.wording import reach_in_words
from npt.kit.clock import local_day
from npt.organisation.models import Unit
from npt.organisation.rules import Level, Lineage
from npt.places.drawing import Drawing, Ground, Pin, draw
from npt.places.queries import shapes_under
from npt.webkit.form_flow import correction_page
from npt.webkit.listing import Column, Columns, Table, coded, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

#: As many categories of a location are named; a file names all.
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class ShownRule:
    """The rule as its form shows it; version 0 where the force has set none."""

    incidents: int
    days: int
    version: int
    whose: str = "Repeat locations"


def categories_in_words(location: RepeatLocation, most: int = MOST_TOLD) -> str:
    """What was reported there, the most first: "Anti-social behaviour 4, noise 2, theft 1, others 3"."""
    told = [f"{name.lower()} {count}" for name, count in location.categories[:most]]
    others = sum(count for _, count in location.categories[most:])
    words = ", ".join([*told, *([f"others {others}"] if others else [])])
    return words[:1].upper() + words[1:]


def _columns(*, is_neighbourhood: bool) -> Columns[RepeatLocation]:
    neighbourhood: Columns[RepeatLocation] = (coded("Neighbourhood", lambda each: each.unit),)
    return (
        Column(
            "Location",
            lambda each: each.name,
            holds_words=True,
            is_sortable=True,
            below=lambda each: each.point.words if each.street and each.point else "",
        ),
        Column("Incidents", lambda each: each.count, is_number=True, is_sortable=True),
        Column("What", categories_in_words, in_file=lambda each: categories_in_words(each, 100)),
        Column("Last", lambda each: local_day(each.last_at), is_sortable=True),
        *(() if is_neighbourhood else neighbourhood),
    )


@pages.read("/units/<code>/incidents/repeats", needs=Permission.SEE_PROFILES, within="code")
def repeats(visit: Visit[Unit]) -> Answer:
    """The locations that repeat today, most incidents first."""
    path = visit.place.path
    rule = queries.repeats_of(visit.session, path)
    found = queries.repeat_locations(visit.session, path, rule, visit.today)
    shown = around(visit)
    columns = _columns(is_neighbourhood=shown["is_neighbourhood"])
    part = part_of(found, columns, 50)
    force = Lineage.parse(path).codes[0]
    return visit.render(
        **shown,
        rule=rule,
        reach=reach_in_words(queries.reach_of(visit.session, path)),
        table=Table(
            "Repeat locations",
            columns,
            part,
            href=lambda each: url_for(
                "incidents.incidents", code=visit.place.code, period=LATELY, spot=each.spot
            ),
            noun="locations",
            file=f"repeat-locations-{visit.place.code}-{visit.today}",
        ),
        drawing=_drawing(visit, part.rows),
        rule_href=url_for("incidents.repeat_rule", code=force)
        if visit.may(Permission.MANAGE_MEASURES, f"{force}/")
        else "",
    )


def _drawing(visit: Visit[Unit], locations: Sequence[RepeatLocation]) -> Drawing | None:
    """The ground of the unit, with those of the locations that are a point."""
    pins = [Pin(f"{each.name}: {each.count}", each.point) for each in locations if each.point is not None]
    if not pins:
        return None
    under = shapes_under(visit.session, visit.place.path, as_at=visit.today)
    shapes = [shape for unit, shape in under if shape is not None and unit.level is Level.NEIGHBOURHOOD]
    return draw([Ground(visit.place.name, shapes)] if shapes else [], pins)


@pages.form("/units/<code>/incidents/repeats/rule", needs=Permission.MANAGE_MEASURES, within="code")
def repeat_rule(visit: Visit[Unit]) -> Answer:
    """Set what the force calls a repeat location."""
    return correction_page(
        visit,
        RepeatsForm,
        lambda: _shown_rule(visit),
        act=lambda _, form: _set(visit, **form.value()),
        saved="Repeat locations are found by this from now on.",
        back_href=_back(visit),
    )


def _back(visit: Visit[Unit]) -> str:
    """The list; for whoever sets measures and sees no incidents, the force."""
    may_see = visit.may(Permission.SEE_PROFILES, visit.place.path)
    return url_for("incidents.repeats" if may_see else "overview.unit", code=visit.place.code)


def _set(visit: Visit[Unit], incidents: int, days: int, expected_version: int) -> RepeatRule:
    return set_repeats(
        visit.session,
        visit.place,
        Repeats(incidents, days),
        stamp=visit.stamp,
        expected_version=expected_version,
    )


def _shown_rule(visit: Visit[Unit]) -> ShownRule | None:
    if visit.place.level is not Level.FORCE:
        return None
    found = queries.repeat_rule_of(visit.session, visit.place.path)
    rule = queries.repeats_of(visit.session, visit.place.path)
    return ShownRule(rule.incidents, rule.days, 0 if found is None else found.version)
