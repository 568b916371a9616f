"""Who raised a priority: recorded, corrected, and others who reported the same."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.orm import Session

from npt.kin.models import KeyIndividual
from npt.kin.rules import kept_email, kept_phone
from npt.kit.limits import check_name
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.partners.models import Agency
from npt.priorities.models import Originator, Priority
from npt.priorities.rules import NotPossibleNow, OriginatorKind, PriorityState
from npt.store.constraints import name_violation, refusing
from npt.store.versions import check_version


class OriginatorTaken(Refusal):
    """A priority was to have two who raised it first."""


class OriginatorMissing(Refusal):
    """Nobody was named where somebody has to be."""


class NotATeam(Refusal):
    """A priority was to be of something that is no team, or of a neighbourhood of another."""


name_violation(
    "uq_originator_first",
    lambda: OriginatorTaken("Somebody is recorded already as whoever raised it first."),
)


@dataclass(frozen=True, slots=True)
class OriginatorFacts:
    """Who raised a priority."""

    kind: OriginatorKind
    #: who they are, or which meeting it was; not of a key individual, whose record has it
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    individual: KeyIndividual | None = None
    agency: Agency | None = None


def add_originator(
    session: Session, priority: Priority, facts: OriginatorFacts, *, is_first: bool, stamp: Stamp
) -> Originator:
    """Record somebody who raised a priority, first or also; sent to the database.

    OriginatorMissing, OriginatorTaken, BadName, BadTelephone; NotPossibleNow once it is closed.
    """
    if priority.state is PriorityState.CLOSED:
        raise NotPossibleNow("The priority is closed: nobody can be added.")
    originator = Originator(
        reference=f"~{uuid4().hex}", is_first=is_first, recorded_by_id=stamp.by, recorded_at=stamp.now
    )
    _say(originator, facts)
    with refusing(session):
        priority.originators.append(originator)
    originator.reference = f"OR-{originator.id}"
    with refusing(session):
        return originator


def change_originator(
    session: Session, originator: Originator, facts: OriginatorFacts, *, expected_version: int | None = None
) -> None:
    """Correct who raised a priority, and how they are reached. StaleRecord; else as `add_originator`."""
    check_version(originator, expected_version)
    if originator.gone_on is not None:
        raise NotPossibleNow(
            "They have died, or asked to be forgotten: nothing is recorded of them any more."
        )
    _say(originator, facts)
    with refusing(session):
        session.flush()


def _say(originator: Originator, facts: OriginatorFacts) -> None:
    is_kin, is_partner = facts.kind is OriginatorKind.KIN, facts.kind is OriginatorKind.PARTNER
    if is_kin and facts.individual is None:
        raise OriginatorMissing("Choose the key individual.", field="individual")
    if facts.name is not None:
        check_name(facts.name)
    originator.kind = facts.kind
    originator.individual = facts.individual if is_kin else None
    originator.agency = facts.agency if is_partner else None
    originator.name = None if is_kin else facts.name or None
    originator.phone = None if is_kin else kept_phone(facts.phone)
    originator.email = None if is_kin else kept_email(facts.email)
