"""What is done with problem records."""

from npt.problems.actions.evidence import add_evidence, remove_evidence
from npt.problems.actions.holding import hold_problem
from npt.problems.actions.keeping import keep_sensitive, link_problem
from npt.problems.actions.keyed_changes import change_keyed
from npt.problems.actions.moving import move_problem
from npt.problems.actions.owning import give_problem
from npt.problems.actions.stages import (
    AnalysisFacts,
    ResponseFacts,
    ScanningFacts,
    say_analysis,
    say_response,
    say_scanning,
)
from npt.problems.actions.starting import KeyedFacts, StartFacts, key_in_problem, start_problem
