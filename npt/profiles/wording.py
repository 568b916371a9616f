"""Profiles in words: how one stands, who wrote what."""

from npt.profiles.models import PartVersion
from npt.profiles.queries import Kept
from npt.profiles.rules import Keeping
from npt.webkit.filters import day, moment, plural


def writer_of(version: PartVersion) -> str:
    """Who wrote a version."""
    return "nobody signed in" if version.written_by is None else version.written_by.name


def written_in_words(version: PartVersion) -> str:
    """Who wrote a version and when: "Jo Example, 4 May 2026 14:00"."""
    return f"{writer_of(version)}, {moment(version.written_at)}"


def kept_in_words(kept: Kept) -> str:
    """How a profile stands: "overdue since 4 May 2026", "review by 4 May 2027"."""
    if kept.profile is None:
        return "Nobody has written it yet"
    if kept.keeping is Keeping.OVERDUE:
        return f"Review overdue since {day(kept.due_on)}"
    return f"Review by {day(kept.due_on)}"


def tone_of(kept: Kept) -> str:
    """The tone of those words."""
    return {Keeping.CURRENT: "good", Keeping.DUE: "plain"}.get(kept.keeping, "caution")


def reviewed_in_words(kept: Kept) -> str:
    """When it was last signed as right: "Signed as right on 4 May 2026"."""
    if kept.reviewed_on is None:
        return "Never signed as right"
    return f"Signed as right on {day(kept.reviewed_on)}"


def overdue_in_words(overdue: int, all_of_them: int) -> str:
    """How many profiles are overdue: "12 of 88 neighbourhoods have no profile, or …"""
    return (
        f"{overdue} of {plural(all_of_them, 'neighbourhood')} {'has' if overdue == 1 else 'have'} no profile,"
        " or one whose review is overdue."
    )
