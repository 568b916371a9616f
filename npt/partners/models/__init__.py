"""Tables of the partners."""

from npt.partners.models.accounts import PartnerAccount
from npt.partners.models.agencies import Agency, AgencyGroup, AgencySuccession, GroupMembership
from npt.partners.models.residents import Resident
from npt.partners.models.shares import Share, ShareAnswer
