"""The named contacts of neighbourhoods, and who of them answers on a day."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.queries import neighbourhoods_of, within
from npt.people.models import Member, Posting
from npt.people.queries import HeldPosting, posting_book
from npt.people.rules import posting_in_force
from npt.staffing.models import Contact
from npt.staffing.rules import CONTACT_ROLES, Answering, Claim, ContactKind, who_answers
from npt.store.batches import found_by
from npt.store.loading import loaded_with

#: Which of these members are away for the whole of the day that they were to work, and the reason in words.
#: The rosters stand beside this floor, so whoever asks has to say.
Away = Callable[[Session, Collection[int], date], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named for a neighbourhood, and how they stand on the day."""

    contact: Contact
    member: Member
    #: the posting in which they serve the neighbourhood; None when they do not that day
    posting: HeldPosting | None
    claim: Claim
    #: why they are away; empty when they are not
    reason: str


@dataclass(frozen=True, slots=True)
class NeighbourhoodCover:
    """One neighbourhood on a day: who is named, and who answers."""

    neighbourhood: Unit
    contact: Named | None
    deputy: Named | None

    @property
    def answering(self) -> Answering:
        """Who answers for it."""
        contact, deputy = (None if named is None else named.claim for named in (self.contact, self.deputy))
        return who_answers(contact, deputy)

    @property
    def in_person(self) -> Named | None:
        """The one of the two who answers; None where the team does, or nobody."""
        return {Answering.CONTACT: self.contact, Answering.DEPUTY: self.deputy}.get(self.answering)

    @property
    def has_contact(self) -> bool:
        """Whether a contact is named who works there, be they away today or not."""
        return self.contact is not None and self.contact.claim is not Claim.LEFT


def cover_of(session: Session, unit: Unit, day: date, *, away: Away) -> list[NeighbourhoodCover]:
    """Every neighbourhood at or under `unit` that stands on `day`, in the order of codes: who answers for it.

    Three statements, and those of `away`.
    """
    neighbourhoods = neighbourhoods_of(session, unit, as_at=day)
    named: dict[tuple[int, ContactKind], Contact] = {
        (contact.unit_id, contact.kind): contact for contact in contacts_under(session, unit.path, as_at=day)
    }
    keys = sorted({contact.member_id for contact in named.values()})
    book = posting_book(session, keys, day, day)
    reasons = away(session, keys, day)

    def stand(neighbourhood: Unit, kind: ContactKind) -> Named | None:
        contact = named.get((neighbourhood.id, kind))
        if contact is None:
            return None
        counting = posting_in_force(book.held.get(contact.member_id, ()), day)
        posting = next((each for each in counting if serves(each, neighbourhood)), None)
        reason = reasons.get(contact.member_id, "")
        claim = Claim.LEFT if posting is None else Claim.AWAY if reason else Claim.HERE
        return Named(contact, contact.member, posting, claim, reason)

    return [
        NeighbourhoodCover(each, stand(each, ContactKind.CONTACT), stand(each, ContactKind.DEPUTY))
        for each in neighbourhoods
    ]


def serves(posting: HeldPosting, neighbourhood: Unit) -> bool:
    """Whether somebody so posted may answer for the neighbourhood: a constable or PCSO of its team."""
    return posting.role in CONTACT_ROLES and neighbourhood.path.startswith(posting.unit_path)


def contacts_under(session: Session, path: str | None, *, as_at: date | None = None) -> list[Contact]:
    """The contacts and deputies of neighbourhoods at or under `path` (all, without one), with members.

    Those named on a day, if one is given. In the order of units, then contacts before deputies, then of days.
    """
    asked = loaded_with(Contact, Contact.unit, Contact.member).order_by(
        Unit.path, Contact.kind, Contact.starts_on
    )
    if path is not None:
        asked = asked.where(within(path))
    if as_at is not None:
        asked = asked.where(Contact.holding(as_at))
    return list(session.scalars(asked))


def contacts_of(session: Session, unit_ids: Collection[int]) -> list[Contact]:
    """Every record of these neighbourhoods themselves, with members and units; by unit, kind and day."""
    asked = loaded_with(Contact, Contact.unit, Contact.member)
    asked = asked.order_by(Contact.unit_id, Contact.kind, Contact.starts_on)
    return list(found_by(session, asked, Contact.unit_id, unit_ids))


def contact_in(session: Session, unit: Unit, contact_id: int) -> Contact | None:
    """The record of this key, when it is of the neighbourhood itself; member and unit are loaded."""
    asked = loaded_with(Contact, Contact.unit, Contact.member)
    return session.scalar(asked.where(Contact.id == contact_id, Contact.unit_id == unit.id))


def candidates(session: Session, neighbourhood: Unit, day: date) -> list[Member]:
    """Who may be named for the neighbourhood on `day`: constables and PCSOs posted to its team, by name."""
    asked = (
        select(Member)
        .join(Posting, Posting.member_id == Member.id)
        .where(
            Posting.unit_id == neighbourhood.parent_id, Posting.role.in_(CONTACT_ROLES), Posting.holding(day)
        )
        .distinct()
        .order_by(Member.name, Member.number)
    )
    return list(session.scalars(asked))
