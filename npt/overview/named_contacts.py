"""The named contacts of a unit: who they are, their photo, and whether they are on duty now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from npt.access.rules import Permission
from npt.kit.clock import clock_in_words, local_day
from npt.overview.cards.card import Patch
from npt.performance.queries import DutyNow, away_all_day, duty_now
from npt.staffing.queries import Named, NeighbourhoodCover, cover_of, photographed
from npt.staffing.rules import Claim
from npt.webkit.filters import day_short
from npt.webkit.parts import Link


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A contact or a deputy as the page shows them. "" where there is nothing to say."""

    name: str
    #: what they are here: "Contact, PCSO"
    part: str
    #: whether they are on duty now, or back when; how grave that is, as the tone of a box
    duty: str
    tone: str
    photo: str
    change_photo: str

    @property
    def initials(self) -> str:
        """What stands in the place of a photo."""
        words = self.name.split()
        return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() if words else ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who answers: of a neighbourhood its contact and deputy, of a wider unit how many have one."""

    covers: Sequence[NeighbourhoodCover]
    shown: Sequence[ContactShown]
    #: what is to be looked at: "The team stands in"
    flag: str
    #: where the contact is named, and in which words; None for whoever may not
    way: Link | None


def contacts_of(patch: Patch) -> Contacts:
    """The contacts of the unit today. Six statements at most, whatever its size."""
    covers = cover_of(patch.session, patch.place, patch.today, away=away_all_day)
    if not patch.is_neighbourhood or not covers:
        return Contacts(covers, (), "", None)
    (cover,) = covers
    named = [each for each in (cover.contact, cover.deputy) if each is not None]
    ids = [each.member.id for each in named]
    now = duty_now(patch.session, ids, patch.visit.now) if patch.may(Permission.SEE_DUTY) else None
    photos = photographed(patch.session, ids)
    shown = [_shown(patch, each, now, photos) for each in named]
    return Contacts(covers, shown, cover.answering.flag, _way(patch))


def _way(patch: Patch) -> Link | None:
    code = patch.place.code
    if patch.may(Permission.SEE_STAFFING):
        return Link("Contacts now and before", url_for("staffing.contacts", code=code))
    return None


def _shown(
    patch: Patch, named: Named, now: Mapping[int, DutyNow] | None, photos: dict[int, str]
) -> ContactShown:
    contact, role = named.contact, named.posting
    part = contact.kind.wording.capitalize() + ("" if role is None else f", {role.role.wording}")
    duty, tone = _duty(named, None if now is None else now.get(contact.member_id, DutyNow()), patch.visit.now)
    address: dict[str, Any] = {"code": patch.place.code, "contact_id": contact.id}
    digest = photos.get(contact.member_id)
    return ContactShown(
        named.member.name,
        part,
        duty,
        tone,
        url_for("staffing.picture", **address, v=digest) if digest else "",
        url_for("staffing.photo", **address) if patch.may(Permission.NAME_CONTACTS) else "",
    )


def _duty(named: Named, stands: DutyNow | None, now: datetime) -> tuple[str, str]:
    """How somebody named stands now, in words, and the tone of them."""
    if named.claim is Claim.LEFT:
        return "not with the team today", "bad"
    if stands is None:  # the reader does not see who is on duty
        return ("away all day", "caution") if named.claim is Claim.AWAY else ("", "")
    if stands.until is not None and stands.reason:
        back = "" if stands.back_at is None else f" until {clock_in_words(stands.back_at)}"
        return f"away now{back}: {stands.reason}", "caution"
    if stands.until is not None:
        return f"on duty until {clock_in_words(stands.until)}", "good"
    if stands.next_at is None:
        return "no shift in the next two weeks", "quiet"
    next_day = local_day(stands.next_at)
    when = "today" if next_day == local_day(now) else day_short(next_day)
    return f"off duty, next on {when} {clock_in_words(stands.next_at)}", "quiet"
