"""Questions about the roster: the grid that is changed, and what was done to it."""

from npt.rostering.queries.assignments import AssignmentLine, assignment_in, assignments_of
from npt.rostering.queries.grid import Elsewhere, RosterActLine, acts_to_undo, shifts_elsewhere, teams_to_help

__all__ = [
    "AssignmentLine",
    "Elsewhere",
    "RosterActLine",
    "acts_to_undo",
    "assignment_in",
    "assignments_of",
    "shifts_elsewhere",
    "teams_to_help",
]
