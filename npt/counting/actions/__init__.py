"""What is done to definitions and reasons. Nothing here commits; every refusal has its name."""

from npt.counting.actions.definitions import (
    DEFINITION_NAME_LENGTH,
    EXPLANATION_LENGTH,
    WHY_LENGTH,
    BadDefinition,
    ChangedSince,
    DefinitionClosed,
    DefinitionCodeTaken,
    DefinitionFacts,
    DefinitionNameTaken,
    DefinitionNeeded,
    NothingCountsOtherwise,
    WhyMissing,
    change_counting,
    change_definition,
    changes_back,
    copy_definition,
    planned_changes,
)
from npt.counting.actions.reasons import (
    REASON_NAME_LENGTH,
    BadReasonName,
    ReasonCodeTaken,
    ReasonFacts,
    ReasonNameTaken,
    add_reason,
    change_reason,
)
