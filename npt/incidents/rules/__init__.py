"""The law of incidents: where one is, which months are known, what may be compared, what repeats."""

from npt.incidents.rules.changes import (
    MONTHS_COMPARED,
    SLACK,
    Comparison,
    Reach,
    compared,
    judged,
)
from npt.incidents.rules.places import (
    LONGEST_REFERENCE,
    LONGEST_STREET,
    spot_of,
    spot_point,
)
from npt.incidents.rules.repeats import DEFAULT_REPEATS, BadRepeats, Repeats, check_repeats
