"""The law of rosters, one file a subject: blocks, and minimum cover."""

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
