"""The law of profiles: their parts, until when they are right, and how two versions differ."""

from npt.profiles.rules.comparing import Change, Piece, compared
from npt.profiles.rules.keeping import (
    MONTHS_VALID,
    SOON,
    BadReviewDate,
    Keeping,
    check_review_date,
    keeping_on,
    review_due,
)
from npt.profiles.rules.parts import LONGEST_WORDS, BadWords, Part, check_words, joined
