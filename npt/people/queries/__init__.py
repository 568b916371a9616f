"""Questions about members, their postings, and which account holds which role where."""

from npt.people.queries.book import HELD_COLUMNS, HeldPosting, PostingBook, held_posting, posting_book
from npt.people.queries.grants import (
    HolderOfRoles,
    account_in,
    grant_in,
    grants_of,
    grants_under,
    holders_under,
    scopes_of,
)
from npt.people.queries.members import (
    account_of_member,
    member_for_posting,
    member_ids_numbered,
    member_in,
    member_numbered,
    member_of_account,
    members_numbered,
    seen_in,
)
from npt.people.queries.postings import (
    PostedMember,
    members_of,
    places_of,
    posting_in,
    postings_at,
    postings_of,
    postings_under,
)
from npt.people.queries.specialists import (
    candidates,
    is_specialist_on,
    management_in,
    managements,
    managements_by,
    managements_of,
    manages_on,
    mark_in,
    marked_on,
    marks_of,
    marks_under,
)
from npt.people.queries.students import (
    counts_in_strength,
    left_out_of_strength,
    student_rule_in,
    student_rules,
    student_rules_under,
)
