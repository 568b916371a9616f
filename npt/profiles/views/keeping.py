"""Who owns a profile and by when it is reviewed; signing that it is still right."""

from dataclasses import dataclass
from datetime import date

from flask import request

from npt.access.rules import Permission
from npt.organisation.models import Unit
from npt.organisation.rules import Level
from npt.people.models import Member
from npt.people.queries import member_numbered
from npt.profiles import queries
from npt.profiles.actions import keep_profile, sign_profile
from npt.profiles.forms import KeepForm
from npt.profiles.models import Profile
from npt.profiles.rules import review_due
from npt.profiles.views.door import pages, profile_address
from npt.webkit.filters import day as day_in_words
from npt.webkit.form_flow import button, correction_page
from npt.webkit.pages import Answer
from npt.webkit.visit import Visit


@dataclass(frozen=True, slots=True)
class ShownKeeping:
    """Owner and review date as their form shows them; version 0 where there is no profile yet."""

    owner: Member | None
    review_due_on: date
    version: int
    whose: str


@pages.form("/units/<code>/profile/keeping", needs=Permission.KEEP_PROFILES, within="code")
def keeping(visit: Visit[Unit]) -> Answer:
    """Say who owns the profile, and by when it is reviewed."""
    return correction_page(
        visit,
        KeepForm,
        lambda: _shown(visit),
        offer=lambda form, shown: _offer(visit, form, shown),
        act=lambda _, form: _keep(visit, **form.value()),
        saved="Owner and review date are saved.",
        back_href=profile_address(visit.place),
    )


def _shown(visit: Visit[Unit]) -> ShownKeeping | None:
    if visit.place.level is not Level.NEIGHBOURHOOD:
        return None
    profile, whose = queries.profile_of(visit.session, visit.place), f"The profile of {visit.place.name}"
    if profile is None:
        return ShownKeeping(None, review_due(visit.today), 0, whose)
    return ShownKeeping(profile.owner, profile.review_due_on, profile.version, whose)


def _offer(visit: Visit[Unit], form: KeepForm, shown: ShownKeeping) -> None:
    found = queries.owners_to_choose(visit.session, visit.place, visit.today)
    form.offer(found if shown.owner is None or shown.owner in found else [shown.owner, *found])


def _keep(visit: Visit[Unit], number: str | None, review_due_on: date, expected_version: int) -> Profile:
    owner = None if number is None else visit.found(member_numbered(visit.session, number))
    return keep_profile(
        visit.session,
        visit.place,
        owner=owner,
        review_due_on=review_due_on,
        today=visit.today,
        expected_version=expected_version,
    )


@pages.write("/units/<code>/profile/sign", needs=Permission.KEEP_PROFILES, within="code")
def sign(visit: Visit[Unit]) -> Answer:
    """Sign that the profile is still right."""
    return button(
        visit,
        act=lambda: sign_profile(
            visit.session,
            visit.place,
            stamp=visit.stamp,
            today=visit.today,
            seen=request.form.get("seen", ""),
        ),
        saved=lambda signed: (
            f"Signed as still right: review it again by {day_in_words(signed.profile.review_due_on)}."
        ),
        back_href=profile_address(visit.place),
    )
