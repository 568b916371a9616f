"""The law of communities and of population: codes, counts, kinds, flags, and what has been said when."""

from npt.communities.rules.communities import (
    ASKED,
    LONGEST_CODE,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_SOURCE,
    NO_COMMUNITY,
    BadShare,
    BadText,
    CommunityKind,
    Flag,
    InTheFuture,
    KnownShare,
    check_community_code,
    check_past,
    check_words,
    code_for,
    known_share,
)
from npt.communities.rules.ethnicity import (
    EVERYBODY,
    NOT_STATED,
    CodeSystem,
    EthnicGroup,
    UnknownEthnicity,
    check_ethnicity,
    group_of,
    named_in_words,
    wording_of,
)
from npt.communities.rules.mix import Group, Mix, MixRow, Part, mix_of, share_together
from npt.communities.rules.population import (
    MOST_PEOPLE,
    BadCount,
    Figures,
    NoFigures,
    PartsOverWhole,
    check_figures,
    summed,
)
from npt.communities.rules.sayings import (
    MONTHS_VALID,
    Said,
    Saying,
    Standing,
    last_valid_day,
    standing_of,
)
from npt.communities.rules.specialists import (
    LEVELS_WITH_SPECIALISTS,
    LONGEST_SUBJECT,
    LONGEST_WAY,
    Calling,
    NotForceOrBcu,
    NoWay,
)
