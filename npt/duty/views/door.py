"""What the screens of duty share: their declared routes, their addresses, and how a refusal is answered."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.shifts.actions.shift_attribution import LEVELS_WITH_DUTY
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("duty")


def check_place(visit: Visit[Unit], on: date) -> None:
    """End the request with "not found" where there are no days: other units, the edges of the calendar."""
    if visit.place.level not in LEVELS_WITH_DUTY or not EARLIEST_YEAR < on.year < LATEST_YEAR:
        visit.missing()


def day_address(code: str, on: date, **asked: Any) -> str:
    """The address of a unit's day."""
    return url_for("duty.day", code=code, on=on, **asked)


def roster_address(code: str, first: date, days: str = "") -> str:
    """The address of a unit's roster from a day on, for one week unless `days` says otherwise."""
    asked: dict[str, Any] = {"from": first.isoformat()}
    if days:
        asked["days"] = days
    return url_for("duty.roster", code=code, **asked)


def breadcrumbs(visit: Visit[Unit], on: date) -> list[tuple[str, str]]:
    """The way down to the unit: the days of the units above it that have days, as far as they may be seen."""
    return [
        (unit.name, day_address(unit.code, on))
        for unit in ancestors(visit.session, visit.place)
        if unit.level in LEVELS_WITH_DUTY and visit.may(Permission.SEE_DUTY, unit.path)
    ]
