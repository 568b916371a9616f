"""What the screens of profiles share: declared routes, and the page that they come back to."""

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.profiles.rules import Part
from npt.webkit.pages import Pages
from npt.webkit.visit import Visit, not_found

pages = Pages("profiles")


def profile_address(unit: Unit) -> str:
    """The page of the profile."""
    return url_for("overview.profile", code=unit.code)


def part_named(text: str) -> Part:
    """The part that an address names; "not found" where it names none."""
    try:
        return Part(text)
    except ValueError:
        not_found()


def may_keep(visit: Visit[Unit]) -> bool:
    """Whether the person may write here."""
    return visit.may(Permission.KEEP_PROFILES, visit.place.path)
