"""What a measure is, and what its figures are."""

from npt.measures.rules.figures import UNKNOWN, Figure
from npt.measures.rules.measures import At, Behind, Better, CountedIn, Measure, RecordSeen
