"""Questions about definitions, sums and headroom, one file a subject."""

from npt.counting.queries.counted_sums import CountedSum, counted_sums
from npt.counting.queries.daily_sums import daily_sums
from npt.counting.queries.definition_changes import (
    ReasonUse,
    changes_of,
    definition_record,
    definition_records,
    reason_record,
    restatement,
    still_stands,
    use_of,
)
from npt.counting.queries.definitions import (
    DatedDefinition,
    default_definition,
    definition_coded,
    definitions,
)
from npt.counting.queries.headroom import (
    HeadroomEntry,
    headroom,
    headroom_after,
    headrooms,
    headrooms_by_unit,
)
from npt.counting.queries.records import RecordsPage, counts_under, records_behind
