"""Who lives here: communities with their flags, what was said of them, and the population."""

from collections.abc import Iterator, Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.communities.models import Community
from npt.communities.queries import PeopleOf, said_under
from npt.communities.rules import Flag
from npt.communities.wording import standing_in_words
from npt.overview.cards.card import Card, Fact, Line, Patch
from npt.webkit.filters import number, plural

#: Communities that stand on the card by name; the rest are a link away. Ours.
MOST_NAMED = 8
_TONES = {Flag.VULNERABLE: "caution", Flag.EMERGING: "caution", Flag.HARD_TO_REACH: "plain"}


def communities(patch: Patch) -> Card | None:
    """The communities, flagged ones first."""
    place, day = patch.place, patch.day
    if not patch.may(Permission.SEE_PROFILES):
        return None
    found = patch.communities
    href = url_for("communities.communities", code=place.code)
    flagged = sorted(found, key=lambda each: (not each.flags_on(day), each.name))
    named = flagged if patch.is_neighbourhood else [each for each in flagged if each.flags_on(day)]
    return Card(
        "Communities",
        href,
        "All communities" if len(named) > MOST_NAMED or not patch.is_neighbourhood else "Communities in full",
        (*_counts(patch, found, href), *_people(patch)),
        [_line(patch, each) for each in named[:MOST_NAMED]],
        _said(patch),
    )


def _counts(patch: Patch, found: Sequence[Community], href: str) -> Iterator[Fact]:
    yield Fact(number(len(found)), "community" if len(found) == 1 else "communities", href)
    for flag in (Flag.VULNERABLE, Flag.EMERGING):
        count = sum(any(one.flag is flag for one in each.flags_on(patch.day)) for each in found)
        if count:
            yield Fact(number(count), flag.wording, href)


def _people(patch: Patch) -> Iterator[Fact]:
    """How many people live here, where every neighbourhood's figures are known."""
    people = PeopleOf(patch.network.ground.neighbourhoods)
    figures = people.figures
    if figures is not None and figures.everybody is not None and not people.unknown:
        href = url_for("communities.population", code=patch.place.code)
        yield Fact(number(figures.everybody), "people", href)


def _line(patch: Patch, community: Community) -> Line:
    share = community.share_on(patch.day)
    known = "" if share is None or share.percent is None else f"{number(share.percent)}% of the population"
    where = "" if community.unit_id == patch.place.id else community.unit.name
    return Line(
        community.name,
        url_for("communities.community", code=community.unit.code, community_id=community.id),
        ", ".join(filter(None, (where, known))),
        [(each.flag.wording, _TONES[each.flag]) for each in community.flags_on(patch.day)],
    )


def _said(patch: Patch) -> str:
    """Whether vulnerable and emerging communities are said, in a sentence."""
    said = said_under(patch.session, patch.place, patch.day)
    if not said:
        return ""
    if patch.is_neighbourhood:
        missing = [f"{each.flag.heading}: {standing_in_words(each)}." for each in said[0].missing]
        return " ".join(missing) or "Vulnerable and emerging communities said in the last 12 months."
    met = sum(each.is_met for each in said)
    return f"{met} of {plural(len(said), 'neighbourhood')} said both lists in the last 12 months."
