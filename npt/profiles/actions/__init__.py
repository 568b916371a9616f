"""What is done to profiles: written, put back, signed, kept, and carried over."""

from npt.profiles.actions.carrying import (
    Carried,
    CarriedMeanwhile,
    NotASuccessor,
    NothingChosen,
    carry_over,
)
from npt.profiles.actions.keeping import (
    NothingWritten,
    NotPostedHere,
    keep_profile,
    seen_of,
    sign_profile,
)
from npt.profiles.actions.places import NeighbourhoodNotOpen, NotANeighbourhood
from npt.profiles.actions.writing import NoSuchVersion, WrittenPart, restore_part, write_part, written_part
