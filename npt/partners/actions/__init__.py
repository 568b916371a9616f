"""What is done about agencies, partner accounts and shares. Nothing here commits."""

from npt.partners.actions.accounts import (
    AlreadyActs,
    AlreadyLeft,
    NoPartner,
    OwnVetting,
    act_for,
    leave,
    renew_vetting,
)
from npt.partners.actions.agencies import (
    AgencyCodeTaken,
    UnknownAgency,
    change_agency,
    close_agency,
    forget_successors,
    lock_agency,
    named_agencies,
    open_agency,
    succeed,
)
from npt.partners.actions.groups import (
    GroupCodeTaken,
    InGroupAlready,
    add_group,
    change_group_membership,
    join_group,
    rename_group,
    set_groups,
)
from npt.partners.actions.shares import (
    NotShared,
    SharedAlready,
    answer,
    carry_over,
    check_withdrawal_by,
    confirm,
    end_with_agency,
    extend,
    follow_matters,
    invite_resident,
    share_with_agency,
    withdraw,
)
