"""The law of priorities: how many, what they may say, and how they end."""

from npt.priorities.rules.naming import Named, people_named
from npt.priorities.rules.priorities import (
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_OPEN,
    WANTED,
    AgreedHow,
    NotPossibleNow,
    PriorityState,
    TitleMissing,
    check_days,
    check_title,
    review_due,
    state_of,
)
from npt.priorities.rules.signoff import (
    FEWEST_ATTEMPTS,
    REFUSALS_TO_OVERRULE,
    Answered,
    Attempt,
    Ending,
    NotYet,
    OriginatorKind,
    ReasonMissing,
    Recorded,
    Way,
    Whom,
    check_not_reached,
    check_overruled,
    ending_at_once,
    lacking_attempts,
)
