"""Questions about members: by number, by account, and through the place they belong to."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from npt.accounts.models import Account
from npt.organisation.models import Unit
from npt.organisation.rules import Lineage
from npt.people.models import Holder, Member, Posting
from npt.people.queries.postings import places_of
from npt.store.batches import batches, found_by
from npt.store.loading import loaded_with


def member_numbered(session: Session, number: str) -> Member | None:
    """The member with this force number, compared exactly; None when there is none."""
    return session.scalar(select(Member).where(Member.number == number))


def members_numbered(session: Session, numbers: Collection[str]) -> dict[str, Member]:
    """The members with these numbers, by number; a number that nobody has is left out."""
    return {member.number: member for member in found_by(session, select(Member), Member.number, numbers)}


def member_ids_numbered(session: Session, numbers: Collection[str]) -> dict[str, int]:
    """The keys of the members with these numbers, by number, for files too long to load every member."""
    found: dict[str, int] = {}
    for some in batches(set(numbers)):
        asked = select(Member.number, Member.id).where(Member.number.in_(some))
        found.update((number, member_id) for number, member_id in session.execute(asked))
    return found


def member_of_account(session: Session, account_id: int) -> Member | None:
    """The member whose account this is; None for an account that belongs to no member."""
    return session.scalar(
        select(Member).join(Holder, Holder.member_id == Member.id).where(Holder.account_id == account_id)
    )


def account_of_member(session: Session, member: Member) -> Account | None:
    """The account of the member, open or closed; None when they have none."""
    return session.scalar(
        select(Account).join(Holder, Holder.account_id == Account.id).where(Holder.member_id == member.id)
    )


def member_in(session: Session, path: str, number: str, *, today: date) -> Member | None:
    """The member with this number, postings and units loaded, if they belong to the unit at `path` today.

    None when there is no such member, or when none of the postings of `places_of` lies at or under `path`.
    """
    asked = select(Member).where(Member.number == number)
    asked = asked.options(selectinload(Member.postings).joinedload(Posting.unit))
    member = session.scalar(asked)
    if member is None:
        return None
    places = places_of(member.postings, today)
    return member if any(posting.unit.path.startswith(path) for posting in places) else None


def member_for_posting(session: Session, unit: Unit, number: str) -> Member | None:
    """The member with this number if `unit` may take them: from the same force, or not posted anywhere yet.

    A member of another force stays unknown here, so that nobody learns of them by posting them.
    """
    member = member_numbered(session, number)
    if member is None:
        return None
    force = Lineage.parse(unit.path).codes[0]
    units = session.scalars(
        select(Unit.path).join(Posting, Posting.unit_id == Unit.id).where(Posting.member_id == member.id)
    ).all()
    return member if not units or any(Lineage.parse(path).codes[0] == force for path in units) else None


def seen_in(session: Session, path: str, member_ids: Collection[int], today: date) -> set[int]:
    """Which of these members belong to the unit at `path` today: those that `member_in` finds."""
    of_member: dict[int, list[Posting]] = {}
    asked = loaded_with(Posting, Posting.unit)
    for posting in session.scalars(asked.where(Posting.member_id.in_(member_ids))):
        of_member.setdefault(posting.member_id, []).append(posting)
    return {
        member_id
        for member_id, postings in of_member.items()
        if any(place.unit.path.startswith(path) for place in places_of(postings, today))
    }
