"""What the screens of incidents share: declared routes, the pages beside each other, the categories."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.categories.models import Category
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.organisation.views import above as units_above
from npt.webkit.fields import Choice
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit

pages = Pages("incidents")

#: As many months as a page shows: the same month a year ago is among them.
MONTHS = 13
_SECTIONS = (("counts", "Month by month"), ("incidents", "List"), ("repeats", "Repeat locations"))


def around(visit: Visit[Unit]) -> dict[str, Any]:
    """What stands around each of these pages: the way to the pages beside it and to the same page above."""
    code = visit.place.code
    return {
        "is_neighbourhood": visit.place.level is Level.NEIGHBOURHOOD,
        "sections": [
            (words, url_for(f"incidents.{view}", code=code), visit.endpoint == f"incidents.{view}")
            for view, words in _SECTIONS
        ],
        "above": units_above(
            visit, Permission.SEE_PROFILES, lambda unit: url_for(visit.endpoint, code=unit.code)
        ),
    }


def category_choices(categories: Iterable[Category]) -> list[Choice]:
    """Categories to choose from."""
    return [Choice(each.code, each.name) for each in categories]
