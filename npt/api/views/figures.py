"""Staffing, rates and headroom: the objects that the commands of these names print as JSON."""

from enum import Enum

from npt.access.rules import Permission
from npt.api.views.door import asked, asked_day, asked_month, definition_code, one_of, pages
from npt.counting.rules import DEFAULT_DEFINITION
from npt.engagement.exchange import heard_as_json
from npt.engagement.queries import month_heard
from npt.incidents.exchange import incidents_as_json
from npt.kin.exchange import kin_as_json
from npt.kin.queries import kin_counts
from npt.kit.months import Month
from npt.measures.exchange import measures_as_json
from npt.measures.queries.asked import Asked
from npt.measures.queries.rows import rows_of
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.performance.exchange import headrooms_as_json, rates_as_json
from npt.performance.queries import definition_named, headrooms_under, rates_under
from npt.performance.rules import Breakdown
from npt.staffing.exchange import specialists_as_json, staffing_as_json, students_as_json
from npt.staffing.queries import specialist_counts, staffing_of
from npt.webkit.api import answered
from npt.webkit.pages import Answer
from npt.webkit.problems import Problem
from npt.webkit.visit import Visit

#: Ten years: what a question may ask for in one go.
_MOST_MONTHS = 120


class Each(Enum):
    """The levels whose units can be asked for one by one."""

    BCU = Level.BCU.value
    AREA = Level.AREA.value
    TEAM = Level.TEAM.value


@pages.read("/api/v1/staffing", needs=Permission.SEE_STAFFING, within="unit")
def staffing(visit: Visit[Unit]) -> Answer:
    """Strength, establishment, vacancy and ratio of a unit and of each unit directly under it."""
    found = staffing_of(visit.session, visit.place, asked_day(visit.today), with_children=True)
    return answered(staffing_as_json(found))


@pages.read("/api/v1/specialists", needs=Permission.SEE_STAFFING, within="unit")
def specialists(visit: Visit[Unit]) -> Answer:
    """Neighbourhood specialist officers of a unit and of each unit directly under it, and line management."""
    found = specialist_counts(visit.session, visit.place, asked_day(visit.today), with_children=True)
    return answered(specialists_as_json(found))


@pages.read("/api/v1/students", needs=Permission.SEE_STAFFING, within="unit")
def students(visit: Visit[Unit]) -> Answer:
    """Student officers of a unit and of every unit under it, and whether they count in strength."""
    found = staffing_of(visit.session, visit.place, asked_day(visit.today), with_children=True)
    return answered(students_as_json(found))


@pages.read("/api/v1/incidents", needs=Permission.SEE_PROFILES, within="unit")
def incidents(visit: Visit[Unit]) -> Answer:
    """How many incidents a unit and all under it had in a month, by category."""
    return answered(incidents_as_json(visit.session, visit.place, asked_month()))


@pages.read("/api/v1/kin", needs=Permission.SEE_KIN, within="unit")
def kin(visit: Visit[Unit]) -> Answer:
    """How many key individuals a unit and all under it have, by status, sector and community: no names."""
    return answered(kin_as_json(kin_counts(visit.session, visit.place, visit.today)))


@pages.read("/api/v1/engagement", needs=Permission.SEE_PROFILES, within="unit")
def engagement(visit: Visit[Unit]) -> Answer:
    """What a unit and all under it heard in a month: contacts, patrols, five a day, in numbers alone."""
    return answered(heard_as_json(month_heard(visit.session, visit.place, asked_month(), visit.today)))


def _asked_months() -> tuple[Month, Month]:
    """The first and the last month. Ends the request where they are in no order, or too many."""
    first = asked_month()
    last = asked("to", Month.parse) or first
    if not 0 < len(first.until(last)) <= _MOST_MONTHS:
        raise Problem(
            422,
            "These months cannot be shown",
            f"to: give a month from {first} on, and ask for at most {_MOST_MONTHS} months.",
        )
    return first, last


@pages.read("/api/v1/rates", needs=Permission.SEE_STAFFING, within="unit")
def rates(visit: Visit[Unit]) -> Answer:
    """Abstraction of a unit, or of each unit of a level at or under it, month by month."""
    first, last = _asked_months()
    each = asked("each", one_of(Each))
    beside = asked("with", definition_code)
    definition = asked("definition", definition_code) or DEFAULT_DEFINITION
    rows = rates_under(
        visit.session,
        unit=visit.place,
        first=first,
        last=last,
        each=Level(each.value) if each else None,
        codes=(definition, beside) if beside else (definition,),
        by=asked("by", one_of(Breakdown)) or Breakdown.GROUP,
    )
    return answered(rates_as_json(rows))


@pages.read("/api/v1/measures", needs=Permission.SEE_STAFFING, within="unit")
def measures(visit: Visit[Unit]) -> Answer:
    """The figures of all measures of a unit, month by month, with their targets."""
    first, last = _asked_months()
    code = asked("definition", definition_code) or DEFAULT_DEFINITION
    definition = definition_named(visit.session, code, last)
    rows = rows_of(visit.session, Asked((visit.place,), first, last, definition, visit.today))
    return answered(measures_as_json(rows))


@pages.read("/api/v1/headroom", needs=Permission.SEE_STAFFING, within="unit")
def headroom(visit: Visit[Unit]) -> Answer:
    """What a month still allows a unit, or each unit of a level, and when it would go over target."""
    each = asked("each", one_of(Each))
    rooms = headrooms_under(
        visit.session,
        unit=visit.place,
        month=asked_month(),
        today=visit.today,
        each=Level(each.value) if each else None,
        definition=asked("definition", definition_code) or DEFAULT_DEFINITION,
    )
    return answered(headrooms_as_json(rooms))
