"""Profiles: of one neighbourhood, and how those of all under a unit stand."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of, within
from npt.organisation.rules import Lineage
from npt.people.models import Member, Posting
from npt.profiles.models import Profile, ProfileReview
from npt.profiles.rules import Keeping, keeping_on


@dataclass(frozen=True, slots=True)
class Kept:
    """A neighbourhood on a day, its profile if it has one, and when that was last signed."""

    neighbourhood: Unit
    profile: Profile | None
    reviewed_on: date | None
    day: date

    @property
    def keeping(self) -> Keeping:
        """How it stands."""
        return keeping_on(None if self.profile is None else self.profile.review_due_on, self.day)

    @property
    def due_on(self) -> date:
        """By when it is to be reviewed; where nobody has written one, since when it is missing."""
        return self.neighbourhood.opened_on if self.profile is None else self.profile.review_due_on


def profile_of(session: Session, unit: Unit) -> Profile | None:
    """The profile of the neighbourhood itself, with its owner."""
    asked = select(Profile).options(joinedload(Profile.owner), joinedload(Profile.unit))
    return session.scalar(asked.where(Profile.unit_id == unit.id))


def kept_under(session: Session, unit: Unit, day: date) -> list[Kept]:
    """Every neighbourhood at or under `unit` that stands on `day`, by path. Three statements."""
    neighbourhoods = neighbourhoods_of(session, unit, as_at=day)
    asked = select(Profile).options(joinedload(Profile.owner)).join(Profile.unit).where(within(unit.path))
    profiles = {each.unit_id: each for each in session.scalars(asked)}
    signed = (
        select(Profile.unit_id, func.max(ProfileReview.reviewed_on))
        .join(Profile, Profile.id == ProfileReview.profile_id)
        .join(Unit, Unit.id == Profile.unit_id)
        .where(within(unit.path))
        .group_by(Profile.unit_id)
    )
    reviewed = {row.unit_id: row[1] for row in session.execute(signed)}
    return [Kept(each, profiles.get(each.id), reviewed.get(each.id), day) for each in neighbourhoods]


def reviews_of(session: Session, profile: Profile) -> list[ProfileReview]:
    """Who signed a profile and when, the latest first."""
    asked = select(ProfileReview).options(joinedload(ProfileReview.reviewed_by))
    asked = asked.where(ProfileReview.profile_id == profile.id)
    return list(session.scalars(asked.order_by(ProfileReview.id.desc())))


def last_review(session: Session, profile: Profile) -> ProfileReview | None:
    """The last signature, with whose it is."""
    return next(iter(reviews_of(session, profile)), None)


def owners_to_choose(session: Session, unit: Unit, day: date) -> list[Member]:
    """Who may own the profile of a neighbourhood: whoever is posted to its team or its area, by name."""
    above = [each.path for each in Lineage.parse(unit.path).ancestors[-2:]]
    asked = select(Member).join(Posting, Posting.member_id == Member.id).join(Posting.unit)
    asked = asked.where(Unit.path.in_(above), Posting.holding(day)).distinct()
    return list(session.scalars(asked.order_by(Member.name, Member.number)))
