"""What is done with profiles: a version is added, or the profile is removed. Nothing is overwritten."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from npt.interchange.models import ProfileTerm, ProfileVersion
from npt.interchange.queries import KeptProfile, latest_version, profile_named
from npt.interchange.rules import Profile, ProfileRefused, TermSort
from npt.store.constraints import name_violation, refusing

name_violation(
    "uq_profile_version_name_number",
    lambda: ProfileRefused("Somebody else has just added this profile: check theirs, then add yours again."),
)


def add_profile(session: Session, profile: Profile, *, now: datetime) -> tuple[int, bool]:
    """Keep the profile as the next version of its name. Its number, and whether it is new.

    What says the same as the version that counts is not added again.
    """
    last = latest_version(session, profile.name)
    is_known = last is not None and last.removed_at is None
    if last is not None and is_known and profile_named(session, profile.name).profile == profile:
        return last.number, False
    version = ProfileVersion(
        name=profile.name,
        number=1 if last is None else last.number + 1,
        time_zone=profile.time_zone,
        date_format=profile.date_format,
        may_update=profile.may_update,
        added_at=now,
        terms=list(_terms(profile)),
    )
    with refusing(session):
        session.add(version)
    return version.number, True


def remove_profile(session: Session, name: str, *, now: datetime) -> KeptProfile:
    """Let the profile count no longer; its versions stay to be looked at. UnknownProfile."""
    kept = profile_named(session, name)
    version = latest_version(session, name)
    if version is not None:
        version.removed_at = now
    return kept


def _terms(profile: Profile) -> Iterator[ProfileTerm]:
    for kind, columns in profile.columns.items():
        for theirs, ours in columns.items():
            yield ProfileTerm(sort=TermSort.COLUMN, kind=kind, theirs=theirs, ours=ours)
    for theirs in profile.ignored:
        yield ProfileTerm(sort=TermSort.IGNORED, kind="", theirs=theirs, ours=None)
    for sort, words in ((TermSort.REASON, profile.reasons), (TermSort.TEAM, profile.teams)):
        for theirs, ours in words.items():
            yield ProfileTerm(sort=sort, kind="", theirs=theirs, ours=ours)
