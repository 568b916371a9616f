"""Every neighbourhood has a named contact: who answers today, and where somebody has to look."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.performance.forms import CoverForm
from npt.performance.queries import away_all_day
from npt.performance.views.door import pages
from npt.staffing.queries import Named, NeighbourhoodCover, cover_of
from npt.staffing.rules import Claim
from npt.staffing.views import day_page
from npt.webkit.filters import day as day_in_words
from npt.webkit.filters import isolated, plural, tag
from npt.webkit.listing import Column, Columns, Table, coded
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


def _columns(visit: Visit[Unit]) -> Columns[NeighbourhoodCover]:
    def named(heading: str, of: Callable[[NeighbourhoodCover], Named | None]) -> Column[NeighbourhoodCover]:
        def note(cover: NeighbourhoodCover) -> str:
            return _note(of(cover), visit.may(Permission.SEE_DUTY, cover.neighbourhood.path))

        return Column(
            heading, lambda cover: _name(of(cover)), unknown="no contact", holds_words=True, below=note
        )

    return (
        coded("Neighbourhood", lambda cover: cover.neighbourhood, is_below=True),
        Column(
            "Contact today", _answers, in_file=lambda cover: _name(cover.in_person) or cover.answering.flag
        ),
        named("Contact", lambda cover: cover.contact),
        named("Deputy", lambda cover: cover.deputy),
    )


@pages.read("/units/<code>/contacts/cover", needs=Permission.SEE_UNITS, within="code")
def cover(visit: Visit[Unit]) -> Answer:
    """Who answers for each neighbourhood of a unit on a day."""
    form = CoverForm()
    return day_page(visit, form, lambda day: _cover(visit, form, day), Permission.SEE_UNITS)


def _cover(visit: Visit[Unit], form: CoverForm, day: date) -> dict[str, Any]:
    found = cover_of(visit.session, visit.place, day, away=away_all_day)
    without = [each for each in found if not each.has_contact]
    flagged = [each for each in found if each.answering.is_flagged]
    shown = {"flagged": flagged, "without": without}.get(form.show.data or "", found)
    return {
        "table": Table(
            f"Neighbourhoods on {day_in_words(day)}",
            _columns(visit),
            shown,
            href=lambda cover: _address(visit, cover.neighbourhood),
            file=f"neighbourhood-contacts-{visit.place.code}-{day}",
        ),
        "sentence": f"On {day_in_words(day)}, {_sentence(len(found), len(without), len(flagged))}",
        "has_any": bool(found),
    }


def _sentence(count: int, without: int, flagged: int) -> str:
    """ "86 of 88 neighbourhoods have a named contact; for 5 somebody else answers, or nobody." """
    verb = "has" if count - without == 1 else "have"
    named = f"{count - without} of {plural(count, 'neighbourhood')} {verb} a named contact"
    if not flagged:
        return f"{named}, and none is away."
    return f"{named}. For {flagged}, somebody else stands in or no one is available."


def _address(visit: Visit[Unit], neighbourhood: Unit) -> str:
    """The contacts of a neighbourhood; "" for whoever may not see them."""
    if not visit.may(Permission.SEE_STAFFING, neighbourhood.path):
        return ""
    return url_for("staffing.contacts", code=neighbourhood.code)


def _name(named: Named | None) -> str | None:
    return None if named is None else named.member.name


def contact_shown(cover: NeighbourhoodCover) -> Markup:
    """The contact by name, and who stands in where the contact does not answer."""
    parts = [isolated(name)] if (name := _name(cover.contact)) else []
    if cover.contact is None or cover.in_person is not cover.contact:
        parts.append(_answers(cover))
    return Markup(" ").join(parts)


def _answers(cover: NeighbourhoodCover) -> Markup:
    name, flag = _name(cover.in_person), cover.answering.flag
    parts = [isolated(name)] if name else []
    parts += [tag(flag, "caution" if cover.has_contact else "bad")] if flag else []
    return Markup(" ").join(parts)


def _note(named: Named | None, may_see_why: bool) -> str:
    """How somebody named stands: their role, or why they do not answer."""
    if named is None:
        return ""
    if named.claim is Claim.LEFT or named.posting is None:
        return "not with the team on this day"
    if named.claim is Claim.AWAY:
        return f"away all day: {named.reason}" if may_see_why else "away all day"
    return named.posting.role.wording
