"""What is done to the records of staffing. Nothing here commits; every refusal has its name."""

from npt.staffing.actions.contacts import (
    ContactOverlaps,
    NeighbourhoodNotOpen,
    NotANeighbourhood,
    NotOfTheTeam,
    OwnDeputy,
    change_contact,
    name_contact,
)
from npt.staffing.actions.establishments import (
    MOST_POSTS,
    REASON_LENGTH,
    EstablishmentOverlaps,
    NoEstablishmentHere,
    PostsOutOfRange,
    ReasonMissing,
    UnitNotOpen,
    change_establishment,
    end_establishment,
    set_establishment,
)
from npt.staffing.actions.limits import (
    LimitOutOfRange,
    LimitThere,
    NotAForce,
    change_limit,
    set_limit,
)
from npt.staffing.actions.photos import NotAPicture, keep_photo, remove_photo
from npt.staffing.actions.volunteer_hours import (
    MOST_HEADS,
    MinutesOutOfRange,
    NobodyWhoGives,
    NotGivenYet,
    TargetOutOfRange,
    TargetThere,
    WantedTime,
    change_target,
    check_time,
    record_time,
    remove_target,
    set_target,
)
from npt.staffing.actions.volunteer_week import GivenMeanwhile, NothingChanged, NotOneOfThem, enter_time
