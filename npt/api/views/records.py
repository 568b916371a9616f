"""Units, shifts and time away, page by page."""

from npt.access.rules import Permission
from npt.api.exchange import away_as_json, duty_as_json, units_as_json
from npt.api.views.door import asked_day, asked_month, asked_page, pages
from npt.organisation.models import Unit
from npt.webkit.api import answered
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read("/api/v1/units", needs=Permission.SEE_UNITS)
def units(visit: Visit[None]) -> Answer:
    """The units within reach of the token that stand on a day."""
    paths = visit.person.reach(Permission.SEE_UNITS)
    return answered(units_as_json(visit.session, paths, asked_day(visit.today), asked_page()))


@pages.read("/api/v1/duty", needs=Permission.SEE_DUTY, within="unit", shows_personal="shift")
def duty(visit: Visit[Unit]) -> Answer:
    """The shifts of a unit and all under it that start in a month."""
    return answered(duty_as_json(visit.session, visit.place, asked_month(), asked_page()))


@pages.read("/api/v1/away", needs=Permission.RECORD_DUTY, within="unit", shows_personal="away")
def away(visit: Visit[Unit]) -> Answer:
    """The time away in those shifts, with reasons of absence and notes: for those who record it."""
    return answered(away_as_json(visit.session, visit.place, asked_month(), asked_page()))
