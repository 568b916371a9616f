"""Taking in boundaries, postcodes and streets. Nothing here commits."""

from npt.places.actions.boundaries import keep_boundary
from npt.places.actions.faults import BoundaryCrosses, BoundaryOutside, BoundaryOverlaps, Judged, faults_of
from npt.places.actions.inheriting import inherit, inherit_from, register
from npt.places.actions.postcodes import PostcodeRecording, WantedPostcode
from npt.places.actions.streets import add_street, change_street
