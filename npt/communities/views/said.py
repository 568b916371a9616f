"""What neighbourhoods have said of their vulnerable and emerging communities: the list, and signing."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from flask import request, url_for

from npt.access.rules import Permission
from npt.communities import queries
from npt.communities.actions import say
from npt.communities.forms import SaidForm, Sought
from npt.communities.models import CommunityStatement
from npt.communities.queries import NeighbourhoodSaid
from npt.communities.rules import Flag
from npt.communities.views.communities import back_to_list
from npt.communities.views.door import around, pages
from npt.communities.wording import all_in_words, said_in_words, standing_in_words
from npt.organisation.models import Unit
from npt.webkit.as_at import as_at_unless_today
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import button
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit, not_found

_STATEMENTS: Columns[CommunityStatement] = (
    Column("On", lambda each: each.said_at),
    Column("Said", lambda each: _said(each)),
    Column("By", lambda each: each.said_by.name, holds_words=True),
)


def _of(flag: Flag) -> Callable[[NeighbourhoodSaid], str]:
    return lambda each: standing_in_words(each.standings[flag])


def _tone(flag: Flag) -> Callable[[NeighbourhoodSaid], str]:
    return lambda each: "good" if each.standings[flag].is_said else "caution"


_COLUMNS: Columns[NeighbourhoodSaid] = (
    coded("Neighbourhood", lambda each: each.neighbourhood, is_below=True),
    Column("Vulnerable", _of(Flag.VULNERABLE), tone=_tone(Flag.VULNERABLE)),
    Column("Emerging", _of(Flag.EMERGING), tone=_tone(Flag.EMERGING)),
    Column(
        "Missing since",
        lambda each: None if each.is_met else each.silent_from,
        unknown="both said",
    ),
)


@pages.read("/units/<code>/communities/said", needs=Permission.SEE_PROFILES, within="code")
def said(visit: Visit[Unit]) -> Answer:
    """Which neighbourhoods have said both, and what is missing of the others since when."""
    form = SaidForm()
    day = form.read_address(visit.today)
    found = queries.said_under(visit.session, visit.place, day)
    met = sum(each.is_met for each in found)
    signed = queries.statements_of(visit.session, visit.place, as_at=day)
    shown = around(visit, day)
    return visit.render(
        form=form,
        **shown,
        words=said_in_words(met, len(found)),
        table=_table(visit, found if shown["is_neighbourhood"] else _sought(found, form.show.given), day),
        statements=Table("Signed here", _STATEMENTS, signed),
        is_all_said=met == len(found),
    )


def _table(visit: Visit[Unit], found: Sequence[NeighbourhoodSaid], day: date) -> Table[NeighbourhoodSaid]:
    return Table(
        f"Said by neighbourhoods as at {day_in_words(day)}",
        _COLUMNS,
        found,
        href=lambda each: _said_here(visit, each.neighbourhood, day),
        file=f"said-{visit.place.code}-{day}",
    )


def _sought(found: Sequence[NeighbourhoodSaid], sought: object) -> Sequence[NeighbourhoodSaid]:
    """Those of the neighbourhoods that are looked for; what is silent for longest comes first."""
    if sought is Sought.ALL:
        return found
    if sought is Sought.LAPSED:
        return [each for each in found if each.to_confirm]
    if sought is Sought.SILENT:
        found = [each for each in found if each.is_silent]
    return sorted((each for each in found if not each.is_met), key=lambda each: each.silent_from)


def _said_here(visit: Visit[Unit], neighbourhood: Unit, day: date) -> str:
    """What the neighbourhood said, as at the day."""
    return url_for("communities.communities", code=neighbourhood.code, **as_at_unless_today(visit, day))


def _said(statement: CommunityStatement) -> str:
    what = all_in_words(statement.flag)
    return f"No {what}" if statement.is_none else f"These are our {what}"


@pages.write("/units/<code>/communities/<flag>/confirm", needs=Permission.KEEP_PROFILES, within="code")
def confirm(visit: Visit[Unit], flag: str) -> Answer:
    """Re-confirm the communities that have a flag."""
    return _sign(visit, _flag(flag), is_none=False)


@pages.write("/units/<code>/communities/<flag>/none", needs=Permission.KEEP_PROFILES, within="code")
def sign_none(visit: Visit[Unit], flag: str) -> Answer:
    """Sign that no community has a flag."""
    return _sign(visit, _flag(flag), is_none=True)


def _sign(visit: Visit[Unit], flag: Flag, *, is_none: bool) -> Answer:
    return button(
        visit,
        act=lambda: say(
            visit.session,
            neighbourhood=visit.place,
            flag=flag,
            is_none=is_none,
            stamp=visit.stamp,
            today=visit.today,
            seen=_seen(),
        ),
        saved=lambda statement: f"Signed: {_said(statement)[0].lower()}{_said(statement)[1:]}.",
        back_href=back_to_list(visit),
    )


def _flag(text: str) -> Flag:
    try:
        return Flag(text)
    except ValueError:
        not_found()


def _seen() -> set[int]:
    """The communities that the button's page named; one that is none where that cannot be read."""
    seen = request.form.get("seen", "")
    if seen == "none":
        return set()
    return set(map(int, seen.split("-"))) if re.fullmatch(r"\d{1,18}(-\d{1,18}){0,999}", seen) else {0}
