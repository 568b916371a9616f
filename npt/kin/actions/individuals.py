"""What is done to the records of key individuals: recorded, corrected, accepted, kept, ended, taken up again.

The neighbourhood is locked first, so that two people cannot both record somebody who is recorded once.
"""

from collections.abc import Collection
from datetime import date
from uuid import uuid4

from sqlalchemy.orm import Session

from npt.communities.actions.places import check_stands, lock_neighbourhood
from npt.communities.models import Community
from npt.communities.rules import CodeSystem, check_ethnicity, check_past
from npt.data_protection.queries import is_erased
from npt.journal.rules import PersonKey
from npt.kin.actions.consents import say_consent
from npt.kin.models import KeyIndividual
from npt.kin.queries import likely_same
from npt.kin.rules import (
    KinFacts,
    KinTopic,
    LeaveReason,
    NotInNetwork,
    Stage,
    check_facts,
    check_left,
    kept_email,
    kept_phone,
)
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.store.constraints import name_violation, refusing
from npt.store.references import free_reference
from npt.store.versions import check_version


class RecordedAlready(Refusal):
    """Somebody of the neighbourhood has the same phone number, email address or name."""


class ReferenceTaken(Refusal):
    """Another key individual has the reference."""


class CommunityElsewhere(Refusal):
    """Somebody was to speak for a community of another neighbourhood."""


name_violation(
    "uq_key_individual_reference",
    lambda: ReferenceTaken("Another key individual has this reference: give another one.", field="reference"),
)


def add_individual(
    session: Session,
    *,
    neighbourhood: Unit,
    facts: KinFacts,
    communities: Collection[Community] = (),
    topics: Collection[KinTopic] = (),
    is_active: bool = False,
    may_be_twice: bool = False,
    reference: str | None = None,
    recorded_on: date | None = None,
    there: Collection[Community] | None = None,
    stamp: Stamp,
    today: date,
) -> KeyIndividual:
    """Record a key individual, proposed for the network or active in it at once; sent to the database.

    `topics`: of what they want to hear. Without a reference one is made. `may_be_twice`: somebody has looked
    at who is much like them. `there`: the communities of the neighbourhood, which is held already.

    NotANeighbourhood, NeighbourhoodNotOpen, BadName, NoBasis, BadTelephone, UnknownEthnicity, InTheFuture,
    CommunityElsewhere, RecordedAlready, ReferenceTaken.
    """
    if there is None:
        there = lock_neighbourhood(session, neighbourhood)
    check_stands(neighbourhood, today)
    first = recorded_on or today
    check_facts(facts, today)
    check_recorded(first, today)
    _check_communities(communities, there)
    individual = KeyIndividual(
        # What no record can have stands there until the key, which makes the reference, is known.
        reference=reference or f"~{uuid4().hex}"[:20],
        unit=neighbourhood,
        recorded_on=first,
        recorded_by_id=stamp.by,
        stage=Stage.ACTIVE if is_active else Stage.PROPOSED,
        active_on=first if is_active else None,
        reviewed_on=first,
        reviewed_by_id=stamp.by,
        quiet_since=first,
        communities=list(communities),
        consents=[],
    )
    _take(individual, facts, stamp)
    if not may_be_twice:
        _check_alone(session, individual, neighbourhood.id)
    with refusing(session):
        session.add(individual)
    if reference is None:
        individual.reference = free_reference(session, KeyIndividual.reference, f"KIN-{individual.id}")
    for topic in topics:
        say_consent(individual, topic, is_given=True, said_on=first, stamp=stamp)
    with refusing(session):
        return individual


