"""Who works elsewhere than where they belong: temporary duty, attachments, and acting in another role."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member, Posting
from npt.people.queries import counts_in_strength
from npt.people.rules import PostingKind, posting_in_force
from npt.store.loading import loaded_with


@dataclass(frozen=True, slots=True)
class Loan:
    """A temporary posting or an attachment that counts on a day, and the substantive one that waits."""

    member: Member
    posting: Posting
    #: None when the member has no substantive posting that day
    home: Posting | None

    @property
    def is_acting(self) -> bool:
        """Whether the member does another role than their own."""
        return self.home is not None and self.home.role is not self.posting.role


@dataclass(frozen=True, slots=True)
class Loans:
    """The loans of a unit and all under it on a day, each in one list."""

    #: from the unit (or under it) to somewhere outside it
    lent: tuple[Loan, ...]
    #: from somewhere outside
    borrowed: tuple[Loan, ...]
    #: from one unit to another under the same
    between: tuple[Loan, ...]
    #: at their own unit, in another role or on other terms
    at_home: tuple[Loan, ...]


def loans(session: Session, path: str, day: date) -> Loans:
    """Who is lent from, and borrowed by, the unit at `path` and those under it on `day`. One statement.

    Student officers are borrowed while they count in strength.
    """
    here = (
        select(Posting.member_id)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(within(path), Posting.holding(day))
    )
    elsewhere = select(Posting.member_id).where(Posting.kind != PostingKind.SUBSTANTIVE, Posting.holding(day))
    asked = (
        loaded_with(Posting, Posting.unit, Posting.member)
        .add_columns(counts_in_strength(day))
        .where(Posting.member_id.in_(here), Posting.member_id.in_(elsewhere), Posting.holding(day))
        .order_by(Member.number, Posting.starts_on, Posting.id)
    )
    lent: list[Loan] = []
    borrowed: list[Loan] = []
    between: list[Loan] = []
    at_home: list[Loan] = []
    rows = session.execute(asked).all()
    in_strength = {posting.id for posting, is_in in rows if is_in}
    for member, held in groupby((row[0] for row in rows), key=lambda posting: posting.member):
        postings = list(held)
        home = next((each for each in postings if each.kind is PostingKind.SUBSTANTIVE), None)
        for posting in posting_in_force(postings, day):
            if posting.id not in in_strength:
                continue
            loan = Loan(member, posting, home)
            is_from_here = home is not None and home.unit.path.startswith(path)
            is_to_here = posting.unit.path.startswith(path)
            if is_from_here and not is_to_here:
                lent.append(loan)
            elif is_to_here and not is_from_here:
                borrowed.append(loan)
            elif is_to_here:
                is_at_home = home is not None and home.unit_id == posting.unit_id
                (at_home if is_at_home else between).append(loan)
    return Loans(tuple(lent), tuple(borrowed), tuple(between), tuple(at_home))
