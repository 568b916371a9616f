"""Questions about contacts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from npt.categories.models import Category
from npt.engagement.models import Contact
from npt.engagement.queries.asked import SentAsked
from npt.kin.models import Encounter, KeyIndividual
from npt.kit.months import Month
from npt.kit.paging import OWN_ORDER, Page, Part, Sorting
from npt.matters.models import Matter
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.store.batches import found_by
from npt.store.paging import Sortable, paged, sorted_by

#: Rows fetched at a time when a file is written.
FETCHED = 2_000
#: What the address may ask for of an ethnicity that nobody asked.
NOT_ASKED = "not-asked"


def _whole() -> Select[Contact]:
    """Contacts with all that belongs to them."""
    return (
        select(Contact)
        .join(Contact.unit)
        .outerjoin(Contact.member)
        .outerjoin(Contact.category)
        .options(
            contains_eager(Contact.unit),
            contains_eager(Contact.member),
            contains_eager(Contact.category),
            joinedload(Contact.recorded_by),
            joinedload(Contact.community),
            joinedload(Contact.matter).joinedload(Matter.unit),
            joinedload(Contact.said),
        )
    )


def contact_in(session: Session, path: str, reference: str) -> Contact | None:
    """The contact of this reference, whole, if it is of the unit at `path` or of one under it.

    By the reference of its answer it is found at the unit whose the answer is now.
    """
    answer = select(Matter.id).join(Unit, Unit.id == Matter.unit_id)
    answer = answer.where(Matter.reference == reference, within(path))
    is_it = and_(Contact.reference == reference, within(path))
    asked = _whole().where(or_(is_it, Contact.matter_id.in_(answer))).order_by(is_it.desc()).limit(1)
    met = selectinload(Contact.encounters).joinedload(Encounter.individual)
    asked = asked.options(met.selectinload(KeyIndividual.communities))
    return session.scalar(asked.execution_options(populate_existing=True))


def places_of_contacts(session: Session, references: Collection[str]) -> dict[str, Unit]:
    """By reference, the neighbourhoods of those contacts that there are. One statement."""
    if not references:
        return {}
    asked = select(Contact.reference, Unit).join(Contact.unit).where(Contact.reference.in_(references))
    return dict(session.execute(asked).all())


def individual_of(session: Session, contact: Contact) -> KeyIndividual | None:
    """The key individual with whom a contact was; None for anybody else."""
    asked = select(KeyIndividual).join(Encounter, Encounter.individual_id == KeyIndividual.id)
    return session.scalars(asked.where(Encounter.record == contact.reference).order_by(Encounter.id)).first()


@dataclass(frozen=True, slots=True)
class ContactsAsked(SentAsked):
    """Which contacts are asked for; all of them unless something is said."""

    category: str | None = None
    #: a code, a group's letter, NS, or NOT_ASKED
    ethnicity: str | None = None
    community_id: int | None = None
    wants_answer: bool = False
    #: what they said of the team's priorities; None for everybody
    priorities: "SaidOfPriorities | None" = None


class SaidOfPriorities(Enum):
    """What somebody said of the team's present priorities."""

    ASKED = "asked"
    RIGHT = "right"
    WRONG = "wrong"


def _conditions(asked: ContactsAsked) -> Iterator[ColumnElement[bool]]:
    yield from asked.days_and_member(Contact)
    if asked.category is not None:
        yield Category.code == asked.category
    if asked.ethnicity == NOT_ASKED:
        yield Contact.ethnicity.is_(None)
    elif asked.ethnicity is not None:
        yield Contact.ethnicity == asked.ethnicity
    if asked.community_id is not None:
        yield Contact.community_id == asked.community_id
    if asked.wants_answer:
        yield Contact.matter_id.is_not(None)
    match asked.priorities:
        case SaidOfPriorities.ASKED:
            yield Contact.are_priorities_right.is_not(None)
        case SaidOfPriorities.RIGHT | SaidOfPriorities.WRONG as said:
            yield Contact.are_priorities_right == (said is SaidOfPriorities.RIGHT)


SORTABLE: dict[str, Sortable] = {"when": Contact.at}


def contacts_under(
    session: Session, path: str, asked: ContactsAsked, *, page: Page, sorting: Sorting = OWN_ORDER
) -> Part[Contact]:
    """One page of the contacts of the unit at `path` and under it, the latest first. Two statements."""
    statement = _whole().where(within(path), *_conditions(asked))
    statement = statement.order_by(*sorted_by(sorting, SORTABLE), Contact.at.desc(), Contact.id.desc())
    part = paged(session, statement, page, sorting)
    return part.of([contact for (contact,) in part.rows])


def _with_individuals() -> Select[Contact]:
    return _whole().options(selectinload(Contact.encounters).joinedload(Encounter.individual))


def contacts_referred(session: Session, references: Sequence[str]) -> list[Contact]:
    """The contacts of these references, whole, with the key individuals they were with."""
    return list(found_by(session, _with_individuals(), Contact.reference, references))


def contacts_told(session: Session, path: str | None, month: Month | None) -> Iterator[Contact]:
    """The contacts at or under `path` (all, without one) in a month if one is given, as files have them."""
    asked = _with_individuals()
    if path is not None:
        asked = asked.where(within(path))
    if month is not None:
        asked = asked.where(Contact.on_date.between(month.first, month.last))
    asked = asked.order_by(Contact.id).execution_options(yield_per=FETCHED)
    return iter(session.scalars(asked))


def said_of_priorities(session: Session, path: str, first: date, last: date) -> tuple[int, int]:
    """How many at or under `path` were asked, from a day to a day, whether the team's present priorities are
    the right ones, and how many of them said so. Nobody asked is 0 of 0.
    """
    right = func.sum(case((Contact.are_priorities_right.is_(True), 1), else_=0))
    asked = select(func.count(), right).select_from(Contact).join(Contact.unit)
    asked = asked.where(
        within(path), Contact.on_date.between(first, last), Contact.are_priorities_right.is_not(None)
    )
    count, said = session.execute(asked).one()
    return count, said or 0


def asked_on(session: Session, member_id: int, day: date) -> int:
    """How many people the member has spoken to on a day."""
    asked = select(func.count()).select_from(Contact)
    return session.scalar(asked.where(Contact.member_id == member_id, Contact.on_date == day)) or 0
