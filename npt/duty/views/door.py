"""What the screens of duty share: their declared routes, their addresses, and what they read first."""

from datetime import date
from typing import Any

from flask import Response, url_for

from npt.access.rules import Permission
from npt.duty.actions import undo
from npt.kit.months import EARLIEST_YEAR, LATEST_YEAR
from npt.organisation.models import Unit
from npt.organisation.views import above
from npt.shifts.actions import CannotUndo
from npt.shifts.actions.shift_attribution import LEVELS_WITH_DUTY
from npt.shifts.models import Act
from npt.shifts.queries import AwayRecord, away_in, other_units_of
from npt.webkit.converters import KEY
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found

pages = Pages("duty")

#: The first line of a day that was changed by what was just saved.
SAVED = "saved"
#: Where the pages about one day of a unit stand, and those about one member's time away on it.
DAY = "/teams/<code>/day/<day:on>"
AWAY = f"{DAY}/away/<{KEY}:away_id>"


def check_place(visit: Visit[Unit], on: date) -> None:
    """End the request with "not found" where there are no days: other units, the edges of the calendar."""
    if visit.place.level not in LEVELS_WITH_DUTY or not EARLIEST_YEAR < on.year < LATEST_YEAR:
        not_found()


def away_at(visit: Visit[Unit], on: date, away_id: int) -> AwayRecord | None:
    """The time away of this place and day; None where there is none."""
    check_place(visit, on)
    visit.personal_record_id = away_id
    away = away_in(visit.session, visit.place, away_id)
    return away if away is not None and away.on_date == on else None


def taken_back(visit: Visit[Unit], act_id: int) -> Act:
    """Take an act of the place back. CannotUndo, also for whoever may not record for all the teams of it."""
    act = undo(visit.session, now=visit.now, unit=visit.place, act_id=act_id)
    for unit in other_units_of(visit.session, act):
        if not visit.may(Permission.RECORD_DUTY, unit.path):
            raise CannotUndo(
                f"This is about shifts of {unit.name} as well, for which you do not record:"
                " ask somebody who records for both teams."
            )
    return act


def act_saved(visit: Visit[Unit], act: Act, further: str = "") -> Response:
    """Back to the day, which shows what was changed, says what was done, and offers to take it back."""
    return visit.saved(saved_address(visit, act.first_on, saved=act.id), f"{act.summary}. {further}".rstrip())


def saved_address(visit: Visit[Unit], on: date, **saved: int) -> str:
    """The address of a day at the lines that were changed: of an act (`saved`), or of a `member`."""
    return day_address(visit.place.code, on, **saved, _anchor=SAVED)


def day_address(code: str, on: date, **asked: Any) -> str:
    """The address of a unit's day."""
    return url_for("duty.day", code=code, on=on, **asked)


def roster_address(code: str, first: date, days: str = "") -> str:
    """The address of a unit's roster from a day on, for one week unless `days` says otherwise."""
    asked: dict[str, Any] = {"from": first.isoformat(), "days": days or None}
    return url_for("duty.roster", code=code, **asked)


def breadcrumbs(visit: Visit[Unit], on: date) -> list[tuple[str, str]]:
    """The way down to the unit: the days of the units above it that have days, as far as they may be seen."""
    return above(visit, Permission.SEE_DUTY, lambda unit: day_address(unit.code, on), levels=LEVELS_WITH_DUTY)
