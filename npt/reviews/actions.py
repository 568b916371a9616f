"""A review is opened, and something is said in it."""

from sqlalchemy.orm import Session

from npt.kit.clock import local_day
from npt.kit.months import Month
from npt.kit.stamps import Stamp
from npt.matters.actions import ReferenceTaken, open_matter
from npt.matters.rules import MatterKind
from npt.measures.queries.registry import BY_CODE
from npt.organisation.models import Unit
from npt.reviews.models import MonthlyReview, ReviewComment
from npt.reviews.queries import reviews_in
from npt.reviews.rules import ReviewRefused, check_month, reference_of
from npt.store.constraints import name_violation, refusing

_AT_ONCE = "Somebody else opened this review at the same moment: send it again."
name_violation("uq_monthly_review_unit_id_month_begins_on", lambda: ReviewRefused(_AT_ONCE))


def open_review(session: Session, *, unit: Unit, month: Month, stamp: Stamp) -> MonthlyReview:
    """The review of the unit's month: the one there is, else a new one, sent to the database.

    ReviewRefused for a month that has not begun, or in which somebody else opens it.
    """
    found = reviews_in(session, unit, [month]).get(month)
    if found is not None:
        return found
    today = local_day(stamp.now)
    check_month(month, Month.of(today))
    try:
        matter = open_matter(
            session,
            kind=MatterKind.REVIEW,
            title=f"Review of {unit.name}, {month.title}"[:200],
            unit=unit,
            opened_on=today,
            reference=reference_of(unit.code, month),
        )
    except ReferenceTaken as taken:
        raise ReviewRefused(_AT_ONCE) from taken
    made = MonthlyReview(matter=matter, unit_id=unit.id, month_begins_on=month.first)
    with refusing(session):
        session.add(made)
    return made


def comment(
    session: Session, *, unit: Unit, month: Month, measure: str | None, words: str, stamp: Stamp
) -> ReviewComment:
    """Say something of a measure in the unit's month, or of the month as a whole. ReviewRefused."""
    if not words.strip():
        raise ReviewRefused("Nothing is said: write a comment.", field="words")
    if measure is not None and measure not in BY_CODE:
        raise ReviewRefused("There is no such measure: choose another.", field="measure")
    review = open_review(session, unit=unit, month=month, stamp=stamp)
    made = ReviewComment(review_id=review.id, measure=measure, words=words, account_id=stamp.by, at=stamp.now)
    with refusing(session):
        session.add(made)
    return made
