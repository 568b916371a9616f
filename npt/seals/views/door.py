"""What the screens of seals share: declared routes, and their addresses."""

from flask import url_for

from npt.kit.months import Month
from npt.organisation.models import Unit
from npt.seals.rules import SIGNED_LEVELS
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found

pages = Pages("seals")

#: Where the pages of what was signed of a unit's month stand.
SEAL = "/units/<code>/months/<month:ended>/sign-off"


def seal_address(unit: Unit, month: Month, edition: int | None = None) -> str:
    """What was signed of a unit's month, in its latest edition unless another is named."""
    return url_for("seals.sealed", code=unit.code, ended=month, edition=edition)


def check_signed_level(visit: Visit[Unit]) -> None:
    """End the request with "not found" for a unit whose month nobody signs by itself."""
    if visit.place.level not in SIGNED_LEVELS:
        not_found()
