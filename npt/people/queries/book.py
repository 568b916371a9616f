"""Which posting a member's shift belongs to, for many members and days at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.kit.spans import Span
from npt.organisation.models import Unit
from npt.people.models import Posting
from npt.people.rules import PolicingRole, PostingKind, attributed_posting
from npt.store.batches import batches


@dataclass(frozen=True, slots=True)
class HeldPosting:
    """A posting as the book keeps it: plain values, so that a million rows can be looked up in it."""

    id: int
    member_id: int
    unit_id: int
    unit_path: str
    role: PolicingRole
    kind: PostingKind
    fte: Decimal
    span: Span


#: What a `HeldPosting` is made of; the last two are the days on which it holds.
HELD_COLUMNS = (
    *(Posting.id, Posting.member_id, Posting.unit_id, Unit.path, Posting.role, Posting.kind, Posting.fte),
    *(Posting.starts_on, Posting.ends_on),
)


def held_posting(row: Any) -> HeldPosting:
    """The posting that a row of `HELD_COLUMNS` is of."""
    key, member_id, unit_id, path, role, kind, fte, starts_on, ends_on = row
    return HeldPosting(key, member_id, unit_id, path, role, kind, fte, Span(starts_on, ends_on))


@dataclass(frozen=True, slots=True)
class PostingBook:
    """The postings of some members over some days, in memory. Asks the database nothing."""

    first: date
    last: date
    held: dict[int, tuple[HeldPosting, ...]]

    def attributed(self, member_id: int, day: date, unit_id: int | None = None) -> HeldPosting | None:
        """The posting that a shift of the member starting on `day` belongs to; None when none holds.

        With `unit_id`, the team that the roster names: only the postings to that unit are looked at.
        TeamMustBeNamed when two of one kind count. ValueError for a day that the book was not made for.
        """
        if not self.first <= day <= self.last:
            raise ValueError(f"this book holds {self.first} to {self.last}, not {day}")
        postings = self.held.get(member_id, ())
        if unit_id is not None:
            postings = tuple(posting for posting in postings if posting.unit_id == unit_id)
        if len(postings) == 1:  # nearly everybody: spare them the comparison
            return postings[0] if postings[0].span.covers(day) else None
        return attributed_posting(postings, day)


def posting_book(session: Session, member_ids: Collection[int], first: date, last: date) -> PostingBook:
    """The postings of these members that hold on some day from `first` to `last`.

    One statement for each few thousand members.
    """
    held: dict[int, list[HeldPosting]] = {}
    for some in batches(sorted(set(member_ids))):
        asked = (
            select(*HELD_COLUMNS)
            .join(Unit, Posting.unit_id == Unit.id)
            .where(Posting.member_id.in_(some), Posting.holding(first, last))
            .order_by(Posting.member_id, Posting.starts_on, Posting.id)
        )
        for posting in map(held_posting, session.execute(asked)):
            held.setdefault(posting.member_id, []).append(posting)
    return PostingBook(first, last, {member_id: tuple(postings) for member_id, postings in held.items()})
