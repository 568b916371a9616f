"""What key individuals do with their own record, by the link that they were sent."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from npt.kin.actions.consents import change_consents
from npt.kin.actions.individuals import change_individual, check_in_network
from npt.kin.models import KeyIndividual
from npt.kin.rules import KinFacts, KinTopic, Way
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp


class NoEmail(Refusal):
    """A link was to be sent to somebody who has no email address."""


def check_reachable(individual: KeyIndividual) -> None:
    """Refuse (NoEmail, NotInNetwork) somebody to whom no link can be sent."""
    check_in_network(individual)
    if individual.email is None:
        raise NoEmail(f"{individual.name} has no email address: record one first.")


def correct_own_record(
    session: Session,
    individual: KeyIndividual,
    *,
    name: str,
    organisation: str | None,
    phone: str | None,
    email: str | None,
    address: str | None,
    preferred: Way | None,
    best_time: str | None,
    language: str | None,
    topics: Collection[KinTopic],
    stamp: Stamp,
    today: date,
    expected_version: int | None = None,
) -> KeyIndividual:
    """Correct what somebody, who is whole, says of themselves, and of what they want to hear, as from today.

    StaleRecord, NotInNetwork, BadName, BadTelephone.
    """
    check_in_network(individual)
    facts = replace(
        facts_of(individual),
        name=name,
        organisation=organisation,
        phone=phone,
        email=email,
        address=address,
        preferred=preferred,
        best_time=best_time,
        language=language,
    )
    change_individual(
        session,
        individual,
        facts=facts,
        communities=individual.communities,
        stamp=stamp,
        today=today,
        expected_version=expected_version,
    )
    return change_consents(
        session, individual, topics=topics, said_on=today, stamp=stamp, today=today, is_by_themselves=True
    )


def facts_of(individual: KeyIndividual) -> KinFacts:
    """What is recorded of somebody."""
    return KinFacts(
        name=individual.name,
        sector=individual.sector,
        basis=individual.basis,
        basis_on=individual.basis_on,
        organisation=individual.organisation,
        phone=individual.phone,
        email=individual.email,
        address=individual.address,
        preferred=individual.preferred,
        best_time=individual.best_time,
        language=individual.language,
        ethnicity=individual.ethnicity,
    )
