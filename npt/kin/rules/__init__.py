"""The law of key individuals: status, consent, encounters, and how records of one person are found."""

from npt.kin.rules.consents import KinTopic
from npt.kin.rules.encounters import LONGEST_RECORD, LONGEST_SAID, EncounterKind
from npt.kin.rules.individuals import (
    DORMANT_AFTER,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_WORDS,
    MONTHS_KEPT,
    NOT_SEEN_AFTER,
    Basis,
    KinFacts,
    LeaveReason,
    NoBasis,
    NotInNetwork,
    Sector,
    Stage,
    Status,
    Way,
    check_facts,
    check_left,
    is_not_seen,
    keep_until,
    kept_email,
    kept_phone,
    quiet_since,
    review_from,
    status_of,
)
