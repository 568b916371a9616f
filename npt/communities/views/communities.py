"""The communities of a neighbourhood, or of all under a wider unit, on a day; what was said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from npt.access.rules import Permission
from npt.communities import queries
from npt.communities.actions import flagged
from npt.communities.models import Community, SpecialistContact
from npt.communities.queries import NeighbourhoodSaid
from npt.communities.rules import ASKED, Flag, Standing
from npt.communities.views.door import around, may_keep, pages
from npt.communities.wording import (
    flags_in_words,
    good_until,
    said_in_words,
    share_in_words,
    standing_in_words,
)
from npt.organisation.models import Unit
from npt.webkit.as_at import AsAtForm
from npt.webkit.filters import day as day_in_words
from npt.webkit.listing import Column, Columns, Table, coded, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class FlagList:
    """The list of a flag of a neighbourhood, as its page shows it."""

    flag: Flag
    words: str
    tone: str
    good_until: str
    communities: Sequence[Community]
    #: what a button carries: which communities the list names
    seen: str


def seen_of(communities: Sequence[Community]) -> str:
    """The keys of a list as a button carries them: "3-17", "none"."""
    return "-".join(str(key) for key in sorted(each.id for each in communities)) or "none"


def _columns(day: date, *, is_neighbourhood: bool) -> Columns[Community]:
    def share(each: Community) -> object:
        known = each.share_on(day)
        return None if known is None else known.percent

    place: Columns[Community] = (coded("Neighbourhood", lambda each: each.unit),)
    return (
        Column("Community", lambda each: each.name, holds_words=True, is_sortable=True),
        *(() if is_neighbourhood else place),
        Column("Flags", lambda each: flags_in_words(each.flags_on(day))),
        Column("Kind", lambda each: each.kind, is_sortable=True),
        Column("Share", lambda each: share_in_words(each.share_on(day)), in_file=share),
        Column("Languages", lambda each: each.languages, holds_words=True),
        Column("Known since", lambda each: each.starts_on),
        Column("Last day", lambda each: each.ends_on, unknown="still here"),
    )


@pages.read("/units/<code>/communities", needs=Permission.SEE_PROFILES, within="code")
def communities(visit: Visit[Unit]) -> Answer:
    """The communities there are on a day, with their flags, and what the neighbourhood says of them."""
    form = AsAtForm()
    day = form.read_address(visit.today)
    found = queries.communities_under(visit.session, visit.place.path, as_at=day)
    shown = around(visit, day)
    is_one = bool(shown["is_neighbourhood"])
    said = queries.said_under(visit.session, visit.place, day)
    return visit.render(
        form=form,
        **shown,
        table=_table(visit, found, day, is_neighbourhood=is_one),
        words=said_in_words(sum(each.is_met for each in said), len(said)),
        lists=_lists(found, said[0], day) if is_one and said else (),
        called=_called(visit, found, day) if is_one and said else (),
        left=queries.left_behind(visit.session, visit.place) if is_one else (),
        may_keep=may_keep(visit),
        is_today=day == visit.today,
    )


def _table(
    visit: Visit[Unit], found: Sequence[Community], day: date, *, is_neighbourhood: bool
) -> Table[Community]:
    columns = _columns(day, is_neighbourhood=is_neighbourhood)
    return Table(
        f"Communities on {day_in_words(day)}",
        columns,
        part_of(found, columns, 100),
        href=lambda each: url_for("communities.community", code=each.unit.code, community_id=each.id),
        noun="communities",
        file=f"communities-{visit.place.code}-{day}",
    )


def _lists(found: Sequence[Community], said: NeighbourhoodSaid, day: date) -> list[FlagList]:
    return [_list(flag, said.standings[flag], flagged(found, flag, day)) for flag in Flag]


def _list(flag: Flag, standing: Standing, named: Sequence[Community]) -> FlagList:
    words = standing_in_words(standing)
    return FlagList(
        flag,
        words[0].upper() + words[1:],
        "good" if standing.is_said else "caution" if flag in ASKED or standing.named else "quiet",
        good_until(standing),
        named,
        seen_of(named),
    )


def _called(visit: Visit[Unit], found: Sequence[Community], day: date) -> list[tuple[SpecialistContact, str]]:
    """The contacts that communities call for, each with the names of those communities."""
    contacts = queries.specialists_at(visit.session, visit.place, as_at=day)
    names = {each.id: list[str]() for each in contacts}
    for community in found:
        for contact in queries.called_for(contacts, community, day):
            names[contact.id].append(community.name)
    return [(each, ", ".join(names[each.id])) for each in contacts if names[each.id]]


def back_to_list(visit: Visit[Unit]) -> str:
    """The communities of the place."""
    return url_for("communities.communities", code=visit.place.code)
