"""Whom the network stands for, held against who lives there, by quarter."""

from collections.abc import Sequence

from flask import url_for

from npt.access.rules import Permission
from npt.communities.rules import MixRow
from npt.communities.wording import beside_in_words, mix_bars, mix_columns
from npt.kin.forms import MixForm
from npt.kin.queries import NetworkMix, network_mix
from npt.kin.rules import Sector
from npt.kin.views.door import NETWORK, pages, units_above
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_SECTORS: Columns[tuple[Sector, int]] = (
    Column("Sector", lambda each: each[0]),
    Column("People", lambda each: each[1], is_number=True),
)


@pages.read(f"{NETWORK}/mix", needs=Permission.SEE_KIN, within="code")
def mix(visit: Visit[Unit]) -> Answer:
    """Communities, ethnic groups and sectors of the network: expected, in it, interval and verdict."""
    form = MixForm()
    form.offer(visit.today)
    form.validate()
    quarter = form.asked(visit.today)
    day = min(quarter.last, visit.today)
    own, *below = network_mix(visit.session, visit.place, day, _teams(visit))
    return visit.render(
        form=form,
        quarter=quarter,
        day=day,
        own=own,
        is_small=visit.place.level is Level.NEIGHBOURHOOD,
        beside=beside_in_words(own.ethnicities),
        ethnic_bars=mix_bars(own.ethnicities),
        community_bars=mix_bars(own.communities),
        ethnicities=_table("Ethnic groups", own.ethnicities.rows, "Ethnic group"),
        communities=_table("Communities", own.communities.rows, "Community"),
        sectors=Table("Sectors", _SECTORS, [(each, own.sectors[each]) for each in Sector]),
        teams=Table("Teams", _team_columns(quarter=str(quarter)), below),
        above=units_above(visit),
        not_heard_href=_not_heard(visit),
    )


def _not_heard(visit: Visit[Unit]) -> str:
    """Where those stand whom nobody has spoken to for long."""
    if not visit.may(Permission.SEE_PROFILES, visit.place.path):
        return ""
    return url_for("engagement.not_heard", code=visit.place.code)


def _teams(visit: Visit[Unit]) -> list[Unit]:
    """The teams under a wider unit, which are judged one by one."""
    if visit.place.level in (Level.TEAM, Level.NEIGHBOURHOOD):
        return []
    return units_under(visit.session, visit.place.path, as_at=visit.today, level=Level.TEAM)


def _table(caption: str, rows: Sequence[MixRow], group: str) -> Table[MixRow]:
    return Table(caption, mix_columns(group, "In the network", "Share of the network"), rows)


def _team_columns(quarter: str) -> Columns[NetworkMix]:
    return (
        Column(
            "Team",
            lambda each: each.unit.name,
            holds_words=True,
            href=lambda each: url_for("kin.mix", code=each.unit.code, quarter=quarter),
        ),
        Column("In the network", lambda each: len(each.voices), is_number=True),
        Column(
            "Nobody speaks for",
            lambda each: ", ".join(group.name for group in each.nobody_for) or "none",
            holds_words=True,
        ),
        Column(
            "Under their share",
            lambda each: (
                ", ".join(row.name for found in (each.communities, each.ethnicities) for row in found.under)
                or "none"
            ),
            holds_words=True,
        ),
    )
