"""Contacts are recorded, corrected and removed; one that wants an answer starts the clock of 72 hours."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from npt.categories.models import Category
from npt.categories.rules import check_open
from npt.communities.models import Community
from npt.engagement.actions.sending import check_neighbourhood, hold_neighbourhood, keep_once, of_file
from npt.engagement.models import Contact, ContactWords
from npt.engagement.queries.contacts import individual_of
from npt.engagement.rules import LONGEST_STREET, LONGEST_WORDS, check_ethnicity, check_words, street_of
from npt.kin.actions import record_encounter, remove_encounters
from npt.kin.models import KeyIndividual
from npt.kin.rules import EncounterKind
from npt.kit.clock import day_in_words, local_day
from npt.kit.refusals import Refusal
from npt.kit.stamps import Stamp
from npt.matters.actions import open_matter
from npt.matters.rules import MatterKind
from npt.organisation.models import Unit
from npt.people.models import Member
from npt.phone.actions import Sending
from npt.phone.rules import Purpose, check_instant
from npt.store.constraints import refusing
from npt.store.versions import check_version
from npt.work.actions import start_clock
from npt.work.rules import SHIPPED, ClockFacts, ClockKind, Owner, OwnerKind


class CommunityElsewhere(Refusal):
    """A contact was to be with somebody of a community of another neighbourhood."""


class AnswerPromised(Refusal):
    """A contact was to be removed that somebody waits for an answer to."""


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is said of a contact. `at` None is now; `ethnicity` None is not asked, NS is not said."""

    neighbourhood: Unit
    at: datetime | None = None
    street: str | None = None
    category: Category | None = None
    words: str | None = None
    ethnicity: str | None = None
    community: Community | None = None
    #: of none of the communities here; False, without a community, is not asked
    is_of_none: bool = False
    #: the key individual it was with; None for anybody else
    individual_id: int | None = None
    wants_answer: bool = False
    #: whether they say that the team's present priorities are the right ones; None is not asked
    are_priorities_right: bool | None = None


def record_contact(session: Session, *, facts: ContactFacts, sending: Sending) -> tuple[Contact, bool]:
    """Keep a contact; and whether it is new, which it is not if the account has sent its reference before.

    NotANeighbourhood, NeighbourhoodNotOpen, BadReference, ReferenceUsed, BadInstant, BadContactText,
    UnknownGroup, CommunityElsewhere, CategoryClosed.
    """
    contact, is_new = keep_once(
        session,
        Contact,
        Purpose.CONTACT,
        sending,
        lambda made: _tell(session, made, facts, at=facts.at or made.typed_at, now=sending.stamp.now),
    )
    if is_new:
        _note_individual(session, contact, facts)
        if facts.wants_answer:
            _promise(session, contact, sending.stamp)
    return contact, is_new


def take_contact(
    session: Session, *, reference: str, member: Member | None, facts: ContactFacts, stamp: Stamp
) -> Contact:
    """Keep a contact of a file, whose neighbourhood is held; sent with the others. As `record_contact`."""
    contact = of_file(Contact, reference, member, stamp)
    _tell(session, contact, facts, at=facts.at or stamp.now, now=stamp.now, is_held=True)
    session.add(contact)
    _note_individual(session, contact, facts)
    return contact


def change_contact(
    session: Session,
    contact: Contact,
    *,
    facts: ContactFacts,
    stamp: Stamp,
    expected_version: int | None = None,
) -> Contact:
    """Correct a contact, which is whole. An answer that is promised stays promised: its clock says the rest.

    StaleRecord, and what `record_contact` refuses.
    """
    check_version(contact, expected_version)
    _tell(session, contact, facts, at=facts.at or contact.at, now=stamp.now)
    contact.version += 1  # also where only its words have changed
    with refusing(session):
        session.flush()
    if _is_with_another(session, contact, facts.individual_id):
        remove_encounters(session, contact.reference)
    _note_individual(session, contact, facts)
    if facts.wants_answer and contact.matter_id is None:
        _promise(session, contact, stamp)
    return contact


