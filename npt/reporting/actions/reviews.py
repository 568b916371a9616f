"""Saying of abstraction, when a month is reviewed, whether it was appropriate or could have been avoided.

A review is kept with everything it is about and is never overwritten: the latest that was not taken back is
the one that holds, so to take one back is to have again what was said before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from npt.kit.stamps import Stamp
from npt.organisation.models import Unit
from npt.reporting.models import REVIEWED, Review, Reviewed
from npt.reporting.queries import lines_of
from npt.reporting.rules import Verdict, check_verdict
from npt.shifts.actions.acts import CannotUndo
from npt.shifts.actions.away_entries import NothingChosen
from npt.shifts.actions.held_shifts import held_shifts
from npt.shifts.actions.open_ends_and_losses import kept_words
from npt.shifts.models import Away, Shift
from npt.store.versions import Stale


class StaleReview(Stale):
    """Some of what was to be reviewed was changed, or reviewed by somebody else, meanwhile."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An abstraction as the person saw it: the version of its record, and the turn of its review."""

    version: int
    turn: int


def review_abstraction(
    session: Session,
    *,
    stamp: Stamp,
    unit: Unit,
    verdict: Verdict | None,
    why: str | None,
    seen: Mapping[int, Seen],
) -> Review:
    """Give one verdict, or None again, on abstractions (by key) at `unit` and under it, as one review.

    NothingChosen, WordsMissing, TooManyWords, StaleReview; of several, all or none.
    """
    if not seen:
        raise NothingChosen("Nothing is ticked: tick at least one abstraction.", field="records")
    words = kept_words(why, "why")
    check_verdict(verdict, words)
    # Held, so that two who review the same one after the other each see what the other said.
    held_shifts(session, {line.record.shift_id for line in lines_of(session, unit.path, seen).values()})
    lines = lines_of(session, unit.path, seen)
    for away_id, as_seen in seen.items():
        line = lines.get(away_id)
        if line is None or (line.record.version, line.turn) != (as_seen.version, as_seen.turn):
            raise StaleReview(
                "Somebody changed or reviewed some of these after you opened the page. "
                "Nothing you entered was saved: check them as they are now, and send it again."
            )
    review = Review(
        unit_id=unit.id, account_id=stamp.account_id, reviewed_at=stamp.now, verdict=verdict, why=words
    )
    session.add(review)
    session.flush()
    asked = (
        select(Shift.member_id, Away.starts_at, Away.reason_id)
        .join(Shift, Shift.id == Away.shift_id)
        .where(Away.id.in_(seen))
    )
    session.execute(
        insert(REVIEWED),
        [
            {"member_id": member_id, "starts_at": starts, "reason_id": reason_id, "review_id": review.id}
            for member_id, starts, reason_id in session.execute(asked).all()
        ],
    )
    return review


def undo_review(session: Session, *, now: datetime, unit: Unit, review_id: int) -> Review:
    """Take back a review made on the pages of `unit`: what was said before holds again. CannotUndo."""
    review = session.scalar(
        select(Review)
        .where(Review.id == review_id, Review.unit_id == unit.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if review is None or review.undone_at is not None:
        raise CannotUndo("There is nothing to undo: open the page again to see what can be undone.")
    mine = select(Reviewed.member_id, Reviewed.starts_at, Reviewed.reason_id).where(
        Reviewed.review_id == review_id
    )
    of_mine = mine.subquery()
    later = (
        select(Reviewed.review_id)
        .join(Review, Review.id == Reviewed.review_id)
        .join(
            of_mine,
            (Reviewed.member_id == of_mine.c.member_id)
            & (Reviewed.starts_at == of_mine.c.starts_at)
            & (Reviewed.reason_id == of_mine.c.reason_id),
        )
        .where(Reviewed.review_id > review_id, Review.undone_at.is_(None))
        .limit(1)
    )
    if session.scalar(later) is not None:
        raise CannotUndo("Some of these have been reviewed again since: undo that review first.")
    review.undone_at = now
    session.flush()
    return review
