"""Writing a part of a profile, and putting an old version back: each makes a version, and none is changed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.profiles.actions.places import began, check_stands, lock_neighbourhood
from npt.profiles.models import PartVersion, Profile
from npt.profiles.queries import versions_of
from npt.profiles.rules import Part, check_words
from npt.store.constraints import refusing
from npt.store.versions import check_version


class NoSuchVersion(Refusal):
    """A version was to be put back that there is not, or that says what the part says already."""


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part of a profile as somebody sees it before they write: its words, and the number of its version."""

    part: Part
    words: str
    #: 0 where nobody has written it
    version: int
    whose: str = ""


def written_part(session: Session, unit: Unit, part: Part) -> WrittenPart:
    """What the part of a neighbourhood says now."""
    latest = next(iter(versions_of(session, unit, part)), None)
    whose = f"{part.wording} of {unit.name}"
    if latest is None:
        return WrittenPart(part, "", 0, whose)
    return WrittenPart(part, latest.words, latest.number, whose)


def write_part(
    session: Session,
    unit: Unit,
    part: Part,
    *,
    words: str,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> PartVersion | None:
    """Let the part of a neighbourhood say `words`, in a version of its own; None where it says so already.

    `expected_version`: the number of the version that the person saw, 0 where there was none; None where
    nobody looked. NotANeighbourhood, NeighbourhoodNotOpen, BadWords, StaleRecord.
    """
    profile, words = lock_neighbourhood(session, unit), words.strip()
    check_stands(unit, today)
    check_words(words)
    now = written_part(session, unit, part)
    check_version(now, expected_version)
    if words == now.words:
        return None
    return add_version(session, began(session, unit, profile, today), now, words, stamp)


def restore_part(
    session: Session,
    unit: Unit,
    part: Part,
    *,
    number: int,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> PartVersion:
    """Put an old version back, as a new one.

    NotANeighbourhood, NeighbourhoodNotOpen, StaleRecord, NoSuchVersion.
    """
    profile = lock_neighbourhood(session, unit)
    check_stands(unit, today)
    now = written_part(session, unit, part)
    check_version(now, expected_version)
    old = next((each for each in versions_of(session, unit, part) if each.number == number), None)
    if old is None or profile is None:
        raise NoSuchVersion("There is no such version: choose one from the list.")
    if old.words == now.words:
        raise NoSuchVersion(f"The part says what version {number} says already: nothing was put back.")
    made = add_version(session, profile, now, old.words, stamp)
    made.restored_number = number
    with refusing(session):
        return made


def add_version(
    session: Session, profile: Profile, now: WrittenPart, words: str, stamp: Stamp
) -> PartVersion:
    """The next version of a part, sent to the database. The neighbourhood is held."""
    made = PartVersion(
        profile=profile,
        part=now.part,
        number=now.version + 1,
        words=words,
        written_by_id=stamp.by,
        written_at=stamp.now,
    )
    with refusing(session):
        session.add(made)
    return made