def remove_contact(session: Session, contact: Contact, *, expected_version: int) -> None:
    """Take a contact out that never was, with its words. StaleRecord, AnswerPromised."""
    check_version(contact, expected_version)
    if contact.matter_id is not None:
        raise AnswerPromised(
            "Somebody was promised an answer, so this contact stays: correct it, or end its clock once the"
            " answer is given."
        )
    remove_encounters(session, contact.reference)
    session.delete(contact)
    session.flush()


def _tell(
    session: Session,
    contact: Contact,
    facts: ContactFacts,
    *,
    at: datetime,
    now: datetime,
    is_held: bool = False,
) -> None:
    instant = check_instant(at, now, "at")
    if not is_held:
        hold_neighbourhood(session, facts.neighbourhood)
    check_neighbourhood(facts.neighbourhood, instant)
    day = local_day(instant)
    check_ethnicity(facts.ethnicity)
    if facts.community is not None:
        _check_community(facts.community, facts.neighbourhood)
    if facts.category is not None and facts.category.id != contact.category_id:
        check_open(facts.category.name, facts.category.closed_on, day)
    words = check_words(facts.words, LONGEST_WORDS, "words")
    street = street_of(check_words(facts.street, LONGEST_STREET, "street"))
    contact.unit_id, contact.at, contact.on_date = facts.neighbourhood.id, instant, day
    contact.street, contact.ethnicity = street, facts.ethnicity
    contact.category_id = None if facts.category is None else facts.category.id
    contact.community_id = None if facts.community is None else facts.community.id
    contact.is_of_none = facts.is_of_none
    contact.are_priorities_right = facts.are_priorities_right
    if words is None:
        contact.said = None
    elif contact.said is None:
        contact.said = ContactWords(words=words, written_at=now)
    else:
        contact.said.words = words


def _note_individual(session: Session, contact: Contact, facts: ContactFacts) -> None:
    """Note with the key individual, if it was one, that they were met, and what they said."""
    if facts.individual_id is not None:
        record_encounter(
            session,
            session.get_one(KeyIndividual, facts.individual_id),
            kind=EncounterKind.VISIT,
            at=contact.at,
            record=contact.reference,
            said=contact.words,
        )


def _is_with_another(session: Session, contact: Contact, individual_id: int | None) -> bool:
    """Whether somebody is noted for the contact who is not this one, nor went into their record."""
    noted = individual_of(session, contact)
    wanted = None if individual_id is None else session.get_one(KeyIndividual, individual_id)
    return noted is not None and (wanted is None or noted.id != (wanted.merged_into_id or wanted.id))


def _check_community(community: Community, neighbourhood: Unit) -> None:
    if community.unit_id != neighbourhood.id:
        raise CommunityElsewhere(
            f"{community.name} is a community of another neighbourhood: choose one of {neighbourhood.name}.",
            field="community",
        )


def _promise(session: Session, contact: Contact, stamp: Stamp) -> None:
    """Start the clock of the answer, on whoever spoke, from when they spoke."""
    unit = session.get_one(Unit, contact.unit_id)
    matter = open_matter(
        session,
        kind=MatterKind.CONTACT,
        title=f"Answer to somebody in {unit.name}, {day_in_words(contact.on_date)}"[:200],
        unit=unit,
        opened_on=contact.on_date,
    )
    owner = (
        Owner(OwnerKind.ACCOUNT, stamp.account_id)
        if contact.member_id is None
        else Owner(OwnerKind.MEMBER, contact.member_id)
    )
    start_clock(
        session,
        unit=unit,
        matter=matter,
        facts=ClockFacts(ClockKind.REPLY, "Answer somebody", owner, SHIPPED[ClockKind.REPLY], contact.at),
        now=stamp.now,
        today=local_day(stamp.now),
    )
    contact.matter_id = matter.id
    session.flush()
