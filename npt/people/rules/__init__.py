"""The law of people: roles, the groups that have a target, and which posting counts on a day."""

from npt.people.rules.postings import (
    FULL_TIME,
    MEMBERS_LISTED,
    DatedPosting,
    FteOutOfRange,
    FteOverOne,
    MemberFacts,
    PostingKind,
    StudentNotConstable,
    StudentStaysTooLong,
    TeamMustBeNamed,
    Terms,
    WrongLevelForRole,
    attributed_posting,
    check_fte,
    check_posted_to,
    check_student,
    may_be_specialist,
    posting_in_force,
    student_last_day,
)
from npt.people.rules.roles import SUPERVISORS, PolicingRole, RoleGroup, group_of
