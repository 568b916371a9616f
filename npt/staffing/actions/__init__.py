"""What is done to the records of staffing. Nothing here commits; every refusal has its name."""

from npt.staffing.actions.establishments import (
    MOST_POSTS,
    REASON_LENGTH,
    EndsBeforeItStarts,
    EstablishmentOverlaps,
    NoEstablishmentHere,
    PostsOutOfRange,
    ReasonMissing,
    UnitNotOpen,
    change_establishment,
    end_establishment,
    set_establishment,
)

__all__ = [
    "MOST_POSTS",
    "REASON_LENGTH",
    "EndsBeforeItStarts",
    "EstablishmentOverlaps",
    "NoEstablishmentHere",
    "PostsOutOfRange",
    "ReasonMissing",
    "UnitNotOpen",
    "change_establishment",
    "end_establishment",
    "set_establishment",
]
