"""The law of training: stages and who is due, what may be recorded, and the programmes that ship."""

from npt.training.rules.recording import (
    BadDates,
    NotExternallyVerified,
    OwnVerification,
    RegisteredAlready,
    check_external,
    check_module,
    check_one_at_a_time,
    check_registration,
    check_verifier,
)
from npt.training.rules.selection import Sought
from npt.training.rules.shipped import (
    CERTIFICATE,
    DUTY_RECORDING,
    PROBLEM_RECORDS,
    SARA,
    SHIPPED_PROGRAMMES,
    ShippedProgramme,
    shipped,
)
from npt.training.rules.standing import (
    Counts,
    Due,
    DueKind,
    ModuleDates,
    Progress,
    Stage,
    Standing,
    Terms,
    counts_of,
    held_since,
    standing_on,
)
