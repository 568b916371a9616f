"""How long the priority class of a neighbourhood holds before somebody looks at it again.

HMIC 2008 says what the classes mean; that each has a reason and is looked at every twelve months is ours.
"""

from datetime import date

from npt.kit.months import months_after
from npt.kit.refusals import Refusal

MONTHS_BETWEEN_REVIEWS = 12
LONGEST_REASON = 500


class ReasonMissing(Refusal):
    """A priority class was given without a reason, or with too many words."""


def review_due(reviewed_on: date | None, opened_on: date) -> date:
    """The day on which a priority class is to be reviewed: twelve months after the last review, or after the
    neighbourhood opened where there was none.
    """
    return months_after(reviewed_on or opened_on, MONTHS_BETWEEN_REVIEWS)


def check_reason(reason: str) -> None:
    """Refuse (ReasonMissing) a review that does not say why."""
    if not reason.strip():
        raise ReasonMissing("Say why it has this priority class.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise ReasonMissing(
            f"The reason has {len(reason):,} characters: use {LONGEST_REASON} at most.", field="reason"
        )
