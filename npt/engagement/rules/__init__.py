"""The law of contacts, patrols and five a day."""

from npt.engagement.rules.asking import (
    LONGEST_REASON,
    MOST_A_DAY,
    Asker,
    AskingDay,
    AskingState,
    AskingSums,
    BadTarget,
    DatedTarget,
    DutyMinutes,
    check_target,
    state_of,
    summed,
    targets_on,
)
from npt.engagement.rules.contacts import (
    ETHNICITIES,
    LONGEST_STREET,
    LONGEST_WORDS,
    BadContactText,
    UnknownGroup,
    check_ethnicity,
    check_words,
    street_of,
)
from npt.engagement.rules.patrols import (
    LONGEST_NOTE,
    LONGEST_PATROL,
    MOST_SPOKEN_TO,
    BadPatrol,
    PatrolMode,
    check_patrol,
)
from npt.engagement.rules.unheard import (
    COMMUNITY_SILENT_AFTER,
    MOST_DAYS,
    STREET_SILENT_AFTER,
    Silence,
    named_in,
    plain_words,
    weight_of,
)
