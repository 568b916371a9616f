"""Whom a unit heard: the mix of its contacts with verdicts, its check by a supervisor, who was not heard."""

from datetime import date
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.communities.wording import beside_in_words, flags_in_words, mix_bars, mix_columns
from npt.engagement import queries
from npt.engagement.actions import check_mix as record_check
from npt.engagement.forms import CheckForm, MixForm, SilenceForm
from npt.engagement.models import MixCheck
from npt.engagement.queries import ContactMix, SilentStreet, UnheardCommunity
from npt.engagement.rules import STREET_SILENT_AFTER
from npt.engagement.views.door import around, pages
from npt.kit.clock import days_in_words
from npt.kit.spans import checked_span
from npt.organisation.models import Unit
from npt.organisation.queries import units_under
from npt.organisation.rules import Level
from npt.webkit.asked import asked_day
from npt.webkit.form_flow import form_page
from npt.webkit.listing import Column, Columns, Table, coded, part_of
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit

_CHECKS: Columns[MixCheck] = (
    Column("Checked", lambda each: each.checked_at),
    Column("By", lambda each: each.checked_by.name, holds_words=True),
    Column("Contacts", lambda each: days_in_words(each.first_on, each.last_on)),
    Column("To do", lambda each: each.to_do, holds_words=True),
)


def _names(mix: ContactMix, which: str) -> str:
    """The groups and communities of a mix that are under, or of which nobody was heard: "Polish, Black …"."""
    found = [row.name for each in (mix.communities, mix.ethnicities) for row in getattr(each, which)]
    return ", ".join(found) or "none"


_TEAMS: Columns[ContactMix] = (
    coded("Team", lambda each: each.unit),
    Column("Contacts", lambda each: each.contacts, is_number=True),
    Column("Heard less than their share", lambda each: _names(each, "under"), holds_words=True),
    Column("Nobody heard of", lambda each: _names(each, "nobody"), holds_words=True),
)


@pages.read("/units/<code>/contact-mix", needs=Permission.SEE_PROFILES, within="code")
def mix(visit: Visit[Unit]) -> Answer:
    """Who was spoken to in a period, held against who lives there; by team in a wider unit."""
    form = MixForm()
    form.validate()
    first, last = form.days(visit.today)
    teams = _teams(visit, last)
    own, *others = queries.contact_mix(visit.session, visit.place, first, last, teams)
    return visit.render(
        form=form,
        **around(visit),
        days=days_in_words(first, last),
        mix=own,
        parts=[_part(own.communities, "Community"), _part(own.ethnicities, "Ethnic group")],
        teams=Table("Teams", _TEAMS, others, href=_address, noun="teams", file=_file(visit, last)),
        checks=Table("Checks by supervisors", _CHECKS, queries.checks_of(visit.session, visit.place)),
        check_href=_check_address(visit, first, last),
    )


def _teams(visit: Visit[Unit], day: date) -> list[Unit]:
    if visit.place.level in {Level.TEAM, Level.NEIGHBOURHOOD}:
        return []
    return units_under(visit.session, visit.place.path, as_at=day, level=Level.TEAM)


def _address(mix: ContactMix) -> str:
    return url_for("engagement.mix", code=mix.unit.code)


def _file(visit: Visit[Unit], last: date) -> str:
    return f"contact-mix-{visit.place.code}-{last}"


def _part(mix: Any, heading: str) -> dict[str, Any]:
    """What a template shows of a mix: the bars, the same figures as a table, and what stands beside them."""
    return {
        "heading": heading,
        "bars": mix_bars(mix),
        "table": Table(heading, mix_columns(heading, "Contacts"), mix.rows),
        "beside": beside_in_words(mix),
        "nobody": [row.name for row in mix.nobody],
    }


def _check_address(visit: Visit[Unit], first: date, last: date) -> str:
    if not visit.may(Permission.CHECK_ENGAGEMENT, visit.place.path):
        return ""
    asked: dict[str, Any] = {"from": first.isoformat(), "to": last.isoformat()}
    return url_for("engagement.check_mix", code=visit.place.code, **asked)


@pages.form("/units/<code>/contact-mix/check", needs=Permission.CHECK_ENGAGEMENT, within="code")
def check_mix(visit: Visit[Unit]) -> Answer:
    """Record having looked at whom the unit heard, and what is to be done."""
    first, last = asked_day("from"), asked_day("to")
    usual = MixForm().days(visit.today)
    form = CheckForm(first_on=first or usual[0], last_on=last or usual[1])
    return form_page(
        visit,
        form,
        act=lambda: _check(visit, form),
        saved="Your check is recorded.",
        back_href=url_for("engagement.mix", code=visit.place.code),
    )


def _check(visit: Visit[Unit], form: CheckForm) -> MixCheck:
    span = checked_span(form.first_on.value, form.last_on.value)
    return record_check(
        visit.session,
        unit=visit.place,
        first_on=span.first,
        last_on=form.last_on.value,
        to_do=form.to_do.value,
        stamp=visit.stamp,
    )


_UNHEARD: Columns[UnheardCommunity] = (
    Column(
        "Community",
        lambda each: each.community.name,
        holds_words=True,
        below=lambda each: each.community.unit.name,
    ),
    Column("Flags", lambda each: flags_in_words(each.community.flags_on(each.on))),
    Column("Last contact", lambda each: each.last, unknown="none on record"),
    Column("Key individuals", lambda each: each.voices, is_number=True),
)
_STREETS: Columns[SilentStreet] = (
    Column("Street", lambda each: each.name, holds_words=True),
    coded("Neighbourhood", lambda each: each.neighbourhood),
    Column("Priority class", lambda each: each.neighbourhood.priority_class, is_number=True, unknown="none"),
    Column("Last contact or patrol", lambda each: each.last, unknown="none on record"),
)
#: A wider unit has more streets than a page: its areas have theirs.
_WITH_STREETS = frozenset({Level.AREA, Level.TEAM, Level.NEIGHBOURHOOD})


@pages.read("/units/<code>/not-heard", needs=Permission.SEE_PROFILES, within="code")
def not_heard(visit: Visit[Unit]) -> Answer:
    """The communities and streets from which nobody has been heard for long."""
    form = SilenceForm()
    form.validate()
    days = form.days.data or STREET_SILENT_AFTER
    unheard = queries.unheard_communities(visit.session, visit.place.path, visit.today)
    return visit.render(
        form=form,
        **around(visit),
        days=days,
        silent=sum(each.is_silent for each in unheard),
        voiceless=sum(not each.voices for each in unheard),
        kin_href=_kin_address(visit),
        communities=Table("Communities", _UNHEARD, unheard, href=_community_address, noun="communities"),
        streets=_street_table(visit, days) if visit.place.level in _WITH_STREETS else None,
    )


def _kin_address(visit: Visit[Unit]) -> str:
    if not visit.may(Permission.SEE_KIN, visit.place.path):
        return ""
    return url_for("kin.mix", code=visit.place.code)


def _street_table(visit: Visit[Unit], days: int) -> Table[SilentStreet]:
    streets = queries.silent_streets(visit.session, visit.place.path, visit.today, days)
    return Table(
        "Streets",
        _STREETS,
        part_of(streets, _STREETS, 50),
        noun="streets",
        file=f"streets-not-seen-{visit.place.code}-{visit.today}",
    )


def _community_address(each: UnheardCommunity) -> str:
    community = each.community
    return url_for("communities.community", code=community.unit.code, community_id=community.id)
