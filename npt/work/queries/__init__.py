"""Questions about actions, clocks, and who owns them."""

from npt.work.queries.clocks import (
    ClockLine,
    ClockShow,
    breaches_at,
    clock_in,
    clocks_of_action,
    clocks_of_matter,
    clocks_of_unit,
)
from npt.work.queries.digests import daily_parts
from npt.work.queries.history import HistoryLine, history_of
from npt.work.queries.mine import (
    Mine,
    action_of,
    dated_actions,
    mine,
    mine_beyond_door,
    open_count,
    own_actions,
)
from npt.work.queries.owners import (
    OwnerLine,
    is_without_owner,
    owner_line,
    owner_name,
    owner_names,
    owners_named,
    owners_offered,
    owners_under,
    with_owner,
)
from npt.work.queries.register import (
    ActionLine,
    Asked,
    action_in,
    actions_for_residents,
    actions_of_matter,
    actions_sought,
    actions_told,
    actions_under,
    board_of,
    matters_at_work,
    records_asked,
    waiting_at,
    work_of_units,
)
from npt.work.queries.waited import terms_of, waited_on
