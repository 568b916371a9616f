"""What is done to communities, to what is said of them, to populations and to specialist contacts."""

from npt.communities.actions.carrying import Carried, CarriedMeanwhile, NotASuccessor, carry_over
from npt.communities.actions.communities import (
    CommunityThere,
    FlaggedLater,
    add_community,
    change_community,
    record_share,
)
from npt.communities.actions.flags import (
    CommunityNotThere,
    FlaggedAlready,
    NoEndReason,
    change_flag,
    remove_flag,
    set_flag,
)
from npt.communities.actions.places import NeighbourhoodNotOpen, NotANeighbourhood
from npt.communities.actions.population import (
    FiguresThere,
    change_population,
    record_population,
    remove_population,
)
from npt.communities.actions.sayings import (
    ListChanged,
    NothingToConfirm,
    StillFlagged,
    flagged,
    say,
)
from npt.communities.actions.specialists import (
    SpecialistFacts,
    UnitNotOpen,
    change_specialist_contact,
    name_specialist_contact,
)
