"""Patrols are recorded, corrected and removed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from npt.engagement.actions.sending import check_neighbourhood, hold_neighbourhood, keep_once, of_file
from npt.engagement.models import Patrol
from npt.engagement.rules import LONGEST_NOTE, PatrolMode, check_patrol, check_words
from npt.kit.clock import local_day
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.phone.actions import Sending
from npt.phone.rules import Purpose, check_instant
from npt.store.constraints import refusing
from npt.store.versions import check_version


@dataclass(frozen=True, slots=True)
class PatrolFacts:
    """What is said of a patrol; `spoken_to` None where nobody counted."""

    neighbourhood: Unit
    starts: datetime
    ends: datetime
    mode: PatrolMode
    spoken_to: int | None = None
    note: str | None = None


def record_patrol(session: Session, *, facts: PatrolFacts, sending: Sending) -> tuple[Patrol, bool]:
    """Keep a patrol; and whether it is new, which it is not if the account has sent its reference before.

    NotANeighbourhood, NeighbourhoodNotOpen, BadReference, ReferenceUsed, BadInstant, BadPatrol,
    BadContactText.
    """
    return keep_once(
        session,
        Patrol,
        Purpose.PATROL,
        sending,
        lambda made: _tell(session, made, facts, sending.stamp.now),
    )


def take_patrol(
    session: Session, *, reference: str, member: Member | None, facts: PatrolFacts, stamp: Stamp
) -> Patrol:
    """Keep a patrol of a file, whose neighbourhood is held; sent with the others. As `record_patrol`."""
    patrol = of_file(Patrol, reference, member, stamp)
    _tell(session, patrol, facts, stamp.now, is_held=True)
    session.add(patrol)
    return patrol


def change_patrol(
    session: Session, patrol: Patrol, *, facts: PatrolFacts, stamp: Stamp, expected_version: int | None = None
) -> Patrol:
    """Correct a patrol. StaleRecord, and what `record_patrol` refuses."""
    check_version(patrol, expected_version)
    with refusing(session):
        _tell(session, patrol, facts, stamp.now)
    return patrol


def remove_patrol(session: Session, patrol: Patrol, *, expected_version: int) -> None:
    """Take a patrol out that never was. StaleRecord."""
    check_version(patrol, expected_version)
    session.delete(patrol)
    session.flush()


def _tell(
    session: Session, patrol: Patrol, facts: PatrolFacts, now: datetime, *, is_held: bool = False
) -> None:
    starts, ends = check_instant(facts.starts, now, "starts"), check_instant(facts.ends, now, "ends")
    minutes = check_patrol(starts, ends, facts.spoken_to)
    if not is_held:
        hold_neighbourhood(session, facts.neighbourhood)
    check_neighbourhood(facts.neighbourhood, starts)
    patrol.note = check_words(facts.note, LONGEST_NOTE, "note")
    patrol.unit_id, patrol.on_date = facts.neighbourhood.id, local_day(starts)
    patrol.starts_at, patrol.ends_at, patrol.minutes = starts, ends, minutes
    patrol.mode, patrol.spoken_to = facts.mode, facts.spoken_to
