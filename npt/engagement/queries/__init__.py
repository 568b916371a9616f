"""Questions about contacts, patrols and five a day."""

from npt.engagement.queries.choices import (
    communities_of_patch,
    last_recorded_at,
    neighbourhoods_within,
)
from npt.engagement.queries.contacts import (
    NOT_ASKED,
    ContactsAsked,
    asked_on,
    contact_in,
    contact_referred,
    contacts_referred,
    contacts_under,
)
from npt.engagement.queries.patrols import (
    PatrolsAsked,
    patrol_in,
    patrol_referred,
    patrols_referred,
    patrols_under,
)
