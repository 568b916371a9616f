"""Who owns a profile, by when it is reviewed, and signing that it is still right."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.profiles.actions.places import began, check_stands, lock_neighbourhood
from npt.profiles.models import Profile, ProfileReview
from npt.profiles.queries import last_review, latest_parts, owners_to_choose
from npt.profiles.rules import check_review_date, review_due
from npt.store.constraints import refusing
from npt.store.versions import Stale, check_version


class NotPostedHere(Refusal):
    """The owner of a profile is neither posted to the team of the neighbourhood nor to its area."""


class NothingWritten(Refusal):
    """A profile was to be signed in which nothing is written."""


@dataclass(frozen=True, slots=True)
class NotBegun:
    """In place of a profile that nobody has begun."""

    version: int = 0


NOT_BEGUN = NotBegun()


def keep_profile(
    session: Session,
    unit: Unit,
    *,
    owner: Member | None,
    review_due_on: date,
    today: date,
    expected_version: int | None = None,
) -> Profile:
    """Say who owns the profile, and by when it is reviewed: never later than twelve months from today.

    `expected_version`: that of the profile that the person saw, 0 where there was none. NotANeighbourhood,
    NeighbourhoodNotOpen, StaleRecord, NotPostedHere, BadReviewDate.
    """
    profile = lock_neighbourhood(session, unit)
    check_stands(unit, today)
    check_version(profile or NOT_BEGUN, expected_version)
    is_same_owner = profile is not None and owner is not None and profile.owner_id == owner.id
    if owner is not None and not is_same_owner and owner not in owners_to_choose(session, unit, today):
        raise NotPostedHere(
            f"{owner.name} is not posted to the team or the area: choose somebody from the list.",
            field="number",
        )
    if profile is None or profile.review_due_on != review_due_on:
        check_review_date(review_due_on, today)
    profile = began(session, unit, profile, today)
    profile.owner, profile.review_due_on = owner, review_due_on
    with refusing(session):
        return profile


def seen_of(session: Session, unit: Unit) -> str:
    """What a profile says now, as a button carries it: the key of its last version, "none" without one."""
    latest = latest_parts(session, [unit.id])
    return str(max((each.id for each in latest.values()), default="none"))


def sign_profile(
    session: Session, unit: Unit, *, stamp: Stamp, today: date, seen: str | None = None
) -> ProfileReview:
    """Sign that the profile is still right: it is reviewed again within twelve months.

    `seen` as `seen_of` told it to the person; None where nobody looked. Signed twice on one day by one person
    it is one signature. NotANeighbourhood, NeighbourhoodNotOpen, NothingWritten, Stale.
    """
    profile = lock_neighbourhood(session, unit)
    check_stands(unit, today)
    now = seen_of(session, unit)
    if seen is not None and seen != now:
        raise Stale(
            "Somebody changed the profile after you opened it, so nothing was signed: read it again, then"
            " sign."
        )
    if profile is None or now == "none":
        raise NothingWritten("Nothing is written in this profile yet: write a part of it first.")
    last = last_review(session, profile)
    if last is not None and (last.reviewed_on, last.reviewed_by_id) == (today, stamp.account_id):
        return last
    signed = ProfileReview(profile=profile, reviewed_on=today, reviewed_by_id=stamp.account_id)
    profile.review_due_on = review_due(today)
    with refusing(session):
        session.add(signed)
    return signed
