"""What the page of a profile shows: what people wrote, and what the records of other rooms say.

Of a unit above neighbourhoods it is the sum of those under it. Rooms to come join by one more card in
`_CARDS` (priorities and meetings first), or by one more section of the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.communities.models import Community
from npt.communities.queries import called_for, communities_under, people_of, said_under, specialists_at
from npt.communities.rules import ASKED
from npt.communities.views.population import Line as GroupLine
from npt.communities.views.population import group_lines
from npt.communities.wording import flags_in_words, people_in_words, share_in_words, standing_in_words
from npt.incidents.queries import RepeatLocation, repeat_locations, repeats_of
from npt.incidents.views.counts import Changed, chart_of, chart_table, counted_of
from npt.incidents.views.repeats import categories_in_words
from npt.incidents.wording import change_in_words, months_in_words, reach_in_words, tone_of
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.overview.cards.card import CardOf, Patch
from npt.overview.cards.kin import network
from npt.overview.cards.listening import listening
from npt.profiles.actions import seen_of
from npt.profiles.models import PartVersion
from npt.profiles.queries import Kept, kept_under, latest_parts, left_behind
from npt.profiles.rules import Part
from npt.profiles.wording import kept_in_words
from npt.profiles.wording import tone_of as keeping_tone
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.visit import Visit

#: As many of each as a page has room for; the pages of their own have all.
MOST_CATEGORIES, MOST_LOCATIONS, MOST_COMMUNITIES = 6, 6, 12
#: What other rooms say at a glance, as on the page of the unit.
_CARDS: tuple[CardOf, ...] = (network, listening)
#: Units whose neighbourhoods are few enough to show what is written of each.
_FEW = (Level.NEIGHBOURHOOD, Level.TEAM, Level.AREA)


@dataclass(frozen=True, slots=True)
class Written:
    """What a part says: of each neighbourhood that says something."""

    part: Part
    said: Sequence[tuple[Unit, PartVersion]]


def profile_of_place(visit: Visit[Unit]) -> Mapping[str, Any]:
    """Everything that the page shows."""
    unit, is_neighbourhood = visit.place, visit.place.level is Level.NEIGHBOURHOOD
    kept, patch = kept_under(visit.session, unit, visit.today), Patch(visit)
    return {
        "is_neighbourhood": is_neighbourhood,
        "written": _written(visit, [unit] if is_neighbourhood else [each.neighbourhood for each in kept]),
        "own": next(iter(kept), None) if is_neighbourhood else None,
        "kept": None if is_neighbourhood else _kept_table(visit, kept),
        "overdue": sum(each.keeping.is_overdue for each in kept),
        "neighbourhoods": len(kept),
        "seen": seen_of(visit.session, unit) if is_neighbourhood else "",
        "left": left_behind(visit.session, unit) if is_neighbourhood else (),
        "kept_in_words": kept_in_words,
        "keeping_tone": keeping_tone,
        "cards": [card for card in (each(patch) for each in _CARDS) if card is not None],
        **_incidents(visit),
        **people_there(visit),
    }


def _written(visit: Visit[Unit], units: Sequence[Unit]) -> list[Written]:
    if visit.place.level not in _FEW:
        return []
    latest = latest_parts(visit.session, [unit.id for unit in units])
    return [
        Written(part, [(unit, latest[unit.id, part]) for unit in units if (unit.id, part) in latest])
        for part in Part
    ]


def _kept_table(visit: Visit[Unit], kept: Sequence[Kept]) -> Table[Kept]:
    columns: Columns[Kept] = (
        coded("Neighbourhood", lambda each: each.neighbourhood, is_below=True),
        Column("Profile", kept_in_words, tone=keeping_tone),
    )
    return Table(
        "Profiles of its neighbourhoods",
        columns,
        kept,
        href=lambda each: url_for("overview.profile", code=each.neighbourhood.code),
    )


# What was reported ------------------------------------------------------------------------------------------


def _incidents(visit: Visit[Unit]) -> dict[str, Any]:
    counted = counted_of(visit)
    changed = counted.changed(counted.lines)
    most = sorted(changed, key=lambda each: -each.windows.total)[:MOST_CATEGORIES]
    rule = repeats_of(visit.session, visit.place.path)
    repeating = repeat_locations(visit.session, visit.place.path, rule, visit.today)
    return {
        "incident_words": counted.in_words if counted.lines else "",
        "reach_words": reach_in_words(counted.reach),
        "chart": chart_of(counted.whole, counted.months),
        "chart_table": chart_table(counted.whole, counted.months),
        "changes": _changes(most, counted.comparison),
        "repeat_rule": rule.in_words,
        "repeating": len(repeating),
        "repeats": _repeats(visit, repeating[:MOST_LOCATIONS]),
    }


def _changes(changed: Sequence[Changed], comparison: Any) -> Table[Changed] | None:
    if comparison is None:
        return None
    columns: Columns[Changed] = (
        Column("Category", lambda each: each.line.words),
        Column(
            "Change",
            lambda each: change_in_words(each.change, each.windows),
            tone=lambda each: tone_of(each.change),
        ),
        Column("Now", lambda each: each.windows.after, is_number=True),
        Column("A year before", lambda each: each.windows.before, is_number=True),
    )
    return Table(f"Most reported, {months_in_words(comparison.after)}", columns, changed)


def _repeats(visit: Visit[Unit], locations: Sequence[RepeatLocation]) -> Table[RepeatLocation]:
    columns: Columns[RepeatLocation] = (
        Column("Location", lambda each: each.name, holds_words=True),
        Column("Incidents", lambda each: each.count, is_number=True),
        Column("What", categories_in_words),
    )
    return Table(
        "Repeat locations",
        columns,
        locations,
        href=lambda each: url_for(
            "incidents.incidents", code=visit.place.code, period="lately", spot=each.spot
        ),
    )


# Who lives there --------------------------------------------------------------------------------------------


def people_there(visit: Visit[Unit]) -> dict[str, Any]:
    """Communities with what is said of them, population, and whom to ask."""
    unit, today = visit.place, visit.today
    communities = communities_under(visit.session, unit.path, as_at=today)
    flagged = [each for each in communities if each.flags_on(today)]
    shown = [*flagged, *(each for each in communities if each not in flagged)]
    said = said_under(visit.session, unit, today)
    people = people_of(visit.session, unit, today)
    own = people.neighbourhoods[0] if unit.level is Level.NEIGHBOURHOOD and people.neighbourhoods else None
    figures = people.figures if own is None else own.figures
    contacts = specialists_at(visit.session, unit, as_at=today)
    called = {each.id for community in communities for each in called_for(contacts, community, today)}
    return {
        "standings": [
            (flag, standing_in_words(said[0].standings[flag]), said[0].standings[flag].is_said)
            for flag in ASKED
        ]
        if said and unit.level is Level.NEIGHBOURHOOD
        else (),
        "said": sum(each.is_met for each in said),
        "communities": _communities(visit, shown[:MOST_COMMUNITIES]),
        "more_communities": len(shown) - MOST_COMMUNITIES,
        "people_words": "" if figures is None else people_in_words(figures),
        "groups": Table("Population", _GROUPS, [] if figures is None else list(group_lines(figures))),
        "specialists": [each for each in contacts if each.id in called]
        if visit.may(Permission.SEE_STAFFING, unit.path)
        else (),
    }


def _communities(visit: Visit[Unit], shown: Sequence[Community]) -> Table[Community]:
    neighbourhood: Columns[Community] = (coded("Neighbourhood", lambda each: each.unit),)
    columns: Columns[Community] = (
        Column("Community", lambda each: each.name, holds_words=True),
        *(() if visit.place.level is Level.NEIGHBOURHOOD else neighbourhood),
        Column("Flags", lambda each: flags_in_words(each.flags_on(visit.today))),
        Column("Share", lambda each: share_in_words(each.share_on(visit.today))),
    )
    return Table(
        "Communities",
        columns,
        shown,
        href=lambda each: url_for("communities.community", code=each.unit.code, community_id=each.id),
    )


_GROUPS: Columns[GroupLine] = (
    Column("Group", lambda each: each.words),
    Column("People", lambda each: each.people, is_number=True),
    Column("Share", lambda each: each.share, is_number=True, unknown="none"),
)
