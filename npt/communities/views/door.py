"""What the screens of communities share: declared routes, and the pages beside each other."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above as units_above
from npt.webkit.as_at import as_at_unless_today
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("communities")

_SECTIONS = (
    ("communities", "Communities", Permission.SEE_PROFILES),
    ("said", "Vulnerable and emerging", Permission.SEE_PROFILES),
    ("population", "Population", Permission.SEE_PROFILES),
    ("specialists", "Specialist contacts", Permission.SEE_STAFFING),
)


def around(visit: Visit[Unit], day: date) -> dict[str, Any]:
    """What stands around each of these pages: the way to the pages beside it and to the same page above."""
    kept = as_at_unless_today(visit, day)
    needs = next(needs for view, _, needs in _SECTIONS if visit.endpoint == f"communities.{view}")
    return {
        "day": day,
        "is_neighbourhood": visit.place.level is Level.NEIGHBOURHOOD,
        "sections": [
            (words, url_for(f"communities.{view}", code=visit.place.code, **kept), is_this)
            for view, words, permission in _SECTIONS
            if visit.may(permission, visit.place.path)
            for is_this in (visit.endpoint == f"communities.{view}",)
        ],
        "above": units_above(visit, needs, lambda unit: url_for(visit.endpoint, code=unit.code, **kept)),
    }


def may_keep(visit: Visit[Unit]) -> bool:
    """Whether the person may change what is recorded here: of a neighbourhood that stands, or stood."""
    return visit.may(Permission.KEEP_PROFILES, visit.place.path)
