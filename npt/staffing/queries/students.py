"""Student officers attached to a unit on a day."""

from datetime import date

from sqlalchemy.orm import Session

from npt.organisation.models import Unit
from npt.organisation.queries import within
from npt.people.models import Member, Posting
from npt.people.rules import PostingKind
from npt.staffing.queries.strength import counts_on
from npt.store.loading import loaded_with


def students_on(session: Session, path: str, day: date) -> list[Posting]:
    """The attachments of student officers that count at `path` or under it on `day`, in strength or not.

    Unit and member are loaded. In the order of units and numbers. One statement.
    """
    asked = (
        loaded_with(Posting, Posting.unit, Posting.member)
        .where(within(path), Posting.kind == PostingKind.STUDENT, counts_on(day))
        .order_by(Unit.path, Member.number)
    )
    return list(session.scalars(asked))
