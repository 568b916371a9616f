"""What is done to contacts, patrols and five a day."""

from npt.engagement.actions.asking import set_target, sign_nil
from npt.engagement.actions.carrying import hand_over_since
from npt.engagement.actions.contacts import (
    AnswerPromised,
    CommunityElsewhere,
    ContactFacts,
    change_contact,
    record_contact,
    remove_contact,
    take_contact,
)
from npt.engagement.actions.mix import check_mix
from npt.engagement.actions.patrols import (
    PatrolFacts,
    change_patrol,
    record_patrol,
    remove_patrol,
    take_patrol,
)
