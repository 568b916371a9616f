"""Every neighbourhood has a named contact: who answers today, and where somebody has to look."""

from dataclasses import dataclass

from flask import url_for

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.queries import ancestors
from npt.performance.forms import CoverForm
from npt.performance.queries import away_all_day
from npt.performance.views.door import pages
from npt.staffing.queries import Named, NeighbourhoodCover, cover_of
from npt.staffing.rules import Answering, Claim
from npt.webkit.as_at import as_at
from npt.webkit.filters import plural
from npt.webkit.pages import Answer
from npt.webkit.parts import Column
from npt.webkit.visit import Visit

COLUMNS = tuple(Column(heading) for heading in ("Neighbourhood", "Answers today", "Contact", "Deputy"))
_FLAGS = {
    Answering.CONTACT: "",
    Answering.DEPUTY: "Deputy stands in",
    Answering.TEAM: "The team stands in",
    Answering.NOBODY: "Nobody named",
}


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One neighbourhood, worded."""

    name: str
    code: str
    href: str
    answers: str
    flag: str
    has_contact: bool
    contact: str
    contact_note: str
    deputy: str
    deputy_note: str


@pages.read("/units/<code>/contacts/cover", needs=Permission.SEE_UNITS, within="code")
def cover(visit: Visit[Unit]) -> Answer:
    """Who answers for each neighbourhood of a unit on a day."""
    form = CoverForm()
    day = form.read_address(visit.today)
    found = cover_of(visit.session, visit.place, day, away=away_all_day)
    without = [each for each in found if not each.has_contact]
    flagged = [each for each in found if each.answering.is_flagged]
    shown = {"flagged": flagged, "without": without}.get(form.show.data or "", found)
    return visit.render(
        form=form,
        day=day,
        lines=[_line(visit, each) for each in shown],
        sentence=_sentence(len(found), len(without), len(flagged)),
        has_any=bool(found),
        columns=COLUMNS,
        above=[
            (unit.name, url_for("performance.cover", code=unit.code, **as_at(day)))
            for unit in ancestors(visit.session, visit.place)
            if visit.may(Permission.SEE_UNITS, unit.path)
        ],
        status=422 if form.has_errors else 200,
    )


def _sentence(count: int, without: int, flagged: int) -> str:
    """ "86 of 88 neighbourhoods have a named contact; for 5 somebody else answers, or nobody." """
    verb = "has" if count - without == 1 else "have"
    named = f"{count - without} of {plural(count, 'neighbourhood')} {verb} a named contact"
    if not flagged:
        return f"{named}, and each of them answers."
    return f"{named}. For {flagged}, somebody else stands in or nobody answers."


def _line(visit: Visit[Unit], cover: NeighbourhoodCover) -> CoverLine:
    answering = cover.answering
    neighbourhood = cover.neighbourhood
    in_charge = {Answering.CONTACT: cover.contact, Answering.DEPUTY: cover.deputy}.get(answering)
    may_see_why = visit.may(Permission.SEE_DUTY, neighbourhood.path)
    may_open = visit.may(Permission.SEE_STAFFING, neighbourhood.path)
    return CoverLine(
        name=neighbourhood.name,
        code=neighbourhood.code,
        href=url_for("staffing.contacts", code=neighbourhood.code) if may_open else "",
        answers=in_charge.member.name if in_charge is not None else "",
        flag=_FLAGS[answering],
        has_contact=cover.has_contact,
        contact=_name(cover.contact),
        contact_note=_note(cover.contact, may_see_why),
        deputy=_name(cover.deputy),
        deputy_note=_note(cover.deputy, may_see_why),
    )


def _name(named: Named | None) -> str:
    return "nobody named" if named is None else named.member.name


def _note(named: Named | None, may_see_why: bool) -> str:
    """How somebody named stands: their role, or why they do not answer."""
    if named is None:
        return ""
    if named.claim is Claim.LEFT or named.posting is None:
        return "not with the team on this day"
    if named.claim is Claim.AWAY:
        return f"away all day: {named.reason}" if may_see_why else "away all day"
    return named.posting.role.wording
