"""Questions about postings: who counts where on a day, and who belongs to a place."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.spans import lasts
from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member, Posting
from npt.people.rules import posting_in_force
from npt.store.loading import loaded_with


class PostedMember(NamedTuple):
    """A member and a posting of theirs that counts on the day asked about; unit and member are loaded."""

    member: Member
    posting: Posting


def postings_of(session: Session, member_id: int) -> list[Posting]:
    """All postings of a member with their units, the earliest first."""
    asked = loaded_with(Posting, Posting.unit)
    asked = asked.where(Posting.member_id == member_id).order_by(Posting.starts_on, Posting.id)
    return list(session.scalars(asked))


def postings_at(session: Session, member_id: int, unit_id: int) -> list[Posting]:
    """The postings of a member to the unit itself, with unit and member, the earliest first."""
    asked = loaded_with(Posting, Posting.unit, Posting.member)
    asked = asked.where(Posting.member_id == member_id, Posting.unit_id == unit_id)
    return list(session.scalars(asked.order_by(Posting.starts_on, Posting.id)))


def places_of(postings: Collection[Posting], today: date) -> list[Posting]:
    """The postings by which a member belongs to a place: those that hold today or start later, else the last.

    Units have to be loaded. Whoever answers for one of these units may see the member; a unit that the
    member has left for another may not.
    """
    present = [posting for posting in postings if lasts(posting.ends_on, today)]
    if present or not postings:
        return present
    last_day = max(posting.ends_on for posting in postings if posting.ends_on is not None)
    return [posting for posting in postings if posting.ends_on == last_day]


def members_of(session: Session, path: str, day: date) -> list[PostedMember]:
    """Who counts at the unit at `path` or under it on `day`, each with the posting in force.

    A member attached elsewhere counts there and not here. Somebody with two part-time postings of one kind
    that both count comes once for each. In the order of units, then of numbers. One statement.
    """
    here = select(Posting.member_id).join(Posting.unit).where(within(path), Posting.holding(day))
    asked = (
        loaded_with(Posting, Posting.unit, Posting.member)
        # All of their postings that day: one elsewhere may count before the one here.
        .where(Posting.member_id.in_(here), Posting.holding(day))
        .order_by(Unit.path, Member.number, Posting.starts_on, Posting.id)
    )
    of_member: dict[int, list[Posting]] = {}
    for posting in session.scalars(asked):
        of_member.setdefault(posting.member_id, []).append(posting)
    counting = [
        PostedMember(posting.member, posting)
        for postings in of_member.values()
        for posting in posting_in_force(postings, day)
        if posting.unit.path.startswith(path)
    ]
    return sorted(counting, key=lambda posted: (posted.posting.unit.path, posted.member.number))


def postings_under(session: Session, path: str, first: date, last: date) -> list[Posting]:
    """The postings to the unit at `path` or under it that hold on some day from `first` to `last`.

    Members and units are loaded. In the order of units, then of numbers, then of dates.
    """
    asked = (
        loaded_with(Posting, Posting.unit, Posting.member)
        .where(within(path), Posting.holding(first, last))
        .order_by(Unit.path, Member.number, Posting.starts_on, Posting.id)
    )
    return list(session.scalars(asked))


def posting_in(session: Session, path: str, number: str, posting_id: int) -> Posting | None:
    """The posting of the member with this number, if it is to the unit at `path` or under it; all loaded."""
    return session.scalar(
        loaded_with(Posting, Posting.unit, Posting.member).where(
            Posting.id == posting_id, Member.number == number, within(path)
        )
    )
