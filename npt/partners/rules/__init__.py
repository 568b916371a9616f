"""The law of partners: agencies and who follows whom, vetting, and what a share opens until when."""

from npt.partners.rules.agencies import (
    AgencyFacts,
    AlreadyClosed,
    BadAgencyCode,
    WrongSuccessor,
    check_agency_code,
    check_closing,
    check_successor,
)
from npt.partners.rules.sharing import (
    CONFIRM_WITHIN,
    ENDS_SOON,
    LONGEST,
    PURPOSE_LENGTH,
    RESIDENTS_KEPT_FOR,
    BadPurpose,
    EndReason,
    LegalBasis,
    ShareTerms,
    UntilOutOfRange,
    check_terms,
    confirm_by,
    end_of,
    ends_at,
)
from npt.partners.rules.vetting import (
    WARNED_BEFORE,
    Barrier,
    Membership,
    VettedUntilWrong,
    Vetting,
    barrier,
    check_vetting,
    ends_soon,
)
