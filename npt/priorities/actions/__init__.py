"""What is done with priorities. Nothing here commits; every refusal is named."""

from npt.priorities.actions.agreeing import (
    AlreadyAgreed,
    NoProblem,
    ReferenceTaken,
    TooMany,
    agree,
    correct,
    look_again,
    propose,
    stop_choosing,
)
from npt.priorities.actions.asking import ask, overrule, record
from npt.priorities.actions.carrying import Carried, CarriedMeanwhile, carry_over, carry_priority
from npt.priorities.actions.links import LinkDead, answer_by_link, link_for
from npt.priorities.actions.originators import (
    NotATeam,
    OriginatorFacts,
    OriginatorTaken,
    add_originator,
    change_originator,
)
from npt.priorities.actions.records import NewRecord, RecordLacks
