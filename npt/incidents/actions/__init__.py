"""What is done to incidents: recorded from files and pushes, and what a force calls a repeat location."""

from npt.incidents.actions.carrying import hand_over_since
from npt.incidents.actions.finding import (
    Ground,
    NeighbourhoodNotThere,
    NowhereHere,
    PlaceMissing,
    PointElsewhere,
    StreetUnclear,
)
from npt.incidents.actions.recording import (
    IncidentDiffers,
    IncidentRecording,
    StillToCome,
    WantedIncident,
)
from npt.incidents.actions.repeats import NotAForce, set_repeats
