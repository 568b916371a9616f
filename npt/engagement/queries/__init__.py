"""Questions about contacts, patrols and five a day."""

from npt.engagement.queries.asking import MemberDay, asking_days, nil_of, own_day, targets_at
from npt.engagement.queries.choices import (
    communities_of_patch,
    individuals_of_patch,
    last_recorded_at,
    neighbourhoods_within,
    priorities_of_patch,
)
from npt.engagement.queries.contacts import (
    NOT_ASKED,
    ContactsAsked,
    SaidOfPriorities,
    asked_on,
    contact_in,
    contacts_referred,
    contacts_told,
    contacts_under,
    places_of_contacts,
    said_of_priorities,
)
from npt.engagement.queries.mix import ContactMix, checks_of, contact_mix, contacts_counted
from npt.engagement.queries.months import MonthHeard, month_heard
from npt.engagement.queries.patrols import (
    PatrolsAsked,
    patrol_in,
    patrols_referred,
    patrols_told,
    patrols_under,
)
from npt.engagement.queries.since import sent_since
from npt.engagement.queries.unheard import (
    SilentStreet,
    UnheardCommunity,
    not_spoken_to,
    silent_streets,
    unheard_communities,
)
