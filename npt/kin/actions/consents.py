"""What key individuals agree to hear of, topic by topic."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from npt.communities.rules import check_past
from npt.kin.models import Consent, KeyIndividual
from npt.kin.rules import KinTopic
from npt.kit.clock import day_in_words
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.store.constraints import refusing
from npt.store.versions import check_version


class NoDayOfConsent(Refusal):
    """Consent was recorded without the day on which it was given."""


def change_consents(
    session: Session,
    individual: KeyIndividual,
    *,
    topics: Collection[KinTopic],
    said_on: date | None,
    stamp: Stamp,
    today: date,
    is_by_themselves: bool = False,
    expected_version: int | None = None,
) -> KeyIndividual:
    """Record of which topics somebody, who is whole, wants to hear, and of which no longer, as said on a day.

    What they said before stays. StaleRecord, NoDayOfConsent, InTheFuture.
    """
    check_version(individual, expected_version)
    if said_on is None:
        raise NoDayOfConsent("Consent needs its day: give the day on which they said so.", field="said_on")
    check_past(said_on, today, "said_on")
    agreed = set(individual.agreed)
    for topic in KinTopic:
        if (topic in topics) != (topic in agreed):
            _check_latest(individual, topic, said_on)
            say_consent(
                individual,
                topic,
                is_given=topic in topics,
                said_on=said_on,
                stamp=stamp,
                is_by_themselves=is_by_themselves,
            )
    with refusing(session):
        session.flush()
    return individual


def _check_latest(individual: KeyIndividual, topic: KinTopic, said_on: date) -> None:
    last = individual.consent_to(topic)
    if last is not None and last.said_on > said_on:
        raise NoDayOfConsent(
            f"They said otherwise of {topic.wording.lower()} on {day_in_words(last.said_on)}:"
            " give that day or a later one.",
            field="said_on",
        )


def say_consent(
    individual: KeyIndividual,
    topic: KinTopic,
    *,
    is_given: bool,
    said_on: date,
    stamp: Stamp,
    is_by_themselves: bool = False,
) -> None:
    """Add a word on a topic to those of somebody whose consents are loaded."""
    individual.consents.append(
        Consent(
            topic=topic,
            is_given=is_given,
            said_on=said_on,
            recorded_by_id=stamp.by,
            is_by_themselves=is_by_themselves,
        )
    )
