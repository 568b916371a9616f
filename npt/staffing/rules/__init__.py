"""The law of staffing: strength against establishment, vacancies, supervision, cover, time that is given."""

from npt.staffing.rules.cover import (
    CONTACT_ROLES,
    Answering,
    Claim,
    ContactKind,
    who_answers,
)
from npt.staffing.rules.strength import RoleStaffing, days_in_strength, supervisory_ratio
from npt.staffing.rules.supervision import (
    HIGHEST_LIMIT,
    LOWEST_LIMIT,
    Supervision,
    supervision,
)
from npt.staffing.rules.vacancies import Held, Shortage, Stage, shortage_on, stage_on, stages_of
from npt.staffing.rules.volunteer_hours import (
    GIVING_ROLES,
    LONGEST_DAY,
    GivenWork,
    PlannedHeads,
    TimeSlot,
    hours_to_type,
    planned_on,
    read_hours,
)
