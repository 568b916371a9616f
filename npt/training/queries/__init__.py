"""Questions of training: a force's programmes, one member's record, and a unit's members by programme."""

from npt.training.queries.programmes import (
    force_of,
    programme_coded,
    programme_is_used,
    programmes_of,
)
from npt.training.queries.records import (
    completion_in,
    completions_of,
    registration_in,
    registrations_of,
    registrations_under,
)
from npt.training.queries.standings import MemberTraining, Training, progress_of, record_of, training_of
