"""The law of the force's structure: levels, codes, paths, and when a unit may open and close."""

from npt.organisation.rules.priority import (
    LONGEST_REASON,
    MONTHS_BETWEEN_REVIEWS,
    ReasonMissing,
    check_reason,
    review_due,
)
from npt.organisation.rules.standing import (
    AlreadyClosed,
    Cures,
    OutsideParentDates,
    OutsideUnit,
    StillHasOpenUnits,
    WrongSuccessor,
    check_closing,
    check_successor,
    check_within,
)
from npt.organisation.rules.structure import (
    CODE_LENGTH,
    BadCode,
    Level,
    Lineage,
    PriorityClass,
    PriorityClassOutOfPlace,
    UnitFacts,
    WrongParent,
    check_code,
    check_parent,
    check_priority_class,
    subtree_bounds,
)
