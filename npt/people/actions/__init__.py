"""What is done to members, postings and grants. Nothing here commits; every refusal has its name."""

from npt.people.actions.grants import (
    AccountClosed,
    MayNotGrant,
    RoleHeldAlready,
    check_may_revoke_all,
    grant_role,
    grantable_roles,
    revoke_role,
)
from npt.people.actions.members import (
    AccountHasMember,
    BadNumber,
    MemberErased,
    MemberHasAccount,
    NumberTaken,
    UnknownMember,
    add_member,
    change_member,
    check_member,
    link_account_to_member,
    unknown_member,
)
from npt.people.actions.postings import (
    AlreadyEnds,
    SamePosting,
    StillHasPostings,
    StillSpecialist,
    UnitNotOpen,
    change_posting,
    check_terms,
    end_posting,
    lock_members,
    post_member,
)
from npt.people.actions.specialists import (
    LineManagerThere,
    NotAConstable,
    NotOfTheArea,
    NotSpecialistThen,
    OutsidePosting,
    SpecialistOverlaps,
    change_line_management,
    change_specialist,
    mark_specialist,
    name_line_manager,
    remove_line_management,
    remove_specialist,
)
from npt.people.actions.students import (
    NotAForce,
    StudentRuleThere,
    change_student_rule,
    set_student_rule,
)
