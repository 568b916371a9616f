"""Questions about priorities."""

from npt.priorities.queries.choices import leads_of, names_known, problems_open
from npt.priorities.queries.counts import Counts, counts_under, ended_under, months_of_closing, total_at
from npt.priorities.queries.daily import daily_parts
from npt.priorities.queries.links import link_keyed
from npt.priorities.queries.priorities import (
    Sought,
    agreed_of,
    first_kinds,
    left_behind,
    load_again,
    open_in,
    open_of_teams,
    originator_of,
    present_in,
    priorities_listed,
    priorities_of,
    priorities_paged,
    priorities_referred,
    priorities_to_search,
    priorities_told,
    priority_in,
    teams_with_left_behind,
)
from npt.priorities.queries.sign_offs import SIGN_OFFS
