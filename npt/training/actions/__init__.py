"""What is done in training. Nothing here commits; every refusal has its name."""

from npt.training.actions.many import (
    NotForAll,
    NothingToRecord,
    NotRegistered,
    Recorded,
    complete_many,
    register_many,
    verify_many,
)
from npt.training.actions.programmes import (
    LONGEST_EXPLANATION,
    LONGEST_NAME,
    MOST_DAYS,
    MOST_MODULES,
    MOST_MONTHS,
    BadProgramme,
    ModulesInUse,
    ProgrammeCodeTaken,
    ProgrammeFacts,
    add_programme,
    add_shipped_programme,
    change_programme,
)
from npt.training.actions.progress import (
    LONGEST_BODY,
    ModuleNotCompleted,
    ModuleStands,
    NotStanding,
    ProgrammeClosed,
    ask_for_external_verification,
    check_whole,
    complete_modules,
    correct_module,
    correct_registration,
    grant_external_verification,
    register_member,
    take_back_module,
    verify_modules,
)
