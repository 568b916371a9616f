"""Questions about profiles."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from npt.interchange.models import ProfileTerm, ProfileVersion
from npt.interchange.rules import Profile, TermSort, UnknownProfile


@dataclass(frozen=True)
class KeptProfile:
    """A version of a profile as it is kept."""

    number: int
    added_at: datetime
    removed_at: datetime | None
    profile: Profile


def profiles(session: Session) -> list[KeptProfile]:
    """The latest version of every profile that was not removed, by name."""
    latest: dict[str, ProfileVersion] = {}
    asked = select(ProfileVersion).options(selectinload(ProfileVersion.terms))
    for version in session.scalars(asked.order_by(ProfileVersion.name, ProfileVersion.number)):
        latest[version.name] = version
    return [_kept(version) for version in latest.values() if version.removed_at is None]


def latest_version(session: Session, name: str) -> ProfileVersion | None:
    """The last version of the profile, removed or not, with its terms; None when there never was one."""
    asked = select(ProfileVersion).where(ProfileVersion.name == name).order_by(ProfileVersion.number.desc())
    return session.scalars(asked.limit(1).options(selectinload(ProfileVersion.terms))).one_or_none()


def profile_named(session: Session, name: str, number: int | None = None) -> KeptProfile:
    """The profile as it now counts, or its version of this number, even a removed one. UnknownProfile."""
    if number is None:
        found = latest_version(session, name)
        if found is not None and found.removed_at is None:
            return _kept(found)
    else:
        asked = select(ProfileVersion).where(ProfileVersion.name == name, ProfileVersion.number == number)
        found = session.scalars(asked.options(selectinload(ProfileVersion.terms))).one_or_none()
        if found is not None:
            return _kept(found)
    known = ", ".join(kept.profile.name for kept in profiles(session))
    which = name[:40] if number is None else f"{name[:40]}, version {number}"
    raise UnknownProfile(
        f"There is no profile {which}: " + (f"the profiles are {known}." if known else "add one first."),
        field="profile",
    )


def _kept(version: ProfileVersion) -> KeptProfile:
    return KeptProfile(version.number, version.added_at, version.removed_at, _profile(version))


def _profile(version: ProfileVersion) -> Profile:
    columns: dict[str, dict[str, str]] = {}
    for term in _of(version, TermSort.COLUMN):
        columns.setdefault(term.kind, {})[term.theirs] = term.ours or ""
    return Profile(
        name=version.name,
        time_zone=version.time_zone,
        date_format=version.date_format,
        may_update=version.may_update,
        columns=columns,
        ignored=tuple(term.theirs for term in _of(version, TermSort.IGNORED)),
        reasons={term.theirs: term.ours or "" for term in _of(version, TermSort.REASON)},
        teams={term.theirs: term.ours or "" for term in _of(version, TermSort.TEAM)},
    )


def _of(version: ProfileVersion, sort: TermSort) -> list[ProfileTerm]:
    found = [term for term in version.terms if term.sort is sort]
    return sorted(found, key=lambda term: (term.kind, term.theirs))