def change_individual(
    session: Session,
    individual: KeyIndividual,
    *,
    facts: KinFacts,
    communities: Collection[Community],
    there: Collection[Community] | None = None,
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> KeyIndividual:
    """Correct what is recorded of a key individual, who is whole.

    StaleRecord, NotInNetwork for a record that was merged, and what `add_individual` refuses, but for others
    who are much like them.
    """
    check_version(individual, expected_version)
    if individual.stage is Stage.MERGED:
        raise NotInNetwork(f"{individual.reference} was merged into another record: correct that one.")
    if there is None:
        there = lock_neighbourhood(session, individual.unit)
    check_facts(facts, today)
    held = {each.id for each in individual.communities}
    _check_communities([each for each in communities if each.id not in held], there)
    _take(individual, facts, stamp)
    individual.communities = list(communities)
    with refusing(session):
        return individual


def keep(session: Session, individual: KeyIndividual, *, stamp: Stamp, today: date) -> None:
    """Say that a record is kept for another year; who was proposed is active from now on. NotInNetwork."""
    check_in_network(individual)
    if individual.stage is Stage.PROPOSED:
        individual.stage, individual.active_on = Stage.ACTIVE, today
        individual.quiet_since = max(individual.quiet_since, today)
    individual.reviewed_on, individual.reviewed_by_id = today, stamp.by
    with refusing(session):
        session.flush()


def come_back(session: Session, individual: KeyIndividual, *, stamp: Stamp, today: date) -> None:
    """Take somebody who has left back into the network, as if they had not. NotInNetwork for anybody else."""
    erased = is_erased(session, PersonKey(KeyIndividual.__tablename__, individual.id))
    if individual.stage is not Stage.LEFT or erased:
        raise NotInNetwork(f"{individual.name} has not left the network, or was erased: nothing was done.")
    individual.stage = Stage.PROPOSED if individual.active_on is None else Stage.ACTIVE
    individual.left_on = individual.left_because = None
    individual.reviewed_on, individual.reviewed_by_id = today, stamp.by
    with refusing(session):
        session.flush()


def leave(
    session: Session,
    individual: KeyIndividual,
    *,
    left_on: date,
    left_because: LeaveReason,
    today: date,
    expected_version: int | None = None,
) -> None:
    """Say that somebody has left the network, or is not to join it, and why. StaleRecord, NotInNetwork,
    InTheFuture.
    """
    check_version(individual, expected_version)
    check_in_network(individual)
    check_left(left_on, individual.recorded_on, today)
    individual.stage, individual.left_on, individual.left_because = Stage.LEFT, left_on, left_because
    with refusing(session):
        session.flush()


def check_in_network(individual: KeyIndividual) -> None:
    """Refuse (NotInNetwork) somebody who has left, or whose record was merged into another."""
    if individual.stage in (Stage.LEFT, Stage.MERGED):
        raise NotInNetwork(f"{individual.name} has left the network, so nothing was done.")


def _take(individual: KeyIndividual, facts: KinFacts, stamp: Stamp) -> None:
    if facts.ethnicity is not None:
        check_ethnicity(facts.ethnicity, CodeSystem.EIGHTEEN)
    if (individual.basis, individual.basis_on) != (facts.basis, facts.basis_on):
        individual.basis, individual.basis_on, individual.basis_by_id = facts.basis, facts.basis_on, stamp.by
    individual.name, individual.sector = facts.name, facts.sector
    individual.organisation = facts.organisation or None
    individual.phone, individual.email = kept_phone(facts.phone), kept_email(facts.email)
    individual.address, individual.language = facts.address or None, facts.language or None
    individual.preferred, individual.best_time = facts.preferred, facts.best_time or None
    individual.ethnicity = facts.ethnicity


def check_recorded(day: date, today: date) -> None:
    """Refuse (InTheFuture) a day of recording that is to come."""
    check_past(day, today, "recorded_on")


def _check_communities(communities: Collection[Community], there: Collection[Community]) -> None:
    of_place = {each.id for each in there}
    for each in communities:
        if each.id not in of_place:
            raise CommunityElsewhere(
                f"{each.name} is no community of this neighbourhood: choose from its own, or add it there"
                " first.",
                field="communities",
            )


def _check_alone(session: Session, individual: KeyIndividual, unit_id: int) -> None:
    with session.no_autoflush:
        others = likely_same(
            session, unit_id, name=individual.name, phone=individual.phone, email=individual.email
        )
    if others:
        other = others[0]
        raise RecordedAlready(
            f"{other.name} is recorded here already with {same_in_words(individual, other)}:"
            " open that record, or tick the box if this is another person.",
            field="may_be_twice",
        )


def same_in_words(one: KeyIndividual, other: KeyIndividual) -> str:
    """What two records have in common: "the same phone number and name"."""
    parts = [
        words
        for words, is_same in (
            ("phone number", one.phone is not None and one.phone == other.phone),
            ("email address", one.email is not None and one.email == other.email),
            ("name", one.name.lower() == other.name.lower()),
        )
        if is_same
    ]
    return f"the same {' and '.join(parts)}"
