"""What is written of the place, how old that is, and what happens there."""

from collections.abc import Iterator

from flask import url_for

from npt.access.rules import Permission
from npt.incidents.queries import repeat_locations, repeats_of
from npt.incidents.views.counts import Counted, counted_of
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.profiles.queries import Kept, kept_under
from npt.profiles.wording import kept_in_words, reviewed_in_words, tone_of
from npt.webkit.filters import number, plural
from npt.webkit.parts import Link

#: Categories of incidents that stand on the card. Ours.
MOST_NAMED = 3


def profile(patch: Patch) -> Card | None:
    """The profile and its age; of a wider unit how many are overdue."""
    code = patch.place.code
    if not patch.may(Permission.SEE_PROFILES):
        return None
    found = kept_under(patch.session, patch.place, patch.day)
    overdue = sum(each.keeping.is_overdue for each in found)
    all_href = url_for("profiles.profiles", code=code)
    late = [Fact(number(overdue), "to write or review", all_href, is_flagged=True)] if overdue else []
    return Card(
        "Profile" if patch.is_neighbourhood else "Profiles",
        url_for("overview.profile", code=code),
        "Read the profile",
        [] if patch.is_neighbourhood else late,
        [_line(each) for each in found] if patch.is_neighbourhood else [],
        "" if patch.is_neighbourhood or late else f"{plural(len(found), 'profile')}, all up to date.",
        [] if patch.is_neighbourhood else [Link("Reviews of profiles", all_href)],
    )


def _line(kept: Kept) -> Line:
    owner = None if kept.profile is None else kept.profile.owner
    who = "Nobody owns it." if owner is None else f"Owner: {owner.name}."
    note = "" if kept.profile is None else f"{reviewed_in_words(kept)}. {who}"
    return (
        Line(note, marks=[(kept_in_words(kept), tone_of(kept))])
        if note
        else Line(kept_in_words(kept), marks=[("to write", "caution")])
    )


def incidents(patch: Patch) -> Card | None:
    """Whether incidents changed, what most of them are, and the locations that repeat."""
    code = patch.place.code
    if not patch.may(Permission.SEE_PROFILES):
        return None
    found = counted_of(patch.visit)
    rule = repeats_of(patch.session, patch.place.path)
    repeats = len(repeat_locations(patch.session, patch.place.path, rule, patch.day))
    href = url_for("incidents.counts", code=code)
    return Card(
        "Incidents",
        href,
        "Incidents by month",
        [
            *_latest(found, href),
            *(
                [Fact(number(repeats), "repeat locations", url_for("incidents.repeats", code=code))]
                if repeats
                else []
            ),
        ],
        words=found.in_words if found.lines else "No incidents are imported for here.",
    )


def _latest(found: Counted, href: str) -> Iterator[Fact]:
    """The last three whole months: all of them, and the categories with most."""
    if found.comparison is None:
        return
    totals = [
        (sum(line.counts.get(month, 0) for month in found.comparison.after), line)
        for line in (found.whole, *found.lines)
    ]
    yield Fact(number(totals[0][0]), "in three months", href)
    for count, line in sorted(totals[1:], key=lambda each: (-each[0], each[1].words))[:MOST_NAMED]:
        if count:
            yield Fact(number(count), line.words.lower(), f"{href}?category={line.code}")
