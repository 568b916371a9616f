"""What the screens of reviews share: declared routes, and their addresses."""

from typing import Any

from flask import url_for

from npt.kit.months import EARLIEST_YEAR, Month
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.reviews.rules import month_referred
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found

pages = Pages("reviews")

#: Where the pages of the review of a unit's month stand.
REVIEW = "/units/<code>/reviews/<month:month>"


def review_address(code: str, month: Month, **asked: Any) -> str:
    """The review of a unit's month."""
    return url_for("reviews.review", code=code, month=month, **asked)


def review_of_matter(matter: Matter) -> str:
    """The review that a matter is, whose unit is loaded."""
    return review_address(matter.unit.code, month_referred(matter.reference))


def check_reviewed(visit: Visit[Unit], month: Month) -> None:
    """End the request with "not found" where there is no such review: of a neighbourhood, or before time.

    Nobody is posted to a neighbourhood: its figures are those of its team.
    """
    if visit.place.level is Level.NEIGHBOURHOOD or month < Month(EARLIEST_YEAR + 1, 1):
        not_found()
