"""What stands around every page: the force's name, and the few places this person goes to most."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session

from npt.access.rules import Permission, Role, Viewer
from npt.kit.months import Month
from npt.organisation.queries import forces
from npt.organisation.rules import Level, Lineage

#: The name above the pages while no force is recorded, or while the database cannot be asked.
NO_FORCE = "Safer neighbourhoods"

Link = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the layout shows on every page."""

    force_name: str
    navigation: list[Link]


def surroundings(session: Session, viewer: Viewer | None, today: date) -> Surroundings:
    """The force of the person (or the only one there is) and the links of the person's widest unit."""
    standing = forces(session, as_at=today)
    name = standing[0].name if len(standing) == 1 else NO_FORCE
    if viewer is None or not viewer.scopes:
        return Surroundings(name, [])
    code = Lineage.parse(viewer.scopes[0].path).codes[0]
    name = next((force.name for force in standing if force.code == code), name)
    return Surroundings(name, _links(viewer, today))


def _links(viewer: Viewer, today: date) -> list[Link]:
    links = [("Start", url_for("overview.home"))]
    days = [path for path in viewer.reach(Permission.SEE_DUTY) if Lineage.parse(path).level in _WITH_DAYS]
    if any(viewer.has_role(role) for role in _WITH_SHIFTS):
        links.append(("My shifts", url_for("rostering.my_shifts")))
    if days:
        links.append(("Team day", url_for("duty.day", code=_code(days[0]), on=today)))
    for words, endpoint, needs in _OF_UNITS:
        if paths := viewer.reach(needs):
            named: dict[str, Any] = {"month": Month.of(today)} if endpoint == "performance.month" else {}
            links.append((words, url_for(endpoint, code=_code(paths[0]), **named)))
    return [(words, address, address == request.path) for words, address in links]


#: who works shifts, as far as a role tells
_WITH_SHIFTS = (Role.INSPECTOR, Role.SERGEANT, Role.OFFICER, Role.PCSO)
#: levels whose members have a day of their own: teams, and areas for their inspectors
_WITH_DAYS = {Level.AREA, Level.TEAM}
#: the other pages of a unit, and what one has to be allowed to see them
_OF_UNITS = (
    ("Month", "performance.month", Permission.SEE_STAFFING),
    ("Staffing", "staffing.staffing", Permission.SEE_STAFFING),
    ("Training", "training.training", Permission.SEE_STAFFING),
    ("Operations", "operations.operations", Permission.PLAN_OPERATIONS),
    ("Members", "people.members", Permission.SEE_MEMBERS),
    ("Structure", "organisation.unit", Permission.SEE_UNITS),
    ("Accounts", "people.accounts", Permission.MANAGE_ACCOUNTS),
)


def _code(path: str) -> str:
    return Lineage.parse(path).code
