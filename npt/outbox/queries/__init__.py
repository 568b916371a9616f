"""Questions about letters."""

from npt.outbox.queries.addresses import returned_address, stopped_addresses, unsubscribed
from npt.outbox.queries.daily import DailyDue, daily_due
from npt.outbox.queries.letters import LettersAsked, StuckLetters, letter_in, letters_at, stuck_letters
