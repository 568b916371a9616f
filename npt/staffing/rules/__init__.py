"""The law of staffing: strength against establishment, vacancies, supervision, cover, time that is given."""

from npt.staffing.rules.cover import (
    CONTACT_ROLES,
    Answering,
    Claim,
    ContactKind,
    who_answers,
)
from npt.staffing.rules.given import (
    GIVING_ROLES,
    LONGEST_DAY,
    GivenWork,
    PlannedHeads,
    TimeSlot,
    hours_to_type,
    planned_on,
    read_hours,
)
from npt.staffing.rules.strength import RoleStaffing, supervisory_ratio
from npt.staffing.rules.supervision import (
    HIGHEST_LIMIT,
    LOWEST_LIMIT,
    Supervision,
    supervision,
)
from npt.staffing.rules.vacancies import Held, Shortage, Stage, shortage_on, stage_on, stages_of

__all__ = [
    "CONTACT_ROLES",
    "GIVING_ROLES",
    "HIGHEST_LIMIT",
    "LONGEST_DAY",
    "LOWEST_LIMIT",
    "Answering",
    "Claim",
    "ContactKind",
    "GivenWork",
    "Held",
    "PlannedHeads",
    "RoleStaffing",
    "Shortage",
    "Stage",
    "Supervision",
    "TimeSlot",
    "hours_to_type",
    "planned_on",
    "read_hours",
    "shortage_on",
    "stage_on",
    "stages_of",
    "supervision",
    "supervisory_ratio",
    "who_answers",
]
