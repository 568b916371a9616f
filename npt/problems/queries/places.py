"""Where a problem is, found in what somebody typed."""

import re
from datetime import date

from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.places.queries import neighbourhood_at, places_found
from npt.places.rules import Point, read_point
from npt.problems.models import Problem

#: A postcode among other words.
_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2}\b", re.IGNORECASE)
#: What parts a place into places.
_PARTS = re.compile(r"[,;()/]|\b(?:and|by|near|at|behind|outside|opposite|corner of)\b", re.IGNORECASE)
#: As many parts are looked for.
_MOST_PARTS = 4


def point_meant(session: Session, words: str, unit: Unit, *, as_at: date) -> Point | None:
    """The one point of the unit's ground that the words name: a point, a postcode, or a street.

    None where they name none there, or more than one: a wrong point is worse than none. BadPoint off the
    globe. Two statements for each part of the words, of which four are looked at.
    """
    point = read_point(words)
    if point is not None:
        return point
    postcodes = _POSTCODE.findall(words)
    parts = [each.strip() for each in _PARTS.split(words)]
    sought = dict.fromkeys([*postcodes, words, *parts])
    for each in [each for each in sought if len(each) > 2][:_MOST_PARTS]:
        found = {
            match.point
            for match in places_found(session, each, as_at=as_at)
            if match.point is not None and match.unit is not None and _is_under(match.unit, unit)
        }
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_under(found: Unit, unit: Unit) -> bool:
    return unit.code in Lineage.parse(found.path).codes


def neighbourhood_of(session: Session, problem: Problem, *, as_at: date) -> Unit | None:
    """The neighbourhood in which the problem's point lies; None where that is not known."""
    return None if problem.point is None else neighbourhood_at(session, problem.point, as_at=as_at)
