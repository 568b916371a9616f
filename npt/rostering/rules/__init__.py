"""The law of rosters, one file a subject: blocks, and public holidays."""

from npt.rostering.rules.blocks import LONGEST_STRETCH, Cell, Days, monday_of, moves_in_order
from npt.rostering.rules.holidays import FIRST_YEAR, holiday_on, public_holidays

__all__ = [
    "FIRST_YEAR",
    "LONGEST_STRETCH",
    "Cell",
    "Days",
    "holiday_on",
    "monday_of",
    "moves_in_order",
    "public_holidays",
]
