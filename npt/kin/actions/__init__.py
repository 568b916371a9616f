"""What is done to key individuals: recorded, met, merged, carried over, erased."""

from npt.kin.actions.carrying import Carried, CarriedMeanwhile, NotASuccessor, NothingChosen, carry_over
from npt.kin.actions.consents import NoDayOfConsent, change_consents
from npt.kin.actions.encounters import record_encounter, remove_encounters
from npt.kin.actions.individuals import (
    CommunityElsewhere,
    RecordedAlready,
    ReferenceTaken,
    add_individual,
    change_individual,
    come_back,
    keep,
    leave,
    same_in_words,
)
from npt.kin.actions.merging import NotMerged, check_mergeable, merge
from npt.kin.actions.own_records import NoEmail, check_reachable, correct_own_record, facts_of
