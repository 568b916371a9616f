"""Partners in words, where several pages say them alike."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from flask import Flask, current_app, url_for

from npt.access.rules import ShareLevel
from npt.kit.clock import day_in_words, moment_in_words
from npt.matters.models import Matter
from npt.matters.rules import MatterKind
from npt.outbox.rules import LetterFacts, Topic
from npt.partners.models import PartnerAccount, Share
from npt.partners.rules import Vetting, ends_soon
from npt.webkit.routes import ROUTES

_PAGES = "npt_shared_pages"


def register(app: Flask, pages: Mapping[MatterKind, str]) -> None:
    """Say which page of a matter a share of one of each kind opens."""
    app.extensions[_PAGES] = pages


def shared_address(matter: Matter) -> str:
    """Where a partner looks at a matter that is shared with them; "" for a kind that has no such page."""
    endpoint = cast(Mapping[MatterKind, str], current_app.extensions[_PAGES]).get(matter.kind)
    if endpoint is None:
        return ""
    named: dict[str, Any] = {ROUTES[endpoint].within_matter or "reference": matter.reference}
    return url_for(endpoint, **named)


def vetting_in_words(member: PartnerAccount, today: date) -> str:
    """How somebody is vetted and until when: "NPPV level 2 (full), until 4 May 2027"."""
    if member.vetting is Vetting.NONE or member.vetted_until is None:
        return Vetting.NONE.wording
    verb = "until" if member.vetted_until >= today else "ended on"
    return f"{member.vetting.wording}, {verb} {day_in_words(member.vetted_until)}"


def vetting_tone(member: PartnerAccount, today: date) -> str:
    """How urgent that is."""
    if member.vetted_until is None:
        return "quiet"
    if member.vetted_until < today:
        return "bad"
    return "caution" if ends_soon(member.vetted_until, today) else "good"


def invitation(share: Share, address: str) -> LetterFacts:
    """The letter that brings a resident the link; matter, unit and resident are loaded."""
    matter, resident = share.matter, share.resident
    if resident is None:
        raise ValueError(f"share {share.id} is with an agency")
    text = (
        f"Dear {resident.name},\n\n"
        f"{matter.unit.name} invites you to look at “{matter.title}”, and to tell us what you think:\n\n"
        f"{address}\n\n"
        f"The link is for you alone and works until {day_in_words(share.until)}. Please do not pass it on.\n"
    )
    return LetterFacts(
        identity=f"invitation-{share.id}",
        to_address=resident.email,
        to_name=resident.name,
        subject=f"You are invited to look at: {matter.title}",
        text=text,
        topic=Topic.INVITATION,
        path=matter.path,
        is_urgent=True,
    )


def shared_with(share: Share) -> str:
    """Whom a matter is shared with: an agency, or a resident by name; they are loaded."""
    whom = share.agency or share.resident
    return "" if whom is None else whom.name


def level_in_words(share: Share) -> str:
    """How much they see."""
    return "Residents’ view" if share.level is None else share.level.wording


def act_in_words(act: str) -> str:
    """What was opened, as the journal has it: "open shared: full" is "In full"."""
    level = act.removeprefix("open shared: ")
    return next((each.wording for each in ShareLevel if each.value == level), act)


def state_in_words(share: Share, now: datetime) -> str:
    """Whether it is open, and what ends it."""
    why = share.why_ended(now)
    if why is not None:
        return f"{why.wording} {moment_in_words(share.ends_at)}"
    if share.confirm_by is not None:
        return f"to be confirmed by {moment_in_words(share.confirm_by)}"
    return "open"


def state_tone(share: Share, now: datetime) -> str:
    """How urgent that is."""
    if not share.opens_at(now):
        return "quiet"
    return "caution" if share.confirm_by is not None else "good"
