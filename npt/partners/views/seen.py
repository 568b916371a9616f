"""What an agency could see on any day, told by the shares themselves, and what its people opened."""

from datetime import date, datetime

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import local_midnight
from npt.matters.models import Matter
from npt.partners import queries
from npt.partners.models import Agency, Share
from npt.partners.queries import Opened
from npt.partners.rules import end_of
from npt.partners.views.door import AGENCY, agency_at, agency_trail, pages, seen_of
from npt.partners.wording import act_in_words, level_in_words
from npt.webkit.as_at import AsAtForm
from npt.webkit.filters import clock
from npt.webkit.filters import day as day_in_words
from npt.webkit.listing import Column, Columns, Table
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@pages.read(f"{AGENCY}/seen", needs=Permission.SEE_PARTNERS, shows_personal="what an agency opened")
def seen(visit: Visit[None], agency: str) -> Answer:
    """What the agency could see on a day, from when until when, and what was opened of it.

    Of matters that the reader may see themselves.
    """
    found, form = agency_at(visit, agency), AsAtForm()
    day = form.read_address(visit.today)
    opened = seen_of(visit, queries.opened_by(visit.session, found, local_midnight(day), end_of(day)))
    visit.personal_record_id = found.id
    visit.shows_personal = any(_may_name(visit, each.matter) for each in opened)
    return visit.render(
        agency=found,
        form=form,
        day=day,
        table=_could_see(visit, found, day),
        opened=Table(f"What was opened on {day_in_words(day)}", _opened_columns(visit), opened),
        trail=agency_trail(found),
    )


def _could_see(visit: Visit[None], agency: Agency, day: date) -> Table[Share]:
    """What was shared with the agency within the day."""
    starts, ends = local_midnight(day), end_of(day)
    return Table(
        f"What {agency.name} could see on {day_in_words(day)}",
        _columns(starts, ends),
        seen_of(visit, queries.shares_with(visit.session, agency, starts, ends)),
        href=lambda each: _shares_address(visit, each.matter),
        noun="shares",
        file=f"seen-{agency.code}-{day}",
    )


def _columns(starts: datetime, ends: datetime) -> Columns[Share]:
    return (
        Column("Record", lambda each: each.matter.title, holds_words=True),
        Column("Reference", lambda each: each.matter.reference),
        Column("Kind", lambda each: each.matter.kind.wording.capitalize()),
        Column("Unit", lambda each: each.matter.unit.name, holds_words=True),
        Column("How much", level_in_words),
        Column("From", lambda each: _begins(each, starts)),
        Column("Until", lambda each: _ends(each, ends)),
        Column("For", lambda each: each.purpose, holds_words=True, is_on_page=False, name="purpose"),
        Column("Legal basis", lambda each: each.basis, is_on_page=False, name="legal_basis"),
    )


def _begins(share: Share, starts: datetime) -> str:
    """From when on in the day it was open."""
    return "the start of the day" if share.granted_at <= starts else clock(share.granted_at)


def _ends(share: Share, ends: datetime) -> str:
    """Until when in the day it was open."""
    return "the end of the day" if share.ends_at >= ends else clock(share.ends_at)


def _opened_columns(visit: Visit[None]) -> Columns[Opened]:
    return (
        Column("When", lambda each: each.at),
        Column(
            "Who",
            lambda each: each.name if _may_name(visit, each.matter) else None,
            unknown="somebody of the agency",
            holds_words=True,
        ),
        Column("Record", lambda each: each.matter.title, holds_words=True),
        Column("What", lambda each: act_in_words(each.act)),
    )


def _may_name(visit: Visit[None], matter: Matter) -> bool:
    return visit.may(Permission.MANAGE_PARTNERS, matter.path)


def _shares_address(visit: Visit[None], matter: Matter) -> str:
    """Where its shares are kept, for whoever may share it."""
    if not visit.may(Permission.SHARE, matter.path):
        return ""
    return url_for("partners.shares", reference=matter.reference)
