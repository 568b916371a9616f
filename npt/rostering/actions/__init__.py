"""What is done to a block of a roster. Nothing here commits; every refusal has its name.

`blocks` holds what stands, `changes` says what each verb makes of it, `steps` writes it, `changing` keeps it
as one act and takes it back. `covering` sets the minimum cover that rosters are held against, `feeds` gives
members their own calendars.
"""

from npt.duty.actions import CannotUndo
from npt.rostering.actions.assigning import (
    DayOutsideAssignment,
    PatternOverlaps,
    Relaid,
    change_assignment,
    keep_laying,
)
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
from npt.rostering.actions.changing import Done, change_block, undo_act
from npt.rostering.actions.covering import (
    BadMinimum,
    CoverOverlaps,
    NoCoverHere,
    WantedCover,
    change_cover,
    remove_cover,
    set_cover,
)
from npt.rostering.actions.feeds import CalendarThere, NoMember, make_feed, revoke_feed
from npt.rostering.actions.spans import record_span
from npt.rostering.actions.steps import Held, Standing, Step

__all__ = [
    "BackOnDuty",
    "BadMinimum",
    "CalendarThere",
    "CannotUndo",
    "Change",
    "Clear",
    "CopyWeek",
    "CoverOverlaps",
    "DayOutsideAssignment",
    "Done",
    "Held",
    "MoveTo",
    "NoCoverHere",
    "NoMember",
    "NotTwoMembers",
    "NothingChosen",
    "NothingToChange",
    "PatternOverlaps",
    "RecordAbsence",
    "Relaid",
    "SameTeam",
    "SetTimes",
    "SeveralShifts",
    "StaleRoster",
    "Standing",
    "Step",
    "Swap",
    "WantedCover",
    "change_assignment",
    "change_block",
    "change_cover",
    "keep_laying",
    "make_feed",
    "record_span",
    "remove_cover",
    "revoke_feed",
    "set_cover",
    "undo_act",
]
