"""The law of counting, one file a subject: definitions, rates, headroom, forecast."""

from npt.counting.rules.definitions import (
    CODE_LENGTH,
    CODE_PATTERN,
    DEFAULT_DEFINITION,
    SHIPPED_DEFINITIONS,
    SINCE,
    BadDefinitionCode,
    Definition,
    MarkChange,
    MonthMoved,
    Moved,
    Restatement,
    check_definition_code,
    counts_on,
    mark_on,
    moved,
    planned_change,
    with_mark,
)
from npt.counting.rules.forecast import DayTaken, Forecast, Outlook, expected_by, forecast, with_more_taken
from npt.counting.rules.headroom import Headroom, HeadroomChange, headroom
from npt.counting.rules.rates import (
    COVERAGE_FLOOR,
    DifferentDefinitions,
    Rate,
    ShiftMinutes,
    Tally,
    is_provisional,
    lost_out_of,
    rate_of,
    shift_minutes,
)
from npt.counting.rules.unsettled import (
    UNSETTLED,
    DefinitionNotSettled,
    Unsettled,
    check_not_reserved,
    check_settled,
)
