"""What is typed about agencies, partner accounts and shares."""

from npt.partners.forms.accounts import ActForForm, PartnersForm, RenewVettingForm, SoughtAccounts
from npt.partners.forms.agencies import (
    AddGroupForm,
    AgenciesForm,
    ChangeAgencyForm,
    ChangeMembershipForm,
    CloseAgencyForm,
    JoinGroupForm,
    OpenAgencyForm,
    RenameGroupForm,
)
from npt.partners.forms.shares import (
    AnswerForm,
    CarryOverForm,
    ExtendForm,
    InviteForm,
    ShareForm,
    SharesForm,
    SoughtShares,
)
