"""What a measure is, and what its figures are."""

from npt.measures.rules.figures import UNKNOWN, Figure
from npt.measures.rules.measures import Better, CountedIn, Measure, RecordSeen
