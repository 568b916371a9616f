"""Questions about days: what is confirmed, what is not, and what was recorded on the day before."""

from npt.duty.queries.confirmations import ConfirmationWeek, UnitDay, UnitWeek, confirmation_week
from npt.duty.queries.repetition import Repeatable, last_duty_day, repeatable
from npt.duty.queries.unconfirmed_days import UnconfirmedDay, lately_unconfirmed, unconfirmed_days
