"""Questions about agencies, partner accounts, and what is shared with whom."""

from npt.partners.queries.accounts import (
    PartnerLine,
    latest_membership,
    members_under,
    memberships_of,
    partner_at,
    partners_at,
    vetting_ending,
    without_agency,
)
from npt.partners.queries.agencies import (
    agencies_coded,
    agencies_standing,
    agency_coded,
    all_agencies,
    following,
    group_coded,
    group_membership_of,
    groups,
    groups_coded,
    groups_on,
    lasting_groups,
    memberships_in_groups,
    predecessors,
    successors,
)
from npt.partners.queries.shares import (
    Opened,
    answers_to,
    ended_by_closing,
    is_open_at,
    level_shared,
    opened_by,
    share_keyed,
    share_of,
    share_seen,
    shares_of,
    shares_open,
    shares_under,
    shares_with,
)
from npt.partners.queries.standing import as_partner, barred_among
