"""What the team wrote of its neighbourhoods and whether that is up to date; what was reported there."""

from flask import url_for

from npt.access.rules import Permission
from npt.incidents.queries import repeat_locations, repeats_of
from npt.incidents.views.counts import counted_of
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.profiles.queries import Kept, kept_under
from npt.profiles.wording import kept_in_words, tone_of
from npt.webkit.filters import number
from npt.webkit.parts import Link


def profile(patch: Patch) -> Card | None:
    """The profile and its age; of a wider unit how many are overdue."""
    if not patch.may(Permission.SEE_PROFILES):
        return None
    code = patch.place.code
    href, every = url_for("overview.profile", code=code), url_for("profiles.profiles", code=code)
    kept = kept_under(patch.session, patch.place, patch.day)
    if patch.is_neighbourhood:
        lines = [Line("Profile", href, _owner(each), [(kept_in_words(each), tone_of(each))]) for each in kept]
        return Card("Profile", href, "Profile in full", lines=lines)
    overdue = sum(each.keeping.is_overdue for each in kept)
    facts = [Fact(number(overdue), "overdue or not written", f"{every}?show=overdue", is_flagged=overdue > 0)]
    return Card("Profiles", href, "Profile", facts, more=[Link("Owners and review dates", every)])


def _owner(kept: Kept) -> str:
    if kept.profile is None or kept.profile.owner is None:
        return "No owner"
    return f"Owner: {kept.profile.owner.name}"


def incidents(patch: Patch) -> Card | None:
    """Whether what was reported has changed, and where it repeats."""
    if not patch.may(Permission.SEE_PROFILES):
        return None
    code, path = patch.place.code, patch.place.path
    counted = counted_of(patch.visit)
    found = repeat_locations(patch.session, path, repeats_of(patch.session, path), patch.day)
    repeats = url_for("incidents.repeats", code=code)
    words = "repeat location" if len(found) == 1 else "repeat locations"
    return Card(
        "Incidents",
        url_for("incidents.counts", code=code),
        "Incidents month by month",
        [Fact(number(len(found)), words, repeats)] if counted.lines else [],
        words=counted.in_words if counted.lines else "No incidents are known here yet.",
    )
