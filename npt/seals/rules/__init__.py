"""The law of seals: what is sealed of a month, and what became of it since."""

from npt.seals.rules.content import (
    LONGEST_REASON,
    SIGNED_LEVELS,
    Content,
    Counting,
    NotToBeSigned,
    ReasonMissing,
    SealedLimits,
    SealedMeasure,
)
from npt.seals.rules.verdict import Fate, RecordChanged, Restated, Verdict, records_changed
