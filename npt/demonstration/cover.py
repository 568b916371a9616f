"""What the demonstration force wants on duty at least: evenings of teams, supervisors, nights of towns."""

from collections.abc import Iterator
from datetime import date, time

from sqlalchemy.orm import Session

from npt.demonstration.places import SHOWN_TEAM
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.rostering.actions import WantedCover, set_cover
from npt.rostering.rules import CoverRole

_EVERY_DAY, _WORKING_DAYS, _WEEKEND_NIGHTS = range(7), range(5), (4, 5)


def want_cover(session: Session, force: Unit, first: date, today: date) -> None:
    """Set the minimums of the force's teams, areas and BCUs from `first` on."""
    for unit in units_under(session, force.path, as_at=today):
        for wanted in _wanted(unit, first):
            set_cover(session, unit=unit, wanted=wanted)


def _wanted(unit: Unit, first: date) -> Iterator[WantedCover]:
    if unit.level is Level.BCU:
        yield WantedCover(CoverRole.CONSTABLE, _WEEKEND_NIGHTS, time(22), time(4), 2, first, None)
    elif unit.level is Level.AREA:
        yield WantedCover(CoverRole.SUPERVISOR, _WORKING_DAYS, time(9), time(16), 1, first, None)
    elif unit.code == SHOWN_TEAM:
        yield WantedCover(CoverRole.PCSO, _EVERY_DAY, time(13), time(20), 2, first, None)
        yield WantedCover(CoverRole.CONSTABLE, _EVERY_DAY, time(8), time(0), 1, first, None)
    elif unit.level is Level.TEAM:
        yield WantedCover(CoverRole.PATROL, _EVERY_DAY, time(13), time(20), 1, first, None)
