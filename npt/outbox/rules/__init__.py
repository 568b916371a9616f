"""The law of letters: topics, what becomes of a letter, when it is tried again, and the daily letter."""

from npt.outbox.rules.daily import DailyLetter, DailyPart, daily_identity, daily_letters
from npt.outbox.rules.facts import (
    LONGEST_ANSWER,
    LONGEST_IDENTITY,
    LONGEST_NAME,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    LetterFacts,
    fitting_subject,
    letter_text,
)
from npt.outbox.rules.keeping import LETTER_KEPT_FOR, RETURN_KEPT_FOR, TEXT_KEPT_FOR
from npt.outbox.rules.retries import (
    GIVE_UP_AFTER,
    LEASE,
    LETTERS_A_CONNECTION,
    MOST_AT_ONCE,
    Try,
    next_group,
    next_try,
)
from npt.outbox.rules.returns import STOPS_AFTER, counts_against_address
from npt.outbox.rules.states import (
    FINAL,
    OUTCOME_STATES,
    PERHAPS_ARRIVED,
    SENT_AGAIN_FROM,
    LetterState,
    NotSent,
    Outcome,
    Standing,
    standing_of,
)
from npt.outbox.rules.topics import Topic, first_moment_allowed, worth_until
