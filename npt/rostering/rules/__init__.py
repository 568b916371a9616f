"""The law of rosters, one file a subject: blocks, minimum cover, and what shifts are called on the wall."""

from npt.rostering.rules.blocks import LONGEST_STRETCH, Cell, Days
from npt.rostering.rules.cover import (
    HIGHEST_MINIMUM,
    CoverChange,
    CoverPart,
    CoverRole,
    Minimum,
    cover_changes,
    cover_parts,
    weekdays_in_words,
    without,
)
from npt.rostering.rules.turns import Code, Turn, times_of, wall_codes
