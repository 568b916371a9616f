"""What is done to a block of a roster. Nothing here commits; every refusal has its name.

`blocks` holds what stands, `changes` says what each verb makes of it, `block_acts` keeps it as one act.
`cover_rules` sets the minimum cover that rosters are held against, `feeds` gives members their own calendars.
"""

from npt.rostering.actions.block_acts import Done, change_block
from npt.rostering.actions.blocks import (
    NothingChosen,
    NothingToChange,
    SeveralShifts,
    StaleRoster,
)
from npt.rostering.actions.changes import (
    BackOnDuty,
    Change,
    Clear,
    CopyWeek,
    MoveTo,
    NotTwoMembers,
    RecordAbsence,
    SameTeam,
    SetTimes,
    Swap,
)
from npt.rostering.actions.cover_rules import (
    BadMinimum,
    CoverOverlaps,
    NoCoverHere,
    WantedCover,
    change_cover,
    remove_cover,
    set_cover,
)
from npt.rostering.actions.feeds import CalendarThere, make_feed, revoke_feed
from npt.rostering.actions.pattern_assignments import (
    DayOutsideAssignment,
    PatternOverlaps,
    Relaid,
    change_assignment,
    keep_assigned,
)
from npt.rostering.actions.spans import record_span
